package org.crucis.feature;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/** The distribution functions F and G of two samples on a line: constant between neighbouring points of both together. */
final class DistributionFunctions {

    private DistributionFunctions() {}

    /**
     * The integral of a function of F and G that vanishes where both are 0 and where both are 1. O(n log n).
     *
     * @param a finite numbers, whose distribution function is F
     * @param b finite numbers, whose distribution function is G
     */
    static double integral(double[] a, double[] b, DoubleBinaryOperator integrand) {
        double[] x = a.clone();
        double[] y = b.clone();
        Arrays.sort(x);
        Arrays.sort(y);
        int i = 0;
        int j = 0;
        double at = Math.min(x[0], y[0]);
        double sum = 0;
        while (i < x.length || j < y.length) {
            double next = j == y.length || i < x.length && x[i] <= y[j] ? x[i] : y[j];
            if (next > at) {
                // Equal fractions are equal as quotients too: F and G differ by no rounding error.
                sum += (next - at) * integrand.applyAsDouble((double) i / x.length, (double) j / y.length);
                at = next;
            }
            while (i < x.length && x[i] == at) {
                i++;
            }
            while (j < y.length && y[j] == at) {
                j++;
            }
        }
        return sum;
    }
}
