package org.crucis.feature;

import org.ejml.simple.SimpleMatrix;

/**
 * How far a network can be from the optimum over all feature laws, shown without a solver: a lower bound on the optimum, made from
 * the network's own residual v = y - f and its steepest feature s = max_g |&lt;h_g, v&gt;|.
 *
 * <p>Any multiple c v is a point of the dual problem; the best one is taken in closed form. The bounds hold for measures on the grid's
 * features, whatever f is; a feature between the points of the grid can undercut them by the square of their distance.
 * (Derived for this project by Fenchel duality; the problems are named in {@link SparseOptimum}.)
 *
 * @param primal the objective that the network reached
 * @param dual a lower bound on the least objective
 * @param steepest s; with penalty lam TV it is lam at the optimum, with lam1 TV^2 it is 2 lam1 TV
 */
public record DualityGap(double primal, double dual, double steepest) {

    /**
     * For (1/2) E (f - y)^2 + lam1 E u^2 with features of fixed norm, whose least value is that with lam1 TV^2: D = a^2 / (2 b) with
     * a = &lt;v, y&gt; and b = &lt;v, v&gt; + s^2 / (2 lam1).
     *
     * @param outputs f, N x 1
     * @param lam1 above 0
     * @param primal the network's objective
     */
    public static DualityGap ofSquaredVariation(FeatureGrid grid, SimpleMatrix outputs, double lam1, double primal) {
        double penalty = Regularization.onOutputWeights(lam1).outputWeights();
        SimpleMatrix residual = grid.residual(outputs);
        double steepest = grid.correlations(residual).elementMaxAbs();
        double gain = grid.inner(residual, grid.targets());
        double cost = grid.inner(residual, residual) + steepest * steepest / (2 * penalty);
        return new DualityGap(primal, cost > 0 ? gain * gain / (2 * cost) : 0, steepest);
    }

    /**
     * For (1/2) E (f - y)^2 + lam TV(mu), with homogeneous units lam E |u| |w|: D = c &lt;v, y&gt; - c^2 &lt;v, v&gt; / 2 with
     * c = &lt;v, y&gt; / &lt;v, v&gt;, cut off at -lam / s and lam / s.
     *
     * @param outputs f, N x 1
     * @param lam above 0
     * @param primal the network's objective
     */
    public static DualityGap ofVariation(FeatureGrid grid, SimpleMatrix outputs, double lam, double primal) {
        double penalty = Regularization.onOutputWeights(lam).outputWeights();
        SimpleMatrix residual = grid.residual(outputs);
        double steepest = grid.correlations(residual).elementMaxAbs();
        double gain = grid.inner(residual, grid.targets());
        double square = grid.inner(residual, residual);
        if (square == 0) {
            return new DualityGap(primal, 0, steepest);
        }
        double limit = penalty / steepest; // infinite when no feature sees the residual
        double multiple = Math.max(-limit, Math.min(limit, gain / square));
        return new DualityGap(primal, multiple * gain - multiple * multiple * square / 2, steepest);
    }

    /** Primal minus dual: at least the distance from the optimum. */
    public double gap() {
        return primal - dual;
    }

    /** The gap as a share of the primal objective. */
    public double relative() {
        return gap() / primal;
    }
}
