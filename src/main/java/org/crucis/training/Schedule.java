package org.crucis.training;

import java.util.Arrays;

/** The steps at which a probe looks. Step 0 and the last step of a run are always among them. */
@FunctionalInterface
public interface Schedule {

    /** Whether to look after this many steps, given that it is neither the first nor the last state. */
    boolean includes(int step);

    /** Every k-th step. */
    static Schedule every(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("A probe cannot look every " + k + " steps; give at least 1.");
        }
        return step -> step % k == 0;
    }

    /** These steps. */
    static Schedule at(int... steps) {
        int[] sorted = steps.clone();
        Arrays.sort(sorted);
        if (sorted.length > 0 && sorted[0] < 0) {
            throw new IllegalArgumentException("A probe cannot look at step " + sorted[0] + "; steps count from 0.");
        }
        return step -> Arrays.binarySearch(sorted, step) >= 0;
    }

    /**
     * Equally spaced on a logarithmic axis: 10^(k / perDecade) rounded, k = 0, 1, 2, ... Where these are closer than one
     * step, every step.
     */
    static Schedule logSpaced(int perDecade) {
        if (perDecade < 1) {
            throw new IllegalArgumentException(
                    "A probe cannot look " + perDecade + " times a decade; give at least 1.");
        }
        return step -> {
            if (step < 1) {
                return false;
            }
            // Either neighbour may round to this step: 10^0.2 = 1.58 gives 2 though 2 is nearer to 10^0.4 on the log
            // axis.
            double k = perDecade * Math.log10(step);
            return rounded(Math.floor(k) / perDecade) == step || rounded(Math.ceil(k) / perDecade) == step;
        };
    }

    private static double rounded(double exponent) {
        return Math.rint(Math.pow(10, exponent));
    }
}
