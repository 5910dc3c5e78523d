package fang2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.statistics.Criteria.agreement;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.mean;

import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.crucis.feature.FeatureCloud;
import org.crucis.feature.FeaturePopulation;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.ejml.simple.SimpleMatrix;

/**
 * Fang, Dong and Zhang 2019, convexity (recalled): the objective of a two-layer network is convex once it is written in the signed
 * measure mu = u p and the law p, since mu^2/p is the perspective of a square and f depends on mu alone. In output weights and
 * features it is not.
 *
 * <p>The problem is that of {@link ReluCircle}, with lam1 = 1 and lam3 = {@value #ENTROPY}; a term lam2 int r2 p would be
 * linear. Every f is a network's output: that of mu comes from a network with all 360 features of the grid, whose output
 * weights are mu/p0, which is the repopulation identity; that of a mixture of two networks' measures from the network that has
 * the neurons of both.
 *
 * <p>Refuted by one mixture above its chord by more than rounding.
 */
@Claim(
        title = "The objective is convex in the measure and the law, and not in the parameters",
        source = "repopulation and convexity",
        basis = RECALLED,
        statement = """
                With $\\mu=up$, $$Q(\\mu,p)=\\tfrac12\\mathbb E\\Bigl(\\int h_\\theta\\,d\\mu-y\\Bigr)^2+\\lambda_1\\int \
                \\frac{\\mu^2}{p}+\\lambda_2\\int r_2\\,p+\\lambda_3\\int p\\ln p$$ is convex in $(\\mu,p)$, strictly in $p$ \
                when $\\lambda_3>0$; in $(u,\\theta)$ it is not. The same function comes from any other law $p_0$, with \
                output weights $\\tilde u=u\\,p/p_0$: $f(u,p)=f(\\tilde u,p_0)$.""",
        symbols = "u = output weights, theta = a neuron's feature, p = law of the features, p0 = the even law, mu = u "
                + "p, Q = (1/2) E (f - y)^2 + lam1 int mu^2/p + lam3 KL(p | p0), lam1 and lam3 = weights of penalty and "
                + "entropy.")
class ObjectiveIsConvexInTheMeasure {

    static final double ENTROPY = 0.01;

    static final Experiment POPULATIONS = mixtures(Charge.SQUARE_OVER_LAW);
    static final Experiment WRONG_CHARGE = mixtures(Charge.SQUARE_TIMES_LAW);
    static final Experiment NETWORKS = pairsOfNetworks();
    static final Experiment REPOPULATED = repopulated(Reweighting.BY_LAW_OVER_LAW);
    static final Experiment NOT_REWEIGHTED = repopulated(Reweighting.NONE);

    @Prediction("No mixture of two pairs (mu, p) lies above its chord")
    void convexInTheMeasure(Lab lab) {
        lab.expect(everywhere("height above the chord").atMost(1e-12))
                .in(POPULATIONS)
                .butNotIn(WRONG_CHARGE);
    }

    @Prediction("More than one in a hundred midpoints of two networks' parameters lie above their chord")
    void notInTheParameters(Lab lab) {
        lab.expect(mean("midpoints above the chord").atLeast(0.02).within(0.01))
                .in(NETWORKS)
                .butNotIn(NETWORKS.reading("mixtures above the chord", "midpoints above the chord"));
    }

    @Prediction(
            value = "Neurons drawn from the even law with the weights u p/p0 have the learned function as their mean",
            basis = DERIVED)
    void repopulation(Lab lab) {
        lab.expect(agreement("output", "function").within(0.02)).in(REPOPULATED).butNotIn(NOT_REWEIGHTED);
    }

    /** What the output weights are charged: the objective's int mu^2/p = int u^2 p, and one that is not convex. */
    private enum Charge {
        SQUARE_OVER_LAW {
            @Override
            double of(double mu, double law, int features) {
                return mu * mu / law;
            }
        },
        SQUARE_TIMES_LAW {
            @Override
            double of(double mu, double law, int features) {
                // Equal to the other one on the even law.
                return mu * mu * law * features * features;
            }
        };

        abstract double of(double mu, double law, int features);

        double of(FeaturePopulation population) {
            int features = population.law().getNumRows();
            return IntStream.range(0, features)
                    .mapToDouble(g ->
                            of(population.measure().get(g), population.law().get(g), features))
                    .sum();
        }
    }

    private static final int PAIRS = 250;

    private static Experiment mixtures(Charge charge) {
        return Experiment.over(Sweep.onePoint()).measuring(trial -> {
            UniformRandomProvider random = trial.blockRandom("populations");
            SharedStateContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
            double highest = Double.NEGATIVE_INFINITY;
            try (DenseNetwork network =
                    ReluCircle.neurons(ReluCircle.GRID.points()).draw(trial.random("network"))) {
                for (int pair = 0; pair < PAIRS; pair++) {
                    FeaturePopulation one = population(random, normal);
                    FeaturePopulation other = population(random, normal);
                    // Measures at all distances: curvature shows when they are close, and the laws are not.
                    FeaturePopulation another = one.mixed(other, Math.pow(10, -3 * random.nextDouble()))
                            .repopulated(other.law());
                    double t = random.nextDouble();
                    double chord = (1 - t) * objective(one, charge, network) + t * objective(another, charge, network);
                    highest = Math.max(highest, objective(one.mixed(another, t), charge, network) / chord - 1);
                }
            }
            return Measurements.of("height above the chord", highest);
        });
    }

    /** Normal output weights under a law between even and one with most of its mass on a tenth of the features. */
    private static FeaturePopulation population(UniformRandomProvider random, SharedStateContinuousSampler normal) {
        int features = ReluCircle.GRID.points();
        double spread = 2 * random.nextDouble();
        SimpleMatrix weights = new SimpleMatrix(features, 1);
        SimpleMatrix masses = new SimpleMatrix(features, 1);
        for (int g = 0; g < features; g++) {
            weights.set(g, normal.sample());
            masses.set(g, Math.exp(spread * normal.sample()));
        }
        return FeaturePopulation.ofWeights(weights, masses.divide(masses.elementSum()));
    }

    private static double objective(FeaturePopulation population, Charge charge, DenseNetwork network) {
        SimpleMatrix weights = population.repopulated(ReluCircle.GRID.baseLaw()).outputWeights();
        ReluCircle.cloud(IntStream.range(0, ReluCircle.GRID.points()).toArray(), weights)
                .into(network);
        return ReluCircle.GRID.loss(network.outputs(ReluCircle.inputs()))
                + charge.of(population)
                + ENTROPY * population.divergenceFromBase();
    }

    /** With few neurons no midpoint is an average that hides what becomes of each. */
    private static final int WIDTH = 4;

    private static Experiment pairsOfNetworks() {
        Architecture architecture = ReluCircle.neurons(WIDTH).variances(2, 0);
        return Experiment.over(Sweep.onePoint()).measuring(trial -> {
            UniformRandomProvider random = trial.random("networks");
            double midpoints = 0;
            double mixtures = 0;
            try (DenseNetwork both = ReluCircle.neurons(2 * WIDTH).draw(random)) {
                for (int pair = 0; pair < PAIRS; pair++) {
                    try (DenseNetwork one = architecture.draw(random);
                            DenseNetwork other = architecture.draw(random)) {
                        double chord = (objective(one) + objective(other)) / 2;
                        FeatureCloud.of(one).and(FeatureCloud.of(other)).into(both);
                        mixtures += objective(both) > chord * (1 + 1e-12) ? 1.0 / PAIRS : 0;
                        midpoint(FeatureCloud.of(one), FeatureCloud.of(other)).into(one);
                        midpoints += objective(one) > chord * (1 + 1e-12) ? 1.0 / PAIRS : 0;
                    }
                }
            }
            return Measurements.of("midpoints above the chord", midpoints).and("mixtures above the chord", mixtures);
        });
    }

    /** The mean of parameters, neuron by neuron. */
    private static FeatureCloud midpoint(FeatureCloud one, FeatureCloud other) {
        SimpleMatrix mean = one.neurons().plus(other.neurons()).divide(2);
        return new FeatureCloud(
                mean.cols(1, mean.getNumCols()), mean.getColumn(0).getDDRM().getData());
    }

    /** Q of a network whose features are of any length: (1/2) E (f - y)^2 + lam (E u^2 + E |theta|^2). */
    private static double objective(DenseNetwork network) {
        FeatureCloud neurons = FeatureCloud.of(network);
        double squares = neurons.features().elementPower(2).elementSum() / neurons.size();
        return ReluCircle.GRID.loss(network.outputs(ReluCircle.inputs()))
                + 0.01 * (neurons.secondMomentOfOutputWeights() + squares);
    }

    /** What becomes of the output weights when features are drawn from another law. */
    private enum Reweighting {
        BY_LAW_OVER_LAW,
        NONE
    }

    private static Experiment repopulated(Reweighting reweighting) {
        return Experiment.over(Sweep.onePoint()).measuring(trial -> {
            FeaturePopulation learned = Population.LEARNED.population();
            FeaturePopulation spread = Population.SPREAD_EVENLY.population();
            SimpleMatrix weights = (reweighting == Reweighting.NONE ? learned : spread).outputWeights();
            int[] places = spread.draw(65_536, trial.random("neurons"));
            SimpleMatrix function = learned.outputs(ReluCircle.GRID);
            try (DenseNetwork network = ReluCircle.neurons(places.length).draw(trial.random("network"))) {
                ReluCircle.cloud(places, weights).into(network);
                SimpleMatrix outputs = network.outputs(ReluCircle.inputs());
                Measurements measurements = Measurements.along("input");
                for (int i = 0; i < ReluCircle.INPUTS; i++) {
                    measurements = measurements.at(
                            i, Measurements.of("output", outputs.get(i)).and("function", function.get(i)));
                }
                return measurements;
            }
        });
    }
}
