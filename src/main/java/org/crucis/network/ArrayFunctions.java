package org.crucis.network;

import org.apache.commons.numbers.gamma.Erfcx;

/**
 * erfc and log(1 + e) of whole arrays, when the exponential they share with a derivative is known already. Loops without
 * branches or calls, which the JIT vectorises.
 *
 * <p><b>erfc.</b> With {@code erfcx(u) = exp(u^2) erfc(u)}, smooth and slowly varying on u >= 0, {@code erfc(u) =
 * exp(-u^2) erfcx(u)}; in the variable {@code t = (u - K) / (u + K)} erfcx is a polynomial of moderate degree. Beyond
 * {@link #LAST} the fit is extrapolated, which does no harm: exp(-u^2) is below the rounding error of 1 there.
 *
 * <p><b>log(1 + e)</b>, 0 <= e <= 1, is {@code 2 artanh(v)} with {@code v = e / (2 + e)} in [0, 1/3], and artanh(v) / v
 * is a polynomial in v^2.
 *
 * <p>Errors: absolute 2e-15 in erfc, relative 1e-15 in the logarithm (tests of {@link Activation} hold them).
 */
final class ArrayFunctions {

    /** The middle of the map. Anything from 2 to 4 does; the coefficients fall fastest around 3. */
    private static final double K = 3;

    private static final double LAST = 6.2;

    private static final double T_LAST = (LAST - K) / (LAST + K);

    /** s = SLOPE t + OFFSET maps t in [-1, T_LAST] onto [-1, 1]. */
    private static final double SLOPE = 2 / (T_LAST + 1);

    private static final double OFFSET = SLOPE - 1;

    /** 20 coefficients: the last Chebyshev coefficient has reached 2e-16. */
    private static final Polynomial ERFCX = Polynomial.interpolating(
            s -> {
                double t = (s - OFFSET) / SLOPE;
                return Erfcx.value(K * (1 + t) / (1 - t));
            },
            20);

    /** artanh(v) / v at v^2 = (s + 1) / 18. 12 coefficients: they fall by a factor of 34 each. */
    private static final Polynomial ARTANH_RATIO = Polynomial.interpolating(
            s -> {
                double v = Math.sqrt((s + 1) / 18);
                return v == 0 ? 1 : 0.5 * (Math.log1p(v) - Math.log1p(-v)) / v;
            },
            12);

    private ArrayFunctions() {}

    /**
     * Replaces each {@code e[i] = exp(-(factor z[i])^2)} by {@code erfc(|factor z[i]|)}.
     *
     * @param z arguments before scaling
     * @param factor scale of the arguments, positive
     * @param e exponentials, overwritten
     * @param s overwritten
     * @param p overwritten
     */
    static void complement(double[] z, double factor, double[] e, double[] s, double[] p, int length) {
        for (int i = 0; i < length; i++) {
            double u = factor * Math.abs(z[i]);
            s[i] = SLOPE * ((u - K) / (u + K)) + OFFSET;
        }
        ERFCX.evaluate(s, p, length);
        for (int i = 0; i < length; i++) {
            e[i] *= p[i];
        }
    }

    /**
     * Replaces each {@code e[i]} in [0, 1] by {@code log(1 + e[i])}.
     *
     * @param s overwritten
     * @param p overwritten
     */
    static void logOnePlus(double[] e, double[] s, double[] p, int length) {
        for (int i = 0; i < length; i++) {
            double v = e[i] / (2 + e[i]);
            e[i] = 2 * v;
            s[i] = 18 * (v * v) - 1;
        }
        ARTANH_RATIO.evaluate(s, p, length);
        for (int i = 0; i < length; i++) {
            e[i] *= p[i];
        }
    }
}
