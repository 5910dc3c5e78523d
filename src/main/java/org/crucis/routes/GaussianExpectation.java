package org.crucis.routes;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * E[g(u) g(v)] of a centred Gaussian pair, in polar coordinates of the plane that it spans, by the double exponential rule on
 * the arcs between the angles at which u or v changes sign. It knows no closed form, and kinks of g at 0 do not disturb it.
 */
final class GaussianExpectation {

    private static final double SPACING = 1.0 / 24;

    /** The last weights are 1e-16 of the largest. */
    private static final int HALF_POINTS = 78;

    /** The density there is 3e-18 of its maximum. */
    private static final double REACH = 9;

    private GaussianExpectation() {}

    /**
     * @param a variance of u
     * @param b variance of v
     * @param c covariance
     */
    static double of(DoubleUnaryOperator g, double a, double b, double c) {
        double angle = Math.atan2(Math.sqrt(Math.max(0, a * b - c * c)), c);
        double[] ends = {-Math.PI / 2, angle - Math.PI / 2, Math.PI / 2, angle + Math.PI / 2, 3 * Math.PI / 2};
        Arrays.sort(ends);
        double sum = 0;
        for (int arc = 1; arc < ends.length; arc++) {
            sum += integral(
                    ends[arc - 1],
                    ends[arc],
                    place -> integral(
                            0,
                            REACH,
                            r -> r
                                    * Math.exp(-r * r / 2)
                                    * g.applyAsDouble(r * Math.sqrt(a) * Math.cos(place))
                                    * g.applyAsDouble(r * Math.sqrt(b) * Math.cos(place - angle))));
        }
        return sum / (2 * Math.PI);
    }

    /** The trapezoid rule in t with x = (1 + tanh(pi/2 sinh t)) / 2 (Takahasi and Mori 1974). */
    private static double integral(double from, double to, DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = -HALF_POINTS; i <= HALF_POINTS; i++) {
            double t = i * SPACING;
            double ratio = Math.exp(-Math.PI * Math.sinh(t));
            double x = 1 / (1 + ratio);
            sum += SPACING * Math.PI * Math.cosh(t) * ratio * x * x * f.applyAsDouble(from + (to - from) * x);
        }
        return (to - from) * sum;
    }
}
