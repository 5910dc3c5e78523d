package org.crucis.kernel;

import java.util.function.DoubleUnaryOperator;

/**
 * Expectations over a Gaussian pair by the trapezoid rule on u = sqrt(a) p, v = (c p + s q) / sqrt(a) with independent standard
 * normal p, q.
 *
 * <p>For functions that are analytic in a strip around the real axis this rule converges geometrically (Trefethen and Weideman
 * 2014): with spacing h and half-width w of the strip, measured in p, the error is about exp(-2 pi w / h). tanh is the narrowest
 * of the activations used: its poles at +-i pi/2 give w = pi / (2 sqrt(a)), and h = 1/(5 sqrt(a)) makes that factor 4e-22. The margin
 * is needed, because the square of its derivative has poles of order four: 1/4 in place of 1/5 leaves an error of 3e-13. A Gauss
 * rule of fixed order would fail silently for large variances, where tanh and erf become steps. Not for functions with a kink.
 *
 * <p>Cost: (18/h)^2 evaluations a pair, 8 000 at variance 1, growing with the product of the variances; 18/h when u and v are proportional.
 */
record GaussianQuadrature(DoubleUnaryOperator value, DoubleUnaryOperator derivative) implements DualActivation {

    /** The density at the ends of the grid is 3e-18 of its maximum. */
    private static final double REACH = 9;

    /** Small enough for the Gaussian itself: its error is exp(-2 pi^2 / h^2) = 5e-35. */
    private static final double LARGEST_SPACING = 0.5;

    private static final double SPACING_AT_UNIT_VARIANCE = 0.2;

    @Override
    public double values(GaussianPair pair) {
        return expectation(pair, value);
    }

    @Override
    public double slopes(GaussianPair pair) {
        return expectation(pair, derivative);
    }

    private static double expectation(GaussianPair pair, DoubleUnaryOperator function) {
        if (pair.a() < pair.b()) { // divide by the larger variance, which is 0 only if both are
            return expectation(new GaussianPair(pair.b(), pair.a(), pair.c(), pair.s()), function);
        }
        double scale = Math.sqrt(pair.a());
        double along = scale == 0 ? 0 : pair.c() / scale;
        double across = scale == 0 ? 0 : pair.s() / scale;
        int outer = halfPoints(pair.a());
        int inner = across == 0 ? 0 : halfPoints(across * across);
        double outerSpacing = REACH / outer;
        double innerSpacing = inner == 0 ? 1 : REACH / inner;
        double sum = 0;
        double mass = 0;
        for (int i = -outer; i <= outer; i++) {
            double p = i * outerSpacing;
            double row = 0;
            double rowMass = 0;
            for (int j = -inner; j <= inner; j++) {
                double q = j * innerSpacing;
                double weight = Math.exp(-q * q / 2);
                row += weight * function.applyAsDouble(along * p + across * q);
                rowMass += weight;
            }
            double weight = Math.exp(-p * p / 2);
            sum += weight * function.applyAsDouble(scale * p) * row / rowMass;
            mass += weight;
        }
        return sum / mass;
    }

    private static int halfPoints(double variance) {
        double spacing = Math.min(LARGEST_SPACING, SPACING_AT_UNIT_VARIANCE / Math.sqrt(variance));
        return (int) Math.ceil(REACH / spacing);
    }
}
