package org.crucis.lab;

import java.util.ArrayList;
import java.util.List;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Interval;
import org.crucis.claim.Numbers;
import org.crucis.claim.Observation;
import org.crucis.claim.Point;

/** A trial about to run. It never throws: what goes wrong in it is its result. */
public record TrialTask(String name, Experiment experiment, Point point, int block, Seeds seeds) {

    /** How a trial ended. */
    public sealed interface Result permits Measured, NotApplicable, Failed {
        List<Hypothesis> hypotheses();

        long nanoseconds();
    }

    record Measured(List<Observation> observations, List<Hypothesis> hypotheses, long nanoseconds) implements Result {}

    /** A hypothesis of the theorem does not hold on this trial's data. */
    record NotApplicable(String reason, List<Hypothesis> hypotheses, long nanoseconds) implements Result {}

    record Failed(String reason, List<Hypothesis> hypotheses, long nanoseconds) implements Result {}

    /** Larger sizes take longer; the engine starts with them, so that no core waits at the end for one large trial. */
    double expectedCost() {
        return point.coordinates().values().stream()
                .filter(Double.class::isInstance)
                .mapToDouble(value -> Math.max(1, Math.abs((Double) value)))
                .reduce(1, (a, b) -> a * b);
    }

    Result run() {
        long start = System.nanoTime();
        Trial trial = new Trial(name, point, block, seeds);
        List<Hypothesis> hypotheses = new ArrayList<>();
        try {
            for (Experiment.Assumption assumption : experiment.assumptions()) {
                double measured = assumption.measured().applyAsDouble(trial);
                Interval required = assumption.required();
                boolean holds = required.contains(measured);
                hypotheses.add(new Hypothesis(name, assumption.name(), measured, required, holds));
                if (Double.isNaN(measured)) {
                    return new Failed(
                            "hypothesis '" + assumption.name() + "' is not a number in " + trial,
                            hypotheses,
                            System.nanoTime() - start);
                }
                if (!holds) {
                    return new NotApplicable(
                            assumption.name() + " is " + Numbers.show(measured) + " in " + trial + ", and must be "
                                    + required,
                            hypotheses,
                            System.nanoTime() - start);
                }
            }
            List<Observation> observations =
                    experiment.measurement().apply(trial).observedAt(point, block);
            if (observations.isEmpty()) {
                return new Failed("measured nothing in " + trial, hypotheses, System.nanoTime() - start);
            }
            for (Requirement requirement : experiment.requirements()) {
                for (Observation observation : observations) {
                    if (!requirement.holds(observation)) {
                        return new Failed(requirement.broken(observation), hypotheses, System.nanoTime() - start);
                    }
                }
            }
            return new Measured(observations, hypotheses, System.nanoTime() - start);
        } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError | LinkageError e) {
            return new Failed(
                    e.getClass().getSimpleName() + " in " + trial + ": " + e.getMessage(),
                    hypotheses,
                    System.nanoTime() - start);
        }
    }
}
