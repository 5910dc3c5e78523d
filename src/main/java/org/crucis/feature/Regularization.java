package org.crucis.feature;

/**
 * The weights of the three penalties of a two-layer network in the mean-field limit, in the objective
 *
 * <pre>
 *   Q(u, p) = (1/2) E (f - y)^2 + lam1 E_p u^2 + lam2 E_p r + lam3 KL(p | p0),     f(x) = E_p[u(theta) h(theta, x)]
 * </pre>
 *
 * of Fang, Dong, Zhang 2019 (arXiv 1910.11508; the form is recalled). Noisy gradient descent minimises it when its noise has variance
 * 2 lam3 per unit of time (Mei, Montanari, Nguyen 2018, arXiv 1804.06561).
 *
 * @param outputWeights lam1, above 0
 * @param features lam2, at least 0; what r is, the {@link FeatureGrid} knows
 * @param entropy lam3, at least 0
 */
public record Regularization(double outputWeights, double features, double entropy) {

    public Regularization {
        if (!(outputWeights > 0) || Double.isInfinite(outputWeights)) {
            throw new IllegalArgumentException("The penalty on output weights must be a positive number, but got "
                    + outputWeights + ": without it the optimum need not exist.");
        }
        requireWeight(features, "features");
        requireWeight(entropy, "entropy");
    }

    /** lam1 alone. */
    public static Regularization onOutputWeights(double weight) {
        return new Regularization(weight, 0, 0);
    }

    /** Together with lam2. */
    public Regularization andFeatures(double weight) {
        return new Regularization(outputWeights, weight, entropy);
    }

    /** Together with lam3. */
    public Regularization andEntropy(double weight) {
        return new Regularization(outputWeights, features, weight);
    }

    /**
     * Var[u | theta] = lam3 / (2 lam1) in the stationary law of noisy gradient descent (derived): what the noise on the output
     * weights adds to E u^2, and nothing else, since the features' law and the mean weights are those that minimise Q.
     */
    public double outputWeightNoise() {
        return entropy / (2 * outputWeights);
    }

    /** lam3, where a law is asked for that exists only with it. */
    double requireEntropy() {
        if (entropy == 0) {
            throw new IllegalArgumentException(
                    "A feature law with a density needs an entropy weight above 0, but got 0: add one, or ask for the sparse optimum.");
        }
        return entropy;
    }

    private static void requireWeight(double weight, String what) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("The penalty on " + what
                    + " must be a finite number of at least 0, but got " + weight + ": leave it at 0 for none.");
        }
    }
}
