package org.crucis.feature;

import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;

/**
 * The best measure on a {@link FeatureGrid} when nothing spreads it out: the limit of no entropy. Few features carry it. Two problems
 * have this form:
 *
 * <ul>
 *   <li>(1/2) E (f - y)^2 + lam1 TV(mu)^2: the least objective that a network with features of fixed norm and penalty lam1 E u^2 can reach
 *       with any feature law, since the least E u^2 of a measure is TV(mu)^2 (Fang, Dong, Zhang 2019, arXiv 1910.11508, recalled;
 *       the identity is derived);
 *   <li>(1/2) E (f - y)^2 + lam TV(mu): the least objective with homogeneous units u relu(w.x) and weight decay lam/2 on both layers
 *       (Chizat, Bach 2018, arXiv 1805.09545, recalled).
 * </ul>
 *
 * Both are nonnegative least squares in the positive and the negative part of mu, with TV(mu) the sum of both, and are solved to rounding.
 *
 * @param measure mu, G x 1
 * @param outputs f, N x 1
 * @param objective its least value
 */
public record SparseOptimum(SimpleMatrix measure, SimpleMatrix outputs, double objective) {

    /**
     * min (1/2) E (f - y)^2 + lam1 TV(mu)^2.
     *
     * @param lam1 above 0
     */
    public static SparseOptimum withSquaredVariation(FeatureGrid grid, double lam1) {
        requirePenalty(lam1);
        SimpleMatrix penalty = SimpleMatrix.filled(1, 2 * grid.points(), Math.sqrt(2 * lam1));
        SimpleMatrix parts = NonNegativeLeastSquares.solve(
                bothSigns(grid).concatRows(penalty), scaled(grid.targets()).concatRows(new SimpleMatrix(1, 1)), 0);
        SimpleMatrix measure = measure(parts);
        double variation = FeaturePopulation.totalVariation(measure);
        return of(grid, measure, lam1 * variation * variation);
    }

    /**
     * min (1/2) E (f - y)^2 + lam TV(mu), the lasso. Its measure need not be unique, its outputs are.
     *
     * @param lam above 0
     */
    public static SparseOptimum withVariation(FeatureGrid grid, double lam) {
        requirePenalty(lam);
        SimpleMatrix measure = measure(NonNegativeLeastSquares.solve(bothSigns(grid), scaled(grid.targets()), lam));
        return of(grid, measure, lam * FeaturePopulation.totalVariation(measure));
    }

    /** TV(mu). */
    public double totalVariation() {
        return FeaturePopulation.totalVariation(measure);
    }

    /**
     * The places on the grid, ascending, where mu has mass. A feature between two points of the grid shows as both of them.
     */
    public int[] support() {
        return IntStream.range(0, measure.getNumElements())
                .filter(g -> measure.get(g) != 0)
                .toArray();
    }

    /**
     * The population of the optimum: p = |mu| / TV(mu).
     *
     * @throws IllegalArgumentException when the penalty left no mass
     */
    public FeaturePopulation population() {
        return FeaturePopulation.leastNorm(measure);
    }

    private static SparseOptimum of(FeatureGrid grid, SimpleMatrix measure, double penalty) {
        SimpleMatrix outputs = grid.features().mult(measure);
        return new SparseOptimum(measure, outputs, grid.loss(outputs) + penalty);
    }

    private static SimpleMatrix bothSigns(FeatureGrid grid) {
        SimpleMatrix features = scaled(grid.features());
        return features.concatColumns(features.negative());
    }

    /** Divided by sqrt(N), so that sums of squares are means over the inputs. */
    private static SimpleMatrix scaled(SimpleMatrix rows) {
        return rows.divide(Math.sqrt(rows.getNumRows()));
    }

    private static SimpleMatrix measure(SimpleMatrix parts) {
        int points = parts.getNumRows() / 2;
        return parts.rows(0, points).minus(parts.rows(points, 2 * points));
    }

    private static void requirePenalty(double penalty) {
        if (!(penalty > 0) || Double.isInfinite(penalty)) {
            throw new IllegalArgumentException("The penalty on the total variation must be a positive number, but got "
                    + penalty + ": without one the optimum is not unique.");
        }
    }
}
