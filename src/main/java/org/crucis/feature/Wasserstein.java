package org.crucis.feature;

import org.ejml.simple.SimpleMatrix;

/** The Wasserstein distance W1: the least mean distance over which mass has to be moved to turn one law into the other. */
public final class Wasserstein {

    private Wasserstein() {}

    /**
     * W1 of two empirical laws on the line: the area between their distribution functions. Exact, O(n log n). For independent
     * samples of one law it is of order n^-1/2, not 0.
     *
     * @param a at least one number
     * @param b at least one number; as many as in a are not required
     * @throws IllegalArgumentException if a sample is empty or an entry is not finite
     */
    public static double oneDimensional(double[] a, double[] b) {
        Points.requireSameSpace(new SimpleMatrix(a.length, 1, false, a), new SimpleMatrix(b.length, 1, false, b));
        return betweenChecked(a, b);
    }

    static double betweenChecked(double[] a, double[] b) {
        return DistributionFunctions.integral(a, b, (f, g) -> Math.abs(f - g));
    }
}
