package org.crucis.lab;

import java.util.ArrayList;
import java.util.List;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;
import org.crucis.claim.Tier;

/** The trials of one experiment on the engine that claims run on, without a claim around them. */
public final class SweepRun {

    private SweepRun() {}

    /**
     * Runs the quick tier's first look.
     *
     * @throws IllegalStateException if a trial fails
     */
    public static Observations of(Experiment experiment, Engine engine) {
        Seeds seeds = new Seeds("bench", "", 1);
        List<TrialTask> tasks = new ArrayList<>();
        for (int block = 0; block < experiment.sweep().blocks(Tier.QUICK); block++) {
            for (Point point : experiment.sweep().points(Tier.QUICK)) {
                tasks.add(new TrialTask(new TrialSpec("bench", "bench", point, block, seeds), experiment));
            }
        }
        List<Observation> rows = new ArrayList<>();
        for (TrialResult result : engine.run(tasks)) {
            if (!(result.outcome() instanceof TrialResult.Measured measured)) {
                throw new IllegalStateException("a trial of the benchmark failed: " + result);
            }
            rows.addAll(measured.observations());
        }
        return new Observations(rows);
    }
}
