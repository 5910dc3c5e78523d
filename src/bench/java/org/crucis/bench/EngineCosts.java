package org.crucis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.crucis.claim.Point;
import org.crucis.data.Labels;
import org.crucis.data.Spheres;
import org.crucis.engine.EngineSettings;
import org.crucis.engine.ThreadEngine;
import org.crucis.engine.WorkerEngine;
import org.crucis.lab.Engine;
import org.crucis.lab.Experiment;
import org.crucis.lab.Measurements;
import org.crucis.lab.NumericEnvironment;
import org.crucis.lab.Seeds;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;
import org.crucis.lab.TrialTask;
import org.crucis.ledger.RememberingEngine;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.training.GradientDescent;
import org.ejml.simple.SimpleMatrix;

/** What a trial costs beside its own work, on each engine and with a ledger, and how much faster two workers are than one. */
final class EngineCosts {

    static final String NOTHING_TO_DO = "a trial that does nothing";
    static final String TRAINING = "a trial that trains a network, ";

    private static final String THREADS = Group.OURS + ", threads";
    private static final String LEDGER = Group.OURS + ", workers and ledger";

    /** As many numbers as a usual trial measures along its training. */
    private static final int ROWS = 10;

    private static final int EMPTY_TRIALS = 2000;
    private static final int TRAININGS = 80;

    static final Experiment NOTHING = Experiment.over(Sweep.onePoint()).measuring(EngineCosts::nothing);
    static final Experiment SOMETHING = Experiment.over(Sweep.onePoint()).measuring(EngineCosts::training);

    private EngineCosts() {}

    static List<Outcome.Row> rows() throws IOException {
        List<Outcome.Row> rows = new ArrayList<>();
        for (int slots : List.of(1, 2)) {
            try (Engine workers = new WorkerEngine(EngineSettings.of(slots))) {
                rows.add(seconds(
                        TRAINING + Group.atOnce(slots), Group.OURS, "SOMETHING", SOMETHING, TRAININGS, workers));
                rows.add(seconds(
                        NOTHING_TO_DO + ", " + Group.atOnce(slots),
                        Group.OURS,
                        "NOTHING",
                        NOTHING,
                        EMPTY_TRIALS,
                        workers));
            }
        }
        try (Engine threads = new ThreadEngine(2)) {
            rows.add(seconds(
                    NOTHING_TO_DO + ", " + Group.atOnce(2), THREADS, "NOTHING", NOTHING, EMPTY_TRIALS, threads));
        }
        Path folder = Files.createTempDirectory(Path.of("target"), "ledger");
        try (org.crucis.ledger.Ledger ledger = org.crucis.ledger.Ledger.open(folder.resolve("ledger.db"));
                Engine remembering = new RememberingEngine(
                        new WorkerEngine(EngineSettings.of(2)), ledger, any -> "", NumericEnvironment.here())) {
            rows.add(seconds(
                    NOTHING_TO_DO + ", " + Group.atOnce(2), LEDGER, "NOTHING", NOTHING, EMPTY_TRIALS, remembering));
        }
        return rows;
    }

    /** Seconds a trial, of as many as it says; fewer have run before, so that every process is up and compiled. */
    private static Outcome.Row seconds(
            String id, String row, String name, Experiment experiment, int trials, Engine engine) {
        engine.run(tasks(name, experiment, -trials / 4, 0));
        long start = System.nanoTime();
        for (TrialResult result : engine.run(tasks(name, experiment, 0, trials))) {
            if (!(result.outcome() instanceof TrialResult.Measured)) {
                throw new IllegalStateException("a trial of the benchmark failed: " + result.outcome());
            }
        }
        return new Outcome.Row(id, row, 1e-9 * (System.nanoTime() - start) / trials, null, null);
    }

    private static List<TrialTask> tasks(String name, Experiment experiment, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(block -> new TrialTask(
                        new TrialSpec(
                                EngineCosts.class.getName(), name, Point.ORIGIN, block, new Seeds("bench", "", 1)),
                        experiment))
                .toList();
    }

    private static Measurements nothing(Trial trial) {
        Measurements rows = Measurements.along("step");
        for (int step = 0; step < ROWS; step++) {
            rows = rows.at(step, Measurements.of("loss", trial.block() + Math.sqrt(step)));
        }
        return rows;
    }

    private static Measurements training(Trial trial) {
        SimpleMatrix inputs = Spheres.ofDimension(100, 10, trial.random("inputs"));
        SimpleMatrix targets = Labels.gaussian(100, trial.random("targets"));
        Architecture architecture = Architecture.of(10).hidden(512, 1).activation(Activation.TANH);
        try (Network network = architecture.draw(trial.random("weights"))) {
            GradientDescent.withStep(1e-3).atMost(600).run(network, inputs, targets);
            return Measurements.of("output", network.outputs(inputs).get(0));
        }
    }
}
