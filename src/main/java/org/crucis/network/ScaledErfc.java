package org.crucis.network;

import org.apache.commons.numbers.gamma.Erfcx;

/**
 * The error function of whole arrays, when {@code exp(-z^2)} is known already.
 *
 * <p>With {@code erfcx(z) = exp(z^2) erfc(z)}, which is smooth and slowly varying on {@code z >= 0}, {@code erf(z) = 1 -
 * exp(-z^2) erfcx(z)}. In the variable {@code t = (z - K) / (z + K)} erfcx is a polynomial of moderate degree to double
 * precision, so that one loop without branches or calls, which the JIT vectorises, gives erf once the exponential is
 * there; and the exponential is needed anyway, for the derivative. The polynomial is Chebyshev interpolation of {@link
 * Erfcx} at class loading. Error in erf: absolute 2e-15 everywhere (a test holds it to 4e-15); relative accuracy is lost
 * where |z| itself is that small.
 */
final class ScaledErfc {

    /** Interpolation nodes; the Chebyshev coefficients have reached 2e-16 by then. */
    private static final int NODES = 20;

    /** The middle of the map. Anything from 2 to 4 does; the convergence is fastest around 3. */
    static final double K = 3;

    /** Beyond this point exp(-z^2) is below the rounding error of 1, so the fit need not go further. */
    private static final double LAST = 6.2;

    private static final double T_LAST = (LAST - K) / (LAST + K);

    /** s = SLOPE * t + OFFSET maps t in [-1, T_LAST] onto [-1, 1]. */
    private static final double SLOPE = 2 / (T_LAST + 1);

    private static final double OFFSET = SLOPE - 1;

    private static final double[] COEFFICIENTS = fit();

    private ScaledErfc() {}

    /**
     * Replaces each {@code e[i] = exp(-(factor z[i])^2)} by {@code erfc(|factor z[i]|)}.
     *
     * @param z arguments before scaling
     * @param factor scale of the arguments, positive
     * @param e exponentials, overwritten
     */
    static void complement(double[] z, double factor, double[] e, int length) {
        final double[] c = COEFFICIENTS;
        final double c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3], c4 = c[4], c5 = c[5], c6 = c[6];
        final double c7 = c[7], c8 = c[8], c9 = c[9], c10 = c[10], c11 = c[11], c12 = c[12], c13 = c[13];
        final double c14 = c[14], c15 = c[15], c16 = c[16], c17 = c[17], c18 = c[18], c19 = c[19];
        for (int i = 0; i < length; i++) {
            double u = factor * Math.abs(z[i]);
            double s = SLOPE * ((u - K) / (u + K)) + OFFSET;
            // Written out: an inner loop over the coefficients would keep the JIT from vectorising over i.
            double p = c19 * s + c18;
            p = p * s + c17;
            p = p * s + c16;
            p = p * s + c15;
            p = p * s + c14;
            p = p * s + c13;
            p = p * s + c12;
            p = p * s + c11;
            p = p * s + c10;
            p = p * s + c9;
            p = p * s + c8;
            p = p * s + c7;
            p = p * s + c6;
            p = p * s + c5;
            p = p * s + c4;
            p = p * s + c3;
            p = p * s + c2;
            p = p * s + c1;
            p = p * s + c0;
            e[i] *= p;
        }
    }

    /** Monomial coefficients in s; converting is harmless because they are all below 1 in modulus. */
    private static double[] fit() {
        double[] values = new double[NODES];
        for (int k = 0; k < NODES; k++) {
            double t = (cosine(2 * k + 1) - OFFSET) / SLOPE;
            values[k] = Erfcx.value(K * (1 + t) / (1 - t));
        }
        double[] result = new double[NODES];
        double[] older = new double[NODES];
        double[] newer = new double[NODES];
        older[0] = 1;
        newer[1] = 1;
        for (int j = 0; j < NODES; j++) {
            double coefficient = 0;
            for (int k = 0; k < NODES; k++) {
                coefficient += values[k] * cosine(j * (2 * k + 1));
            }
            coefficient *= (j == 0 ? 1.0 : 2.0) / NODES;
            for (int i = 0; i < NODES; i++) {
                result[i] += coefficient * older[i];
            }
            double[] next = new double[NODES]; // T_{j+2} = 2 s T_{j+1} - T_j
            for (int i = 0; i < NODES; i++) {
                next[i] = (i > 0 ? 2 * newer[i - 1] : 0) - older[i];
            }
            older = newer;
            newer = next;
        }
        return result;
    }

    /** cos(pi quarters / (2 NODES)), reduced exactly first: large arguments would cost a digit. */
    private static double cosine(int quarters) {
        return Math.cos(Math.PI * (quarters % (4 * NODES)) / (2 * NODES));
    }
}
