package org.crucis.feature;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.GuideTableDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;

/**
 * How likely each neuron is drawn as a feature: in proportion to its weight, for instance to |u_j| times the root mean square of
 * its activation over the inputs (Fang, Dong and Zhang 2019, experiments).
 */
public final class Importance {

    private final double[] probabilities;

    private Importance(double[] probabilities) {
        this.probabilities = probabilities;
    }

    /**
     * Drawing in proportion to weights.
     *
     * @param weights one a neuron; finite, at least 0, not all 0
     * @throws IllegalArgumentException otherwise
     */
    public static Importance of(double[] weights) {
        for (int j = 0; j < weights.length; j++) {
            if (!(weights[j] >= 0) || Double.isInfinite(weights[j])) {
                throw new IllegalArgumentException("Weight " + (j + 1) + " is " + weights[j]
                        + "; a neuron is drawn in proportion to a finite weight of at least 0.");
            }
        }
        // The largest first, so that no sum of finite weights is infinite.
        double largest = Arrays.stream(weights).max().orElse(0);
        if (!(largest > 0)) {
            throw new IllegalArgumentException("All " + weights.length
                    + " weights are 0, so that no neuron can be drawn; at least one must be positive.");
        }
        double sum = Arrays.stream(weights).map(weight -> weight / largest).sum();
        return new Importance(
                Arrays.stream(weights).map(weight -> weight / largest / sum).toArray());
    }

    /** Each of m neurons with the same probability. */
    public static Importance uniform(int m) {
        if (m < 1) {
            throw new IllegalArgumentException(
                    "The number of neurons must be at least 1, but got " + m + ": ask for one or more.");
        }
        double[] weights = new double[m];
        Arrays.fill(weights, 1);
        return of(weights);
    }

    /** One a neuron; they sum to 1. */
    public double[] probabilities() {
        return probabilities.clone();
    }

    /**
     * k independent draws, with replacement.
     *
     * @return neurons, counted from 0
     */
    public int[] draw(int k, UniformRandomProvider random) {
        if (k < 1) {
            throw new IllegalArgumentException("At least one neuron must be drawn, but got " + k + ": ask for more.");
        }
        SharedStateDiscreteSampler sampler = GuideTableDiscreteSampler.of(random, probabilities);
        return IntStream.generate(sampler::sample).limit(k).toArray();
    }

    /**
     * The different neurons among k independent draws: k or fewer.
     *
     * @return neurons, counted from 0, in the order of their first draw
     */
    public int[] drawDistinct(int k, UniformRandomProvider random) {
        return Arrays.stream(draw(k, random)).distinct().toArray();
    }
}
