package org.crucis.feature;

import java.util.function.IntToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AliasMethodDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.simple.SimpleMatrix;

/**
 * A network of infinite width on a {@link FeatureGrid}: which features its neurons have (a law p) and what they contribute (the signed
 * measure mu = u p, with u the output weight at a feature). The function f = sum_g mu_g h_g depends on mu alone, so that any
 * population stands for it that has mass where mu has: the features can be <em>repopulated</em>. In the pair (mu, p) the objective is
 * convex; in (u, p) it is not.
 *
 * <p>Sources: Fang, Dong, Zhang 2019 (arXiv 1910.11508) for populations and the convexity, recalled; the formulas below are derived.
 *
 * @param measure mu, the signed mass on each feature, G x 1
 * @param law p, the probability of each feature, G x 1, summing to 1
 */
public record FeaturePopulation(SimpleMatrix measure, SimpleMatrix law) {

    /** The masses of a law add up to 1 up to the rounding of their sum. */
    private static final double MASS_TOLERANCE = 1e-9;

    public FeaturePopulation {
        FeatureGrid.requireShape(measure, law.getNumRows(), "measure");
        FeatureGrid.requireShape(law, law.getNumRows(), "law");
        FeatureGrid.requireFinite(measure, "masses of the measure");
        FeatureGrid.requireFinite(law, "masses of the law");
        if (law.elementMin() < 0 || Math.abs(law.elementSum() - 1) > MASS_TOLERANCE) {
            throw new IllegalArgumentException("A law needs masses of at least 0 that sum to 1, but the least is "
                    + law.elementMin() + " and the sum " + law.elementSum() + ": divide the masses by their sum.");
        }
    }

    /** From output weights u and law p, each G x 1. */
    public static FeaturePopulation ofWeights(SimpleMatrix outputWeights, SimpleMatrix law) {
        return new FeaturePopulation(outputWeights.elementMult(law), law);
    }

    /**
     * The law that carries a measure with the least E u^2 = sum_g mu_g^2 / p_g: p = |mu| / TV(mu), where |u| = TV(mu) everywhere and
     * E u^2 = TV(mu)^2. It has the least sampling variance too when all features have one norm.
     */
    public static FeaturePopulation leastNorm(SimpleMatrix measure) {
        double variation = totalVariation(measure);
        if (!(variation > 0)) {
            throw new IllegalArgumentException(
                    "The least-norm law of a measure needs some mass, but its total variation is " + variation
                            + ": lower the penalty that made it vanish.");
        }
        return new FeaturePopulation(measure, absolute(measure).divide(variation));
    }

    /**
     * The best output weights for features that stay as they are: min over mu of (1/2) E (f - y)^2 + lam1 sum_g mu_g^2 / p_g, a ridge
     * regression, solved for its N residuals. With the base law this is the optimum of random features.
     *
     * @param law p, G x 1
     * @param lam1 penalty on E u^2, above 0
     */
    public static FeaturePopulation withBestWeights(FeatureGrid grid, SimpleMatrix law, double lam1) {
        double penalty = 2 * Regularization.onOutputWeights(lam1).outputWeights();
        FeatureGrid.requireShape(law, grid.points(), "law");
        SimpleMatrix residual = grid.kernel(law)
                .divide(penalty)
                .plus(SimpleMatrix.identity(grid.inputs()))
                .solve(grid.targets());
        return ofWeights(grid.correlations(residual).divide(penalty), law);
    }

    /** The same function from other features: mu stays, p is replaced. */
    public FeaturePopulation repopulated(SimpleMatrix otherLaw) {
        return new FeaturePopulation(measure, otherLaw);
    }

    /**
     * (1 - t) times this population plus t times another, in mu and in p.
     *
     * @param t in [0, 1]
     */
    public FeaturePopulation mixed(FeaturePopulation other, double t) {
        if (!(t >= 0 && t <= 1)) {
            throw new IllegalArgumentException(
                    "The share of the other population must lie in [0, 1], but got " + t + ": for instance 0.5.");
        }
        return new FeaturePopulation(
                measure.scale(1 - t).plus(other.measure.scale(t)),
                law.scale(1 - t).plus(other.law.scale(t)));
    }

    /** f = sum_g mu_g h_g on the inputs (N x 1). */
    public SimpleMatrix outputs(FeatureGrid grid) {
        requireFits(grid);
        return grid.features().mult(measure);
    }

    /** u = mu / p (G x 1), 0 where both are 0. */
    public SimpleMatrix outputWeights() {
        SimpleMatrix weights = new SimpleMatrix(points(), 1);
        for (int g = 0; g < points(); g++) {
            weights.set(g, measure.get(g) == 0 ? 0 : measure.get(g) / law.get(g));
        }
        return weights;
    }

    /** E u^2 = sum_g mu_g^2 / p_g: infinite when mu has mass where p has none. */
    public double secondMomentOfOutputWeights() {
        return meanSquare(feature -> 1);
    }

    /** TV(mu) = sum_g |mu_g|, whose square is the least E u^2 of all populations with this function. */
    public double totalVariation() {
        return totalVariation(measure);
    }

    /** KL(p | p0) against the even base law, in nats, at least 0. */
    public double divergenceFromBase() {
        return mean(feature -> law.get(feature) > 0 ? Math.log(law.get(feature) * points()) : 0);
    }

    /** Q = (1/2) E (f - y)^2 + lam1 E u^2 + lam2 E r + lam3 KL(p | p0). */
    public double objective(FeatureGrid grid, Regularization regularization) {
        return grid.loss(outputs(grid))
                + regularization.outputWeights() * secondMomentOfOutputWeights()
                + regularization.features() * law.dot(grid.penalty())
                + regularization.entropy() * divergenceFromBase();
    }

    /**
     * V = sum_g (mu_g^2 / p_g) E h_g^2 - E f^2: a network of m neurons drawn from p, f_m = (1/m) sum_j u(theta_j) h(theta_j), has E |f_m
     * - f|^2 = V / m exactly, at every m.
     */
    public double samplingVariance(FeatureGrid grid) {
        SimpleMatrix outputs = outputs(grid);
        SimpleMatrix squaredNorms = grid.squaredNorms();
        return meanSquare(squaredNorms::get) - grid.inner(outputs, outputs);
    }

    /**
     * Expectation under p of a function of the feature's place on the grid.
     *
     * @param function from places 0 to G - 1
     */
    public double mean(IntToDoubleFunction function) {
        double sum = 0;
        for (int g = 0; g < points(); g++) {
            sum += law.get(g) * function.applyAsDouble(g);
        }
        return sum;
    }

    /**
     * Mass under p of a range of places on the grid, for instance of a basin.
     *
     * @param from first place
     * @param to the place after the last one
     */
    public double mass(int from, int to) {
        if (from < 0 || to < from || to > points()) {
            throw new IllegalArgumentException("A range on the grid must lie within 0 to " + points() + ", but got "
                    + from + " to " + to + ": give the first place and the one after the last.");
        }
        return mean(g -> g >= from && g < to ? 1 : 0);
    }

    /**
     * Features drawn independently from p.
     *
     * @return their places on the grid
     */
    public int[] draw(int count, UniformRandomProvider random) {
        DiscreteSampler sampler =
                AliasMethodDiscreteSampler.of(random, law.getDDRM().getData());
        int[] places = new int[count];
        for (int j = 0; j < count; j++) {
            places[j] = sampler.sample();
        }
        return places;
    }

    private int points() {
        return law.getNumRows();
    }

    private double meanSquare(IntToDoubleFunction factor) {
        double sum = 0;
        for (int g = 0; g < points(); g++) {
            double mass = measure.get(g);
            sum += mass == 0 ? 0 : mass * mass / law.get(g) * factor.applyAsDouble(g);
        }
        return sum;
    }

    private void requireFits(FeatureGrid grid) {
        FeatureGrid.requireShape(measure, grid.points(), "measure");
    }

    static double totalVariation(SimpleMatrix measure) {
        return absolute(measure).elementSum();
    }

    private static SimpleMatrix absolute(SimpleMatrix measure) {
        SimpleMatrix absolute = measure.createLike();
        CommonOps_DDRM.abs(measure.getDDRM(), absolute.getDDRM());
        return absolute;
    }
}
