package org.crucis.network;

import java.util.function.DoubleUnaryOperator;

/**
 * A polynomial on [-1, 1] that stands for a smooth function to double precision, evaluated for whole arrays.
 *
 * <p>It is the Chebyshev interpolant, computed at class loading from a reference implementation of the function, so that
 * no table of digits has to be believed. It is kept in powers of s: harmless as long as the function is analytic well
 * beyond the interval, for then the coefficients fall off too.
 *
 * <p>Horner's rule runs over the array four coefficients at a time. One loop over all of them would be the natural way,
 * but the JIT (JDK 17) neither unrolls nor vectorises a loop body that long: 12.5 ns a number against 2.
 */
final class Polynomial {

    private static final int STRIDE = 4;

    private final double[] coefficients;

    private Polynomial(double[] coefficients) {
        this.coefficients = coefficients;
    }

    /**
     * Interpolates in the Chebyshev points.
     *
     * @param function defined on [-1, 1]
     * @param nodes number of points and of coefficients, a multiple of 4
     */
    static Polynomial interpolating(DoubleUnaryOperator function, int nodes) {
        double[] values = new double[nodes];
        for (int k = 0; k < nodes; k++) {
            values[k] = function.applyAsDouble(cosine(2 * k + 1, nodes));
        }
        double[] result = new double[nodes];
        double[] older = new double[nodes]; // T_0 in powers of s
        double[] newer = new double[nodes]; // T_1
        older[0] = 1;
        newer[1] = 1;
        for (int j = 0; j < nodes; j++) {
            double coefficient = 0;
            for (int k = 0; k < nodes; k++) {
                coefficient += values[k] * cosine(j * (2 * k + 1), nodes);
            }
            coefficient *= (j == 0 ? 1.0 : 2.0) / nodes;
            for (int i = 0; i < nodes; i++) {
                result[i] += coefficient * older[i];
            }
            double[] next = new double[nodes]; // T_{j+2} = 2 s T_{j+1} - T_j
            for (int i = 0; i < nodes; i++) {
                next[i] = (i > 0 ? 2 * newer[i - 1] : 0) - older[i];
            }
            older = newer;
            newer = next;
        }
        return new Polynomial(result);
    }

    /** cos(pi quarters / (2 nodes)), reduced exactly first: large arguments would cost a digit. */
    private static double cosine(int quarters, int nodes) {
        return Math.cos(Math.PI * (quarters % (4 * nodes)) / (2 * nodes));
    }

    /** Sets {@code values[i]} to the polynomial at {@code s[i]}. */
    void evaluate(double[] s, double[] values, int length) {
        int top = coefficients.length - STRIDE;
        start(s, values, length, coefficients, top);
        for (int at = top - STRIDE; at >= 0; at -= STRIDE) {
            proceed(s, values, length, coefficients, at);
        }
    }

    private static void start(double[] s, double[] values, int length, double[] c, int at) {
        final double c0 = c[at], c1 = c[at + 1], c2 = c[at + 2], c3 = c[at + 3];
        for (int i = 0; i < length; i++) {
            double x = s[i];
            values[i] = ((c3 * x + c2) * x + c1) * x + c0;
        }
    }

    private static void proceed(double[] s, double[] values, int length, double[] c, int at) {
        final double c0 = c[at], c1 = c[at + 1], c2 = c[at + 2], c3 = c[at + 3];
        for (int i = 0; i < length; i++) {
            double x = s[i];
            values[i] = (((values[i] * x + c3) * x + c2) * x + c1) * x + c0;
        }
    }
}
