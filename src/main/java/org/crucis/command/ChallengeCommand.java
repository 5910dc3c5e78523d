package org.crucis.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.crucis.claim.Basis;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Tier;
import org.crucis.junit.Catalogue;
import org.crucis.junit.Challenger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A claim with some settings of its plan changed, beside the claim as it is. Never counted. */
@Command(
        name = "challenge",
        description = "Runs a claim with some settings changed and shows both findings. It is never counted.",
        footer =
                "The changed plan has another digest and so draws other seeds. Its evidence goes to challenges/ under the"
                        + " reports, and is VOID in every report made of it.",
        mixinStandardHelpOptions = true)
final class ChallengeCommand implements Runnable {

    @Parameters(index = "0", paramLabel = "CLAIM", description = "Id of a claim, as 'list' prints it.")
    private String id;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description =
                    "AXIS=V,V,... or blocks=N in every experiment that has it, EXPERIMENT.AXIS=... or EXPERIMENT.blocks=N"
                            + " in one, PREDICTION.margin=X, edition=N. A wrong key is answered with all that there are.")
    private List<String> changes;

    @Mixin
    private PlanOptions which;

    @Option(
            names = "--evidence",
            paramLabel = "DIR",
            description =
                    "The run that the original finding is taken from, if its plan is the same; latest by default. Where"
                            + " there is none, the original is run too.")
    private Path evidence;

    @Mixin
    private RunOptions how;

    @Option(names = "--json", description = "Print one JSON object instead of lines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** A finding of one of the two plans. */
    private record Finding(
            String verdict, String criterion, String sentence, double estimate, double lower, double upper) {
        static Finding of(Evidence.Entry entry) {
            return new Finding(
                    entry.verdict(),
                    entry.criterion(),
                    entry.sentence(),
                    entry.estimate(),
                    entry.lower(),
                    entry.upper());
        }
    }

    private record Row(String prediction, Basis basis, String sentence, Finding original, Finding challenged) {}

    private record Plan(String digest, int edition, String from) {}

    private record Answer(
            String claim,
            Tier tier,
            Map<String, String> changes,
            Plan original,
            Plan challenged,
            List<Row> predictions) {}

    @Override
    public void run() {
        Map<String, String> settings = settings();
        Catalogue catalogue = Catalogue.shipped();
        Challenger challenger;
        try {
            challenger = Challenger.of(catalogue, which.of(catalogue, id), settings);
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage());
        }
        how.check();
        Optional<Path> earlier = earlier();
        Optional<Evidence> known = earlier.flatMap(run -> original(run, challenger));
        Challenger.Outcome outcome;
        try {
            outcome = challenger.run(
                    known,
                    how.settings(which.tier()),
                    new TerminalProgress(spec.commandLine().getErr()));
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage());
        }
        Answer answer = answer(
                outcome, settings, known.isPresent() ? earlier.orElseThrow().toString() : "run now");
        new EvidenceFolder(outcome.folder()).write("challenge.json", EvidenceFolder.pretty(answer));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(EvidenceFolder.pretty(answer));
        } else {
            print(answer, out);
        }
        out.flush();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals < 1 || equals == change.length() - 1) {
                throw new Refusal("'" + change + "' is no change: write KEY=VALUE, for instance blocks=24");
            }
            String twin = settings.put(
                    change.substring(0, equals).strip(),
                    change.substring(equals + 1).strip());
            if (twin != null) {
                throw new Refusal("'" + change.substring(0, equals) + "' is changed twice: give it once");
            }
        }
        return settings;
    }

    private Optional<Path> earlier() {
        if (evidence != null) {
            return Optional.of(ReportCommand.checked(evidence));
        }
        return ReportsOption.latestIn(how.reports().folder());
    }

    private Optional<Evidence> original(Path run, Challenger challenger) {
        EvidenceFolder.Contents found = new EvidenceFolder(run).readEvidence();
        found.problems().forEach(problem -> spec.commandLine().getErr().println("crucis challenge: " + problem));
        Refusal.ifDamaged(found, id);
        return found.evidence().stream().filter(challenger::isOriginal).findFirst();
    }

    private static Answer answer(Challenger.Outcome outcome, Map<String, String> changes, String from) {
        Map<String, Evidence.Entry> originals = new LinkedHashMap<>();
        predictions(outcome.original()).forEach(entry -> originals.put(entry.id(), entry));
        return new Answer(
                outcome.original().claim(),
                outcome.original().tier(),
                changes,
                plan(outcome.original(), from),
                plan(outcome.challenged(), outcome.folder().toString()),
                predictions(outcome.challenged()).stream()
                        .map(entry -> new Row(
                                entry.id(),
                                entry.basis(),
                                entry.prediction(),
                                Finding.of(originals.get(entry.id())),
                                Finding.of(entry)))
                        .toList());
    }

    private static List<Evidence.Entry> predictions(Evidence evidence) {
        return evidence.predictions().stream()
                .filter(entry -> entry.kind() == Evidence.Kind.PREDICTION)
                .toList();
    }

    private static Plan plan(Evidence evidence, String from) {
        return new Plan(evidence.plan().digest(), evidence.plan().edition(), from);
    }

    private static void print(Answer answer, PrintWriter out) {
        out.println(answer.claim() + ", " + answer.tier().name().toLowerCase(Locale.ROOT) + " tier, challenged with "
                + answer.changes().entrySet().stream()
                        .map(each -> each.getKey() + " = " + each.getValue())
                        .collect(Collectors.joining("; ")));
        printPlan("original", answer.original(), out);
        printPlan("challenged", answer.challenged(), out);
        out.println();
        RowPrinter table = new RowPrinter.Aligned(out);
        table.columns(List.of("prediction", "original", "challenged", ""));
        answer.predictions()
                .forEach(row -> table.row(List.of(
                        row.prediction(),
                        row.original().verdict(),
                        row.challenged().verdict(),
                        row.original().verdict().equals(row.challenged().verdict()) ? "" : "differs")));
        table.end();
        for (Row row : answer.predictions()) {
            out.println();
            out.println(row.prediction() + " (" + row.basis().word() + "): " + row.sentence());
            out.println("  original    " + row.original().verdict() + ": "
                    + row.original().sentence());
            out.println("  challenged  " + row.challenged().verdict() + ": "
                    + row.challenged().sentence());
        }
        out.println();
        out.println("A challenge is shown and never counted.");
    }

    private static void printPlan(String name, Plan plan, PrintWriter out) {
        out.println("  " + name + ": plan " + plan.digest().substring(0, 12) + ", edition " + plan.edition() + ", "
                + plan.from());
    }
}
