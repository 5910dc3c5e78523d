package org.crucis.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.crucis.data.Labels;
import org.crucis.data.Spheres;
import org.crucis.engine.ThreadEngine;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.lab.Experiment;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.SweepRun;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.training.GradientDescent;
import org.ejml.simple.SimpleMatrix;

/**
 * Resident memory along many small trials: networks, threads and pointers that are dropped must not stay. The Java heap
 * stands beside it: it is resident from the start, so that all growth is outside.
 */
final class SmallTrainings {

    private SmallTrainings() {}

    static List<Outcome.Row> rows(Plan plan) {
        List<Outcome.Row> rows = Collections.synchronizedList(new ArrayList<>());
        if (OurSide.memory("VmRSS").isEmpty()) {
            return rows;
        }
        AtomicInteger done = new AtomicInteger();
        int every = plan.trials() / 10;
        Runnable oneMore = () -> {
            int count = done.incrementAndGet();
            if (count % every == 0) {
                String id = "after " + count + " trials";
                rows.add(row(id, Group.OURS, OurSide.memory("VmRSS").getAsDouble()));
                rows.add(row(id, Group.JAVA_HEAP, Runtime.getRuntime().totalMemory() / 1048576.0));
            }
        };
        Experiment experiment = Experiment.over(Sweep.onePoint().blocks(plan.trials()))
                .measuring(trial -> {
                    SimpleMatrix inputs = Spheres.ofDimension(plan.n(), plan.d(), trial.random("inputs"));
                    // Two shapes, as a sweep has: what is kept for one must not pile up for the other.
                    int width = trial.block() % 2 == 0 ? 64 : 128;
                    try (Network network =
                            Architecture.of(plan.d()).hidden(width, 1).draw(trial.random("weights"))) {
                        double loss = GradientDescent.withStep(0.1 / plan.n())
                                .atMost(10)
                                .run(network, inputs, Labels.gaussian(plan.n(), trial.random("targets")))
                                .relativeLoss();
                        double kernel = EmpiricalKernel.of(network, inputs).normF();
                        oneMore.run();
                        return Measurements.of("loss", loss).and("kernel", kernel);
                    }
                });
        try (ThreadEngine engine = new ThreadEngine(2)) {
            SweepRun.of(experiment, engine);
        }
        return List.copyOf(rows);
    }

    private static Outcome.Row row(String id, String name, double megabytes) {
        return new Outcome.Row(id, name, megabytes, null, null);
    }
}
