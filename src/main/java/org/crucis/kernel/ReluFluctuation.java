package org.crucis.kernel;

/**
 * How much the tangent kernel of a ReLU network of finite width m scatters over random initialisations: the constants of the
 * leading order Var Theta_m = C / m.
 *
 * <p>With one hidden layer Theta_m is sb^2 + (sw^2 / m) sum_r Z_r with independent Z = phi(u) phi(v) + a^2 phi'(u) phi'(v) c, where
 * (u, v) are the pre-activations of a neuron, c their covariance and a its output weight. So its mean is the limit at every
 * width, its variance is exactly (sw^4 / m) Var Z, and both are arc-cosine functions. (Derived for this project; the growth with
 * depth agrees with Hanin and Nica 2019, arXiv 1909.05989.)
 */
public final class ReluFluctuation {

    /** E a^4 of standard normal output weights. */
    public static final double GAUSSIAN_FOURTH_MOMENT = 3;

    /** E a^4 of output weights +-1. */
    public static final double SIGNS_FOURTH_MOMENT = 1;

    private ReluFluctuation() {}

    /**
     * m Var Theta_m(x, x') with one hidden layer, all layers trained, at every width m.
     *
     * @param first the pre-activations of the hidden layer on x and x'
     * @param weightVariance sw^2
     * @param fourthMoment E a^4 of the output weights a, which have mean 0 and variance 1
     */
    public static double oneHiddenLayer(GaussianPair first, double weightVariance, double fourthMoment) {
        double theta = first.angle();
        double q = Math.sqrt(first.a() * first.b());
        double c = first.c();
        double j0 = ArcCosine.j0(theta) / (2 * Math.PI);
        double j1 = ArcCosine.j1(theta) / (2 * Math.PI);
        double j2 = ArcCosine.j2(theta) / (2 * Math.PI);
        double mean = q * j1 + c * j0;
        double square = q * q * j2 + 2 * c * q * j1 + fourthMoment * c * c * j0;
        return weightVariance * weightVariance * (square - mean * mean);
    }

    /**
     * m Var H_m(x, x') with one hidden layer of which only the hidden weights are trained, output weights +-1: a binomial
     * variance, since a neuron contributes x.x' when it is active on both inputs and nothing otherwise.
     */
    public static double hiddenLayerOnly(GaussianPair first) {
        double active = ArcCosine.j0(first.angle()) / (2 * Math.PI);
        return first.c() * first.c() * active * (1 - active);
    }

    /**
     * C_L = 5 L - (4/3) L (L + 2) / (L + 1): the leading order of m Var Theta_m(x, x) / Theta(x, x)^2 with L hidden layers of
     * equal width m, weight variance 2, no biases, Gaussian weights, all layers trained. 3, 58/9, 10, 13.6 for L = 1 to 4.
     *
     * @param depth L, at least 1
     */
    public static double relativeOnDiagonal(int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("The depth counts hidden layers and must be at least 1, but got " + depth
                    + ": give the number of hidden layers.");
        }
        double l = depth;
        return 5 * l - 4.0 / 3.0 * l * (l + 2) / (l + 1);
    }
}
