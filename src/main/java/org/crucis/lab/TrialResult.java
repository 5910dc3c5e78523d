package org.crucis.lab;

import java.util.List;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Observation;

/**
 * How a trial ended, the hypotheses that it measured before, and what it took.
 *
 * @param cost differs from run to run; all else is the same bits wherever the trial ran in one numeric environment
 */
public record TrialResult(Outcome outcome, List<Hypothesis> hypotheses, Cost cost) {

    public TrialResult {
        hypotheses = List.copyOf(hypotheses);
    }

    public sealed interface Outcome permits Measured, NotApplicable, Failed {}

    public record Measured(List<Observation> observations) implements Outcome {
        public Measured {
            observations = List.copyOf(observations);
        }
    }

    /** A hypothesis of the theorem does not hold on this trial's data. */
    public record NotApplicable(String reason) implements Outcome {}

    /** What goes wrong in a trial makes its experiment VOID; the other trials go on. */
    public record Failed(Cause cause, String reason) implements Outcome {}

    /** Why a trial failed. */
    public enum Cause {
        /** It threw an exception. */
        THREW,
        /** It measured nothing, a hypothesis that is not a number, or something that makes it invalid. */
        INVALID,
        /** It asked for more memory than its process may have. */
        OUT_OF_MEMORY,
        /** It ran longer than a trial may. */
        TOO_LONG,
        /** It took its process down. */
        CRASHED
    }

    /**
     * @param peakBytes largest resident memory of the process while it ran the trial; 0 where nobody measured it
     */
    public record Cost(long nanoseconds, long peakBytes) {
        public static Cost of(long nanoseconds) {
            return new Cost(nanoseconds, 0);
        }
    }

    public TrialResult withPeak(long peakBytes) {
        return new TrialResult(outcome, hypotheses, new Cost(cost.nanoseconds(), peakBytes));
    }
}
