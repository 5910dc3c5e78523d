package org.crucis.bench;

import java.util.ArrayList;
import java.util.List;
import org.crucis.claim.Observations;
import org.crucis.data.Labels;
import org.crucis.data.Spheres;
import org.crucis.engine.ThreadEngine;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.KernelFollower;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.SweepRun;
import org.crucis.lab.Trial;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.ejml.simple.SimpleMatrix;

/** A whole claim as a reproduction would run it: how the drift of the tangent kernel over training falls with the width. */
final class DriftClaim {

    private final Plan plan;
    private final Experiment experiment;

    private static final int WARM_UPS = 5;

    DriftClaim(Plan plan) {
        this.plan = plan;
        experiment = Experiment.over(Sweep.over("width", plan.widths()).blocks(plan.blocks()))
                .measuring(this::drift);
    }

    /**
     * The claim with each number of threads, and a few times before: in a young process the compiler is still at work, and
     * takes a core from two threads that it does not take from one.
     */
    List<Outcome.Row> rows() {
        List<Outcome.Row> rows = new ArrayList<>();
        rows.add(run(plan.threads().get(0), Group.OURS + ", first run"));
        for (int i = 0; i < WARM_UPS; i++) {
            run(plan.threads().get(0), "warm-up");
        }
        for (int threads : plan.threads()) {
            rows.add(run(threads, Group.OURS));
        }
        return rows;
    }

    private Outcome.Row run(int threads, String row) {
        try (ThreadEngine engine = new ThreadEngine(threads)) {
            long start = System.nanoTime();
            Observations observations = SweepRun.of(experiment, engine);
            double seconds = 1e-9 * (System.nanoTime() - start);
            double[] slopes = observations.blocks().stream()
                    .mapToDouble(block -> slope(observations.ofBlock(block)))
                    .toArray();
            double mean = mean(slopes);
            double squares = 0;
            for (double slope : slopes) {
                squares += (slope - mean) * (slope - mean);
            }
            double error = Math.sqrt(squares / (slopes.length - 1.0) / slopes.length);
            return new Outcome.Row(Group.atOnce(threads), row, seconds, mean, error);
        }
    }

    private Measurements drift(Trial trial) {
        SimpleMatrix inputs = Spheres.ofDimension(plan.n(), plan.d(), trial.blockRandom("inputs"));
        SimpleMatrix targets = Labels.gaussian(plan.n(), trial.blockRandom("targets"));
        Architecture architecture =
                Architecture.of(plan.d()).hidden(trial.size("width"), 1).activation(Activation.TANH);
        try (Network network = architecture.draw(trial.random("weights"));
                KernelFollower kernel = EmpiricalKernel.following(network, inputs)) {
            double[] drift = {0};
            GradientDescent.withStep(1 / Spectrum.of(kernel.start()).largest())
                    .atMost(plan.steps())
                    .centred()
                    .probing(
                            Schedule.at(plan.probes().stream()
                                    .mapToInt(Integer::intValue)
                                    .toArray()),
                            (step, now, outputs) -> drift[0] = Math.max(drift[0], kernel.drift()))
                    .run(network, inputs, targets);
            return Measurements.of("drift", drift[0]);
        }
    }

    private static double slope(Observations block) {
        return Growth.slope(
                block.rows().stream()
                        .mapToDouble(row -> row.point().number("width"))
                        .toArray(),
                block.values("drift"));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
