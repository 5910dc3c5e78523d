package org.crucis.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Verdict;
import org.crucis.junit.Catalogue;
import org.crucis.junit.ClaimLauncher;
import org.crucis.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs claims as {@code mvn verify} does, and writes the report. */
@Command(
        name = "run",
        description = "Runs claims and writes their report. Exit code 1 when a prediction is REFUTED or VOID.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "CLAIM", description = "Ids of claims; all by default.")
    private List<String> ids = new ArrayList<>();

    @Mixin
    private PlanOptions which;

    @Option(
            names = "--fresh-seeds",
            description = "Draw an edition of seeds that nobody has seen, and list the run in severity/audits.json; its"
                    + " report goes to fresh/EDITION.")
    private boolean freshSeeds;

    @Mixin
    private RunOptions how;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "What runs the trials: workers (processes of this machine; the default), threads (of this"
                    + " process, for debuggers), or spark:MASTER where Spark is installed.")
    private String engine;

    @Option(
            names = "--trial-minutes",
            paramLabel = "N",
            description = "A trial that runs longer is stopped, and its claim is VOID; 60 by default.")
    private Integer trialMinutes;

    @Option(
            names = "--trial-megabytes",
            paramLabel = "N",
            description = "Java heap of the process of a trial; 2048 by default.")
    private Integer trialMegabytes;

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description =
                    "Where finished trials are kept and found again; ledger.db in the reports' folder by default.")
    private Path ledger;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Catalogue catalogue = Catalogue.shipped();
        List<String> wanted = ids.isEmpty() ? catalogue.ids() : ids;
        check(catalogue, wanted);
        Map<String, String> settings = settings();
        PrintWriter out = spec.commandLine().getOut();
        Thread farewell = farewell();
        Runtime.getRuntime().addShutdownHook(farewell);
        ClaimLauncher.Outcome outcome;
        try {
            outcome = ClaimLauncher.run(
                    catalogue,
                    wanted,
                    settings,
                    new TerminalProgress(spec.commandLine().getErr()));
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage());
        } finally {
            stay(farewell);
        }
        Report report = Report.of(new EvidenceFolder(outcome.folder()));
        Path page = report.write();
        outcome.problems().forEach(out::println);
        out.println(report.counts());
        out.println(page);
        return outcome.failed() == 0 && report.worst() != Verdict.VOID ? 0 : 1;
    }

    private void check(Catalogue catalogue, List<String> wanted) {
        try {
            wanted.forEach(catalogue::claim);
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage());
        }
        which.tier();
        which.edition();
        // In a whole run a claim that cannot be planned is VOID and the others go on; who asks for it is told at once.
        ids.forEach(id -> which.of(catalogue, id));
        Refusal.unlessPositive("--trial-minutes", trialMinutes);
        Refusal.unlessPositive("--trial-megabytes", trialMegabytes);
        if (freshSeeds && spec.commandLine().getParseResult().hasMatchedOption("--edition")) {
            throw new Refusal("--fresh-seeds and --edition contradict each other: give one of them");
        }
        if (how.noLedger() && ledger != null) {
            throw new Refusal("--ledger and --no-ledger contradict each other: give one of them");
        }
        how.check();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = how.settings(which.tier());
        if (freshSeeds) {
            settings.put("crucis.seeds", "fresh");
        } else {
            settings.put("crucis.edition", String.valueOf(which.edition()));
        }
        putIfGiven(settings, "crucis.engine", engine);
        putIfGiven(settings, "crucis.trial.minutes", trialMinutes);
        putIfGiven(settings, "crucis.trial.megabytes", trialMegabytes);
        putIfGiven(settings, "crucis.ledger", ledger);
        return settings;
    }

    private static void putIfGiven(Map<String, String> settings, String name, Object value) {
        if (value != null) {
            settings.put(name, value.toString());
        }
    }

    /** What is said to one who stops the run. */
    private Thread farewell() {
        PrintWriter err = spec.commandLine().getErr();
        return new Thread(() -> err.println("\nstopped: "
                + (how.noLedger() || ledger == null && "off".equals(System.getProperty("crucis.ledger"))
                        ? "what was finished is not kept, for there is no ledger"
                        : "finished trials are kept; the same command goes on from there")));
    }

    private static void stay(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            // The JVM is shutting down already, and the thread speaks.
        }
    }
}
