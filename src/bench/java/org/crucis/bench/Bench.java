package org.crucis.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.crucis.lab.ProvenanceReader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * Measures both sides in turn, A B A B, and writes {@code results.json}, {@code README.md} and the pictures into {@code
 * reports/bench} after every round: what was measured before an interruption stays.
 */
@Command(
        name = "bench",
        description = "Measures Crucis beside PyTorch and NumPy: mvn -Pbench verify -Dbench=\"OPTIONS\".",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {

    /** Relative; both sides round every operation, in another order. */
    private static final double SAME = 1e-9;

    /** Two exponents of the same law lie within this many standard errors of their difference, but for one run in 200. */
    private static final double SAME_LAW = 3.1;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "GROUP",
            description = "first, both, tanh, deep, kernel, claim, depth, engines, memory; all by default.")
    private List<String> only = List.of();

    @Option(names = "--quick", description = "Small sizes and two pairs: whether it works, not how fast it is.")
    private boolean quick;

    @Option(names = "--all", description = "Also 500 inputs at width 100 000.")
    private boolean all;

    @Option(
            names = "--pairs",
            description = "Rounds of both sides; 5 by default, 2 with --quick; 0 only writes the tables again.")
    private Integer pairs;

    @Option(names = "--python", description = "A Python with torch and numpy; python3 or /usr/bin/python3 by default.")
    private String python;

    @Option(names = "--out", description = "Folder to write to; ${DEFAULT-VALUE} by default.")
    private Path out = Path.of("reports", "bench");

    @Option(names = "--readme", description = "Also put the summary into the section Speed of README.md.")
    private boolean readme;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private final Path work = Path.of("target", "bench");
    private final ObjectMapper json = new ObjectMapper();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench())
                .setExecutionExceptionHandler((failure, command, given) -> {
                    if (!(failure instanceof IllegalStateException)) {
                        throw failure;
                    }
                    command.getErr().println("bench: " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<Group> groups = groups();
        Files.createDirectories(out);
        Files.createDirectories(work);
        Optional<Peer> peer = Peer.find(python);
        if (peer.isEmpty()) {
            say(Peer.REMEDY);
        }
        if (!Side.vectorsExist()) {
            say("this JVM has no jdk.incubator.vector: there is no row without the Vector API beside the others");
        }
        Ledger ledger = Ledger.readOrNew(out, machine());
        for (Group group : groups) {
            measure(group, peer, ledger);
        }
        new Tables(ledger).write(out);
        if (readme) {
            new Tables(ledger).writeInto(Path.of("README.md"));
        }
        say(out.resolve("README.md").toString());
        return CommandLine.ExitCode.OK;
    }

    private Set<Group> groups() {
        Set<Group> groups = EnumSet.noneOf(Group.class);
        for (String word : only) {
            groups.add(Arrays.stream(Group.values())
                    .filter(group -> group.name().equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "there is no group '" + word + "'; choose from "
                                    + Arrays.toString(Group.values()).toLowerCase(Locale.ROOT))));
        }
        return groups.isEmpty() ? EnumSet.allOf(Group.class) : groups;
    }

    private void measure(Group group, Optional<Peer> peer, Ledger ledger) throws IOException, InterruptedException {
        Group.Scope scope = quick ? Group.Scope.QUICK : all ? Group.Scope.ALL : Group.Scope.STANDARD;
        int wanted = pairs != null ? pairs : quick ? 2 : 5;
        int rounds = group.once() ? Math.min(1, wanted) : wanted;
        List<Side> sides = sides(group, peer);
        Plan plan = drawn(group.plan(scope));
        Path file = work.resolve("plan.json");
        json.writeValue(file.toFile(), plan);
        String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Map<String, Map<String, String>> facts = new TreeMap<>();
        Map<String, Double> peaks = new TreeMap<>();
        List<Sample> samples = new ArrayList<>();
        for (int pair = 1; pair <= rounds; pair++) {
            List<Outcome.Row> round = new ArrayList<>();
            for (Side side : sides) {
                long start = System.nanoTime();
                Outcome outcome = side.run(file, work);
                say("%s, pair %d of %d: %s, %.1f s"
                        .formatted(
                                group.name().toLowerCase(Locale.ROOT),
                                pair,
                                rounds,
                                side.name(),
                                1e-9 * (System.nanoTime() - start)));
                facts.put(side.name(), outcome.facts());
                if (outcome.peakMegabytes() != null) {
                    peaks.merge(side.name(), outcome.peakMegabytes(), Math::max);
                }
                round.addAll(outcome.rows());
            }
            requireTheSame(group, round);
            for (Outcome.Row row : round) {
                samples.add(new Sample(pair, row));
            }
            List<Case> cases = plan.cases().stream().map(Case::withoutFile).toList();
            ledger.groups().put(group, new Ledger.Entry(started, pair, facts, peaks, cases, samples));
            ledger.write(out);
            new Tables(ledger).write(out);
        }
        for (Case each : plan.cases()) {
            Files.deleteIfExists(Path.of(each.file()));
        }
    }

    private static List<Side> sides(Group group, Optional<Peer> peer) {
        List<Side> sides = new ArrayList<>();
        sides.add(group.kind() == Plan.Kind.MEMORY ? Side.withWholeHeap() : Side.ours());
        if (group.sides() == Group.Sides.STEPS && Side.vectorsExist()) {
            sides.add(Side.withoutVectors());
        }
        if (group.sides() != Group.Sides.OURS_ALONE) {
            peer.map(Side::of).ifPresent(sides::add);
        }
        return sides;
    }

    private Plan drawn(Plan plan) {
        return plan.with(plan.cases().stream().map(each -> each.drawnInto(work)).toList());
    }

    /** Times of different computations must not be compared. */
    private static void requireTheSame(Group group, List<Outcome.Row> round) {
        for (Outcome.Row row : round) {
            if (row.check() == null) {
                continue;
            }
            Outcome.Row first = round.stream()
                    .filter(other -> other.id().equals(row.id()) && other.check() != null)
                    .findFirst()
                    .orElseThrow();
            double allowed = group.kind() == Plan.Kind.CLAIM
                    ? SAME_LAW * Math.hypot(first.error(), row.error())
                    : SAME * Math.abs(first.check());
            // Also for what is not a number.
            if (!(Math.abs(row.check() - first.check()) <= allowed)) {
                throw new IllegalStateException(group.title() + ", " + row.id() + ": " + row.row() + " computed "
                        + row.check() + " where " + first.row() + " computed " + first.check()
                        + "; their times cannot be compared, so look for what differs first");
            }
        }
    }

    private static Map<String, String> machine() {
        Map<String, String> facts = new TreeMap<>(ProvenanceReader.read(1).facts());
        facts.keySet().retainAll(Set.of("cpu", "cores", "arch", "java"));
        return facts;
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
    }
}
