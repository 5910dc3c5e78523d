package org.crucis.spark;

import java.util.List;
import java.util.stream.IntStream;
import org.crucis.claim.Point;
import org.crucis.lab.Experiment;
import org.crucis.lab.Measurements;
import org.crucis.lab.Seeds;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.lab.TrialJson;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;
import org.crucis.lab.TrialTask;

/** Trials that do little, slowly, or what no trial should do. */
final class Trials {

    static final Experiment DRAW = Experiment.over(Sweep.onePoint()).measuring(Trials::draw);

    static final Experiment SLOW = Experiment.over(Sweep.onePoint()).measuring(trial -> {
        pause(trial.number("milliseconds"));
        return draw(trial);
    });

    /** The block that is no good takes its process down, as native code does. */
    static final Experiment DEADLY = Experiment.over(Sweep.onePoint()).measuring(trial -> {
        if (trial.block() == 1) {
            Runtime.getRuntime().halt(134);
        }
        return draw(trial);
    });

    private Trials() {}

    private static Measurements draw(Trial trial) {
        return Measurements.of("x", trial.random("x").nextDouble());
    }

    private static void pause(double milliseconds) {
        try {
            Thread.sleep((long) milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException("somebody interrupted a trial in its own process", e);
        }
    }

    static List<TrialTask> of(String experiment, Point point, int count) {
        return IntStream.range(0, count)
                .mapToObj(block -> TrialTask.of(new TrialSpec(
                        Trials.class.getName(), experiment, point, block, new Seeds("trials", "plan", 1))))
                .toList();
    }

    static List<TrialTask> slow(int milliseconds, int count) {
        return of("SLOW", Point.ORIGIN.with("milliseconds", milliseconds), count);
    }

    /** All of a result but what it took, to the last bit. */
    static List<String> bits(List<TrialTask> tasks, List<TrialResult> results) {
        return IntStream.range(0, tasks.size())
                .mapToObj(index -> {
                    TrialResult result = results.get(index);
                    return TrialJson.write(
                            new TrialResult(result.outcome(), result.hypotheses(), TrialResult.Cost.of(0)),
                            tasks.get(index).spec().point());
                })
                .toList();
    }
}
