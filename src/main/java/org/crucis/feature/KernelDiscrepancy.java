package org.crucis.feature;

import java.util.Arrays;
import org.ejml.simple.SimpleMatrix;

/**
 * The squared maximum mean discrepancy E k(X, X') + E k(Y, Y') - 2 E k(X, Y) of two laws with the Gaussian kernel k(x, y) =
 * exp(-|x - y|^2 / (2 width^2)); zero exactly when they are equal, at most 2 (Gretton et al. 2012, "A kernel two-sample test",
 * JMLR 13).
 *
 * <p>A width that followed the points would change the ruler with what it measures: fix it in advance, for instance by {@link
 * #medianDistance} of the clouds before training, and keep it at all sizes. For m and n points O((m + n)^2 k) without storing
 * the kernel.
 *
 * @param width positive, in the unit of the points
 */
public record KernelDiscrepancy(double width) {

    /** Points that stand for a larger sample in {@link #medianDistance}: half a million distances settle a median. */
    private static final int MOST_FOR_MEDIAN = 1024;

    public KernelDiscrepancy {
        if (!(width > 0) || Double.isInfinite(width)) {
            throw new IllegalArgumentException("The width of a Gaussian kernel must be positive and finite, but got "
                    + width + ": take the median distance of the initial points, for instance.");
        }
    }

    /** The discrepancy with a kernel of this width. */
    public static KernelDiscrepancy ofWidth(double width) {
        return new KernelDiscrepancy(width);
    }

    /**
     * The median distance between two different rows, a usual width. Of more than 1024 rows, 1024 at even intervals are looked
     * at.
     *
     * @param sample n x k, n at least 2
     * @throws IllegalArgumentException if there are fewer than two points, an entry is not finite, or more than half of the
     *     distances are 0
     */
    public static double medianDistance(SimpleMatrix sample) {
        Points.requireUsable(sample, "points");
        int n = sample.getNumRows();
        if (n < 2) {
            throw new IllegalArgumentException("A median distance needs at least two points, but got one; add points.");
        }
        int taken = Math.min(n, MOST_FOR_MEDIAN);
        SimpleMatrix rows = new SimpleMatrix(taken, sample.getNumCols());
        for (int i = 0; i < taken; i++) {
            rows.insertIntoThis(i, 0, sample.getRow((int) ((long) i * n / taken)));
        }
        double[] distances = new double[taken * (taken - 1) / 2];
        int[] filled = {0};
        Points.of(rows).sumWithin((squares, length) -> {
            System.arraycopy(squares, 0, distances, filled[0], length);
            filled[0] += length;
            return 0;
        });
        Arrays.sort(distances);
        int middle = distances.length / 2;
        double median = distances.length % 2 == 1
                ? Math.sqrt(distances[middle])
                : (Math.sqrt(distances[middle - 1]) + Math.sqrt(distances[middle])) / 2;
        if (!(median > 0)) {
            throw new IllegalArgumentException(
                    "More than half of the distances are 0, so that their median is no width; remove repeated points.");
        }
        return median;
    }

    /**
     * The squared discrepancy of the two empirical laws (V-statistic): zero for equal samples, positive otherwise. For
     * independent samples of one law its mean is (1/m + 1/n) (1 - E k(X, X')), not 0.
     *
     * @param a m x k, one point a row
     * @param b n x k
     * @throws IllegalArgumentException if a sample is empty, an entry is not finite, or the numbers of columns differ
     */
    public double squared(SimpleMatrix a, SimpleMatrix b) {
        Means means = means(a, b);
        return Math.max(0, means.withinFirst + means.withinSecond - 2 * means.between);
    }

    /**
     * The unbiased estimate of the squared discrepancy of the two laws that the points were drawn from (U-statistic): mean 0
     * when the laws are equal; then it is negative about as often as positive.
     *
     * @param a m x k, one point a row, m at least 2, drawn independently
     * @param b n x k, n at least 2
     * @throws IllegalArgumentException if a sample has fewer than two points, an entry is not finite, or the numbers of
     *     columns differ
     */
    public double unbiased(SimpleMatrix a, SimpleMatrix b) {
        Means means = means(a, b);
        EnergyDistance.requirePairs(a, b);
        return withoutDiagonal(means.withinFirst, a.getNumRows())
                + withoutDiagonal(means.withinSecond, b.getNumRows())
                - 2 * means.between;
    }

    /** Mean kernel values, of a point with itself (1) included. */
    private record Means(double between, double withinFirst, double withinSecond) {}

    private Means means(SimpleMatrix a, SimpleMatrix b) {
        Points.requireSameSpace(a, b);
        Points first = Points.of(a);
        Points second = Points.of(b);
        return new Means(
                first.sumAgainst(second, this::kernels) / first.size() / second.size(), within(first), within(second));
    }

    private double within(Points points) {
        double n = points.size();
        return (n + 2 * points.sumWithin(this::kernels)) / (n * n);
    }

    private static double withoutDiagonal(double mean, int n) {
        return (n * mean - 1) / (n - 1);
    }

    private double kernels(double[] squares, int length) {
        double factor = -0.5 / (width * width);
        double sum = 0;
        for (int j = 0; j < length; j++) {
            sum += Math.exp(factor * squares[j]);
        }
        return sum;
    }
}
