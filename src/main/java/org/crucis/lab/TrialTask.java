package org.crucis.lab;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Interval;
import org.crucis.claim.Numbers;
import org.crucis.claim.Observation;

/** A trial about to run. It never throws: what goes wrong in it is its result. */
public record TrialTask(TrialSpec spec, Experiment experiment) {

    /**
     * The trial that a name means, for a process that was sent the name alone.
     *
     * @throws IllegalArgumentException when this class path has no such claim or experiment
     */
    public static TrialTask of(TrialSpec spec) {
        try {
            Class<?> claim = Class.forName(
                    spec.claimClass(), true, Thread.currentThread().getContextClassLoader());
            Field field = claim.getDeclaredField(spec.experiment());
            field.setAccessible(true);
            return new TrialTask(spec, (Experiment) field.get(null));
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new IllegalArgumentException(
                    "cannot find " + spec + " on this class path: " + e + "; give every process the same jars", e);
        }
    }

    /** Larger sizes take longer; an engine starts with them, so that no core waits at the end for one large trial. */
    public double expectedCost() {
        return spec.point().coordinates().values().stream()
                .filter(Double.class::isInstance)
                .mapToDouble(value -> Math.max(1, Math.abs((Double) value)))
                .reduce(1, (a, b) -> a * b);
    }

    public TrialResult run() {
        long start = System.nanoTime();
        List<Hypothesis> hypotheses = new ArrayList<>();
        TrialResult.Outcome outcome = outcome(hypotheses);
        return new TrialResult(outcome, hypotheses, TrialResult.Cost.of(System.nanoTime() - start));
    }

    private TrialResult.Outcome outcome(List<Hypothesis> hypotheses) {
        Trial trial = new Trial(spec.experiment(), spec.point(), spec.block(), spec.seeds());
        try {
            for (Experiment.Assumption assumption : experiment.assumptions()) {
                double measured = assumption.measured().applyAsDouble(trial);
                Interval required = assumption.required();
                boolean holds = required.contains(measured);
                hypotheses.add(new Hypothesis(spec.experiment(), assumption.name(), measured, required, holds));
                if (Double.isNaN(measured)) {
                    return invalid("hypothesis '" + assumption.name() + "' is not a number in " + trial);
                }
                if (!holds) {
                    return new TrialResult.NotApplicable(assumption.name() + " is " + Numbers.show(measured) + " in "
                            + trial + ", and must be " + required);
                }
            }
            List<Observation> observations =
                    experiment.measurement().apply(trial).observedAt(spec.point(), spec.block());
            if (observations.isEmpty()) {
                return invalid("measured nothing in " + trial);
            }
            for (Requirement requirement : experiment.requirements()) {
                for (Observation observation : observations) {
                    if (!requirement.holds(observation)) {
                        return invalid(requirement.broken(observation));
                    }
                }
            }
            return new TrialResult.Measured(observations);
        } catch (OutOfMemoryError e) {
            // Its message tells how much others had taken before, which is not the same in every run.
            return new TrialResult.Failed(TrialResult.Cause.OUT_OF_MEMORY, "OutOfMemoryError in " + trial);
        } catch (Exception | StackOverflowError | AssertionError | LinkageError e) {
            return new TrialResult.Failed(
                    TrialResult.Cause.THREW, e.getClass().getSimpleName() + " in " + trial + ": " + e.getMessage());
        }
    }

    private static TrialResult.Failed invalid(String reason) {
        return new TrialResult.Failed(TrialResult.Cause.INVALID, reason);
    }
}
