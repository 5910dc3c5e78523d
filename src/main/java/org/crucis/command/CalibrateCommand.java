package org.crucis.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Numbers;
import org.crucis.severity.Calibration;
import org.crucis.severity.SeverityFolder;
import org.crucis.statistics.Simulation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures on simulated observations how often criteria err, and keeps the result for every report. */
@Command(
        name = "calibrate",
        description = "Simulates how often each criterion errs and what it finds, against what is promised; writes"
                + " severity/calibration.json.",
        mixinStandardHelpOptions = true)
final class CalibrateCommand implements Runnable {

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Simulated findings for each cheap criterion, a fixed part of it for dear ones;"
                    + " ${DEFAULT-VALUE} by default.",
            defaultValue = "10000")
    private int runs;

    @Option(names = "--threads", paramLabel = "N", description = "Simulations at once; all cores by default.")
    private Integer threads;

    @Mixin
    private ReportsOption reports;

    @Option(names = "--json", description = "Print the record instead of tables.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Refusal.unlessPositive("--runs", runs);
        Refusal.unlessPositive("--threads", threads);
        Path folder = reports.folder();
        // Before minutes of simulation, not after.
        Refusal.unlessWritable(folder);
        SeverityFolder severity = SeverityFolder.in(folder);
        Calibration calibration = simulated();
        severity.write(Calibration.NAME, calibration);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(EvidenceFolder.pretty(calibration));
            out.flush();
            return;
        }
        print(out, calibration);
        out.println();
        out.println(severity.folder().resolve(Calibration.NAME + ".json"));
    }

    private Calibration simulated() {
        PrintWriter err = spec.commandLine().getErr();
        int atOnce = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        try (Simulation simulation = new Simulation(runs, atOnce)) {
            return simulation.calibrate(what -> err.println("simulating " + what));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("the simulation was interrupted, and nothing was written: start it again");
        }
    }

    private static void print(PrintWriter out, Calibration calibration) {
        RowPrinter rates = new RowPrinter.Aligned(out);
        rates.columns(List.of("setting", "tails", "what", "runs", "events", "rate", "99 % interval", "promised", ""));
        for (Calibration.Rate rate : calibration.rates()) {
            rates.row(cells(
                    List.of(
                            rate.setting(),
                            rate.tails().word(),
                            rate.situation().words()),
                    rate.frequency(),
                    rate.promised() == null ? "" : "at most " + Numbers.show(rate.promised()),
                    rate.standing() == null ? "" : rate.standing().word()));
        }
        rates.end();
        out.println();
        RowPrinter powers = new RowPrinter.Aligned(out);
        powers.columns(List.of(
                "setting",
                "tails",
                "deviation past the edge",
                "runs",
                "found",
                "rate",
                "99 % interval",
                "promised",
                ""));
        for (Calibration.Power power : calibration.powers()) {
            powers.row(cells(
                    List.of(
                            power.setting(),
                            power.tails().word(),
                            Numbers.show(power.deviation()) + " (" + power.unit() + ")"),
                    power.frequency(),
                    "at least " + Numbers.show(power.promised()),
                    power.standing().word()));
        }
        powers.end();
    }

    private static List<Object> cells(
            List<String> what, Calibration.Frequency frequency, String promised, String standing) {
        List<Object> cells = new ArrayList<>(what);
        cells.addAll(Arrays.asList(
                frequency.runs(),
                frequency.events(),
                Numbers.show(frequency.rate()),
                "[" + Numbers.show(frequency.lower()) + ", " + Numbers.show(frequency.upper()) + "]",
                promised,
                standing));
        return cells;
    }
}
