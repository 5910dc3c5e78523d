package org.crucis.faults;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.crucis.claim.Evidence;
import org.crucis.claim.Verdict;
import org.crucis.junit.Rehearsal;
import org.crucis.lab.ClaimPlan;
import org.crucis.lab.ClaimRun;
import org.crucis.lab.Engine;
import org.crucis.lab.Progress;
import org.crucis.ledger.CodeFingerprint;
import org.crucis.severity.KillMatrix;
import org.crucis.severity.SeverityFolder;

/**
 * Runs a catalogue of faults against the claims whose trials reach them, cheap claims first, and writes the matrix after every
 * cell, so that a run that was stopped goes on where it was. No evidence is written.
 */
final class KillMatrixRun {

    private static final String SENTINELS = "sentinels";
    private static final int EDITION = 1;
    /** A trial that ended in an error of the JVM, such as an overflow of its stack: nobody's check noticed anything. */
    private static final Pattern CRASH = Pattern.compile("^\\w+Error in ");

    private final SeverityFolder folder;
    private final Engine engine;
    private final Consumer<String> log;
    private final CodeFingerprint fingerprint = new CodeFingerprint(KillMatrixRun.class.getClassLoader());
    private final Map<String, PlantedFault> faults = new TreeMap<>();
    private final Map<String, Map<String, KillMatrix.Cell>> cells = new TreeMap<>();

    KillMatrixRun(SeverityFolder folder, Engine engine, Consumer<String> log) {
        this.folder = folder;
        this.engine = engine;
        this.log = log;
    }

    /**
     * @param sound tells the verdicts of a claim in the sound program; run with an engine that may remember trials
     * @param claims classes by id, cheapest first
     * @param longest no cell is begun later than this after the start
     */
    KillMatrix run(
            Map<String, PlantedFault> instruments,
            Map<String, PlantedFault> checker,
            Map<String, Class<?>> claims,
            Engine sound,
            Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        KillMatrix earlier =
                folder.read(KillMatrix.NAME, KillMatrix.class).found().orElse(KillMatrix.EMPTY);
        faults.putAll(instruments);
        faults.putAll(checker);
        Map<String, List<String>> supported = new LinkedHashMap<>();
        claims.forEach((id, type) -> supported.put(id, supported(type, sound)));
        Map<String, Set<String>> reached = reached(instruments, claims);
        instruments.forEach((name, fault) -> {
            Map<String, KillMatrix.Cell> row = new LinkedHashMap<>();
            claims.forEach((id, type) -> {
                if (reached.get(id).contains(name) && !supported.get(id).isEmpty()) {
                    String code = code(fault, type);
                    row.put(id, known(earlier, name, id, code));
                }
            });
            cells.put(name, row);
        });
        checker.forEach((name, fault) -> cells.put(name, new LinkedHashMap<>(Map.of(SENTINELS, sentinels(fault)))));
        write();
        for (boolean noticedToo : new boolean[] {false, true}) {
            for (Todo todo : open()) {
                if (System.nanoTime() > end) {
                    return write();
                }
                if (noticedToo || cells.get(todo.fault).values().stream().noneMatch(KillMatrix.Cell::noticed)) {
                    run(todo, claims.get(todo.claim), supported.get(todo.claim));
                }
            }
        }
        return write();
    }

    private record Todo(String fault, String claim, int rank) {}

    /** The cheapest claim of every fault first, then the second of each, and so on. */
    private List<Todo> open() {
        List<Todo> open = new ArrayList<>();
        cells.forEach((fault, row) -> {
            int rank = 0;
            for (KillMatrix.Cell cell : row.values()) {
                if (cell.state() == KillMatrix.State.NOT_RUN) {
                    open.add(new Todo(fault, cell.claim(), rank++));
                }
            }
        });
        return open.stream().sorted(Comparator.comparingInt(Todo::rank)).toList();
    }

    private void run(Todo todo, Class<?> claim, List<String> predictions) {
        PlantedFault fault = faults.get(todo.fault);
        String code = cells.get(todo.fault).get(todo.claim).code();
        long start = System.nanoTime();
        KillMatrix.Cell cell = fault.during(() -> {
            ClaimRun run = new ClaimRun(Rehearsal.plan(claim, EDITION), engine, Progress.SILENT);
            for (String prediction : predictions) {
                Evidence.Entry entry = run.judge(prediction).get(0);
                Verdict verdict = Verdict.valueOf(entry.verdict());
                if (CRASH.matcher(entry.sentence()).find()) {
                    throw new AssertionError("the fault '" + todo.fault + "' breaks the program, not what it computes: "
                            + entry.sentence());
                }
                if (verdict != Verdict.SUPPORTED && verdict != Verdict.INCONCLUSIVE) {
                    return new KillMatrix.Cell(
                            todo.claim, code, KillMatrix.State.NOTICED, prediction, verdict.name(), entry.sentence());
                }
            }
            return KillMatrix.Cell.unnoticed(todo.claim, code);
        });
        cells.get(todo.fault).put(todo.claim, cell);
        log.accept(String.format(
                "%s, %s: %s%s, %.1f s",
                todo.fault,
                todo.claim,
                cell.state(),
                cell.noticed() ? " by " + cell.prediction() + ", " + cell.verdict() : "",
                1e-9 * (System.nanoTime() - start)));
        write();
    }

    /** The made-up claim takes no time, so that all of its verdicts are looked at. */
    private KillMatrix.Cell sentinels(PlantedFault fault) {
        String code = code(fault, Sentinels.class);
        return fault.during(() -> {
            Map<String, Evidence.Entry> entries = judged(Sentinels.class, engine);
            for (Map.Entry<String, Verdict> expected : new TreeMap<>(Sentinels.EXPECTED).entrySet()) {
                Evidence.Entry entry = entries.get(expected.getKey());
                if (!entry.verdict().equals(expected.getValue().name())) {
                    return new KillMatrix.Cell(
                            SENTINELS,
                            code,
                            KillMatrix.State.NOTICED,
                            expected.getKey(),
                            entry.verdict(),
                            entry.verdict() + " where " + expected.getValue() + " is known: " + entry.sentence());
                }
            }
            return KillMatrix.Cell.unnoticed(SENTINELS, code);
        });
    }

    static Map<String, Evidence.Entry> judged(Class<?> claim, Engine engine) {
        ClaimPlan plan = Rehearsal.plan(claim, EDITION);
        ClaimRun run = new ClaimRun(plan, engine, Progress.SILENT);
        Map<String, Evidence.Entry> entries = new LinkedHashMap<>();
        plan.asRosterEntry()
                .predictions()
                .forEach(prediction ->
                        entries.put(prediction.id(), run.judge(prediction.id()).get(0)));
        return entries;
    }

    /** The predictions that count and are SUPPORTED in the sound program. */
    private List<String> supported(Class<?> claim, Engine sound) {
        List<String> supported = judged(claim, sound).entrySet().stream()
                .filter(each -> each.getValue().basis().carriesVerdict())
                .filter(each -> each.getValue().verdict().equals(Verdict.SUPPORTED.name()))
                .map(Map.Entry::getKey)
                .toList();
        log.accept("sound: " + claim.getName() + ", " + supported.size() + " predictions SUPPORTED");
        return supported;
    }

    /** For each claim the faults whose target its trials call. */
    private Map<String, Set<String>> reached(Map<String, PlantedFault> instruments, Map<String, Class<?>> claims) {
        return PlantedFault.watching(instruments.values(), () -> {
            Map<String, Set<String>> reached = new LinkedHashMap<>();
            claims.forEach((id, type) -> {
                PlantedFault.Reached.METHODS.clear();
                judged(type, new FirstBlock(engine));
                Set<String> names = new LinkedHashSet<>();
                instruments.forEach((name, fault) -> {
                    if (fault.reached()) {
                        names.add(name);
                    }
                });
                log.accept(id + " reaches " + names.size() + " of " + instruments.size() + " faults");
                reached.put(id, names);
            });
            return reached;
        });
    }

    private static KillMatrix.Cell known(KillMatrix earlier, String fault, String claim, String code) {
        return earlier.faults().stream()
                .filter(each -> each.name().equals(fault))
                .flatMap(each -> each.cells().stream())
                .filter(each -> each.claim().equals(claim) && each.code().equals(code))
                .findFirst()
                .orElse(KillMatrix.Cell.notRun(claim, code));
    }

    private String code(PlantedFault fault, Class<?> claim) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(fault.code());
            digest.update(fingerprint.of(claim.getName()).getBytes());
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private KillMatrix write() {
        List<KillMatrix.Fault> rows = new ArrayList<>();
        cells.forEach((name, row) -> rows.add(new KillMatrix.Fault(
                name,
                faults.get(name).sentence(),
                faults.get(name).targets(),
                new TreeMap<>(row).values().stream().toList())));
        KillMatrix matrix = new KillMatrix(Evidence.SCHEMA_VERSION, rows);
        folder.write(KillMatrix.NAME, matrix);
        return matrix;
    }
}
