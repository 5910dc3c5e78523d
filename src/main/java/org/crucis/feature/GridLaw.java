package org.crucis.feature;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.ejml.simple.SimpleMatrix;

/**
 * The feature law that noisy gradient descent learns, for any features with few enough parameters to lay a grid over them: the
 * population on a {@link FeatureGrid} that minimises the objective of its {@link Regularization}.
 *
 * <p>The objective has a concave dual with N unknowns, however fine the grid (derived for this project):
 *
 * <pre>
 *   D(v) = &lt;v, y&gt; - (1/2) &lt;v, v&gt; - lam3 ln mean_g exp(s_g^2 / (4 lam1 lam3) - lam2 r_g / lam3),    s_g = &lt;h_g, v&gt;
 * </pre>
 *
 * At its maximum v = y - f is the residual of the optimum, p is the normalised exponential (the marginal of the Gibbs law of u and theta;
 * Mei, Montanari, Nguyen 2018, arXiv 1804.06561, recalled) and u = s / (2 lam1). At any other v, with p, u and f made from v by these
 * formulas, primal minus dual is exactly (1/2) E (y - f - v)^2. Newton's method is run on that residual y - f - v, and its line search
 * makes the gap smaller in every step; the system's matrix has no eigenvalue below 1, so that rounding alone can stop it. Cost: N^2 G +
 * N^3/3 a step, some ten steps, more when the law is sharp.
 *
 * @param population mu and p, G x 1
 * @param outputs f, N x 1
 * @param regularization the penalties that it is the optimum for
 * @param primal Q at the population, summed term by term and so independent of the solver
 * @param dual D, a lower bound on every population's Q
 */
public record GridLaw(
        FeaturePopulation population, SimpleMatrix outputs, Regularization regularization, double primal, double dual) {

    private static final int MAX_STEPS = 500;
    private static final double SHORTEST_STEP = 0x1p-40;

    /** Root mean square of y - f - v, relative to y, at which rounding begins to rule. */
    private static final double SOLVED = 1e-14;

    /** What is promised of (primal - dual) / primal. */
    private static final double GAP_TOLERANCE = 1e-9;

    /**
     * Solves for the optimum.
     *
     * @param regularization with entropy above 0
     * @throws IllegalArgumentException without entropy
     * @throws IllegalStateException when the gap stays above 1e-9 of the objective
     */
    public static GridLaw of(FeatureGrid grid, Regularization regularization) {
        regularization.requireEntropy();
        Point point = Point.at(new SimpleMatrix(grid.inputs(), 1), grid, regularization);
        double solved = SOLVED * Math.sqrt(grid.inner(grid.targets(), grid.targets()));
        boolean moving = true;
        for (int step = 0; step < MAX_STEPS && moving && point.error() > solved; step++) {
            SimpleMatrix direction = point.newtonDirection();
            double length = 1;
            Point next = point.moved(direction, length);
            while (!(next.error() < point.error()) && length > SHORTEST_STEP) {
                length /= 2;
                next = point.moved(direction, length);
            }
            moving = next.error() < point.error();
            point = moving ? next : point;
        }
        GridLaw law = point.law();
        if (!(law.gap() <= GAP_TOLERANCE * law.primal())) {
            throw new IllegalStateException(
                    "The feature law is not found: primal and dual objective are " + law.primal()
                            + " and " + law.dual() + " but must agree to " + GAP_TOLERANCE
                            + " of the first: raise the entropy, or scale the features to order 1.");
        }
        return law;
    }

    /** Primal minus dual: at least 0 up to rounding, and how far the population can be from the optimum. */
    public double gap() {
        return primal - dual;
    }

    /** E u^2 of the joint law of output weights and features: that of the population, and the noise lam3 / (2 lam1) of the weights. */
    public double secondMomentOfOutputWeights() {
        return population.secondMomentOfOutputWeights() + regularization.outputWeightNoise();
    }

    /** Everything that follows from one v. */
    private record Point(
            FeatureGrid grid,
            Regularization regularization,
            SimpleMatrix v,
            FeaturePopulation population,
            SimpleMatrix outputs,
            double logPartition) {

        static Point at(SimpleMatrix v, FeatureGrid grid, Regularization regularization) {
            double lam1 = regularization.outputWeights();
            double lam3 = regularization.entropy();
            SimpleMatrix weights = grid.correlations(v).divide(2 * lam1);
            SimpleMatrix exponent = weights.elementMult(weights)
                    .scale(lam1)
                    .minus(grid.penalty().scale(regularization.features()))
                    .divide(lam3);
            double largest = exponent.elementMax();
            SimpleMatrix law = exponent.minus(largest).elementExp();
            double sum = law.elementSum();
            FeaturePopulation population = FeaturePopulation.ofWeights(weights, law.divide(sum));
            return new Point(
                    grid,
                    regularization,
                    v,
                    population,
                    population.outputs(grid),
                    largest + Math.log(sum / grid.points()));
        }

        Point moved(SimpleMatrix direction, double length) {
            return at(v.plus(length, direction), grid, regularization);
        }

        /** y - f - v: the gradient of D. */
        SimpleMatrix gradient() {
            return grid.residual(outputs).minus(v);
        }

        double error() {
            SimpleMatrix gradient = gradient();
            return Math.sqrt(grid.inner(gradient, gradient));
        }

        /**
         * The derivative of f + v by v: 1 + (1/N) (H diag(p / (2 lam1) + p u^2 / lam3) H' - f f' / lam3), since the logarithm of p moves
         * by u_g &lt;h_g, dv&gt; / lam3 up to its mean.
         */
        SimpleMatrix newtonDirection() {
            double lam3 = regularization.entropy();
            int n = grid.inputs();
            SimpleMatrix weights = population.outputWeights();
            SimpleMatrix stiffness = weights.elementMult(weights)
                    .divide(lam3)
                    .plus(1 / (2 * regularization.outputWeights()))
                    .elementMult(population.law());
            SimpleMatrix matrix = grid.kernel(stiffness)
                    .minus(outputs.mult(outputs.transpose()).divide(n * lam3))
                    .plus(SimpleMatrix.identity(n));
            LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.symmPosDef(n);
            SimpleMatrix direction = new SimpleMatrix(n, 1);
            if (!cholesky.setA(matrix.getDDRM())) {
                throw new IllegalStateException(
                        "The Newton system of the feature law lost its definiteness to rounding, with entropy " + lam3
                                + " against outputs of size " + outputs.elementMaxAbs() + ": raise the entropy.");
            }
            cholesky.solve(gradient().getDDRM(), direction.getDDRM());
            return direction;
        }

        GridLaw law() {
            double dual =
                    grid.inner(v, grid.targets()) - grid.inner(v, v) / 2 - regularization.entropy() * logPartition;
            return new GridLaw(population, outputs, regularization, population.objective(grid, regularization), dual);
        }
    }
}
