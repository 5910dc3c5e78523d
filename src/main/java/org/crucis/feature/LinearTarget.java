package org.crucis.feature;

/**
 * Learning a linear function with linear features, where every optimum has a closed form: inputs x with E x x^T = s I, features
 * h(theta, x) = &lt;theta, x&gt; with theta on the unit sphere of R^d, target y = &lt;b, x&gt;.
 *
 * <p>All three optima of (1/2) E (f - y)^2 + penalty lie along b. (Derived for this project from the objective of Fang, Dong, Zhang
 * 2019, arXiv 1910.11508.)
 *
 * @param dimension d, at least 2
 * @param secondMoment s &gt; 0: 1/2 for inputs spread evenly on the unit circle, 1 for standard normal ones
 * @param length |b| &gt; 0
 */
public record LinearTarget(int dimension, double secondMoment, double length) {

    public LinearTarget {
        if (dimension < 2) {
            throw new IllegalArgumentException(
                    "Features on a sphere need dimension 2 at least, but got " + dimension + ": use 2 for the circle.");
        }
        requirePositive(secondMoment, "second moment of the inputs");
        requirePositive(length, "length of the target");
    }

    /** Inputs spread evenly on the unit circle: d = 2, s = 1/2. */
    public static LinearTarget onCircle(double length) {
        return new LinearTarget(2, 0.5, length);
    }

    /** The feature law that minimises the objective with entropy: the limit of noisy gradient descent. */
    public SphereLaw featureLaw(Regularization regularization) {
        return SphereLaw.of(this, regularization);
    }

    /**
     * min (1/2) E (f - y)^2 + lam1 TV(mu)^2 = s lam1 |b|^2 / (s + 2 lam1): the least objective that any feature law allows without
     * entropy; all features point along b or against it.
     */
    public double leastObjective(double lam1) {
        return objective(lam1, 1);
    }

    /**
     * s d lam1 |b|^2 / (s + 2 d lam1): the least objective with features spread evenly over the sphere. Its ratio to {@link
     * #leastObjective} tends to d as lam1 tends to 0.
     */
    public double randomFeatureObjective(double lam1) {
        return objective(lam1, dimension);
    }

    /** A function of length b costs lam1 spread b^2, since random features need weights d times as large in the square. */
    private double objective(double lam1, double spread) {
        double penalty = Regularization.onOutputWeights(lam1).outputWeights() * spread;
        return secondMoment * penalty * length * length / (secondMoment + 2 * penalty);
    }

    private static void requirePositive(double value, String what) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("The " + what + " must be a positive number, but got " + value
                    + ": give it in the units of the inputs.");
        }
    }
}
