package jacot2018;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.TEXT;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.identity;
import static org.crucis.statistics.Criteria.relativeAgreement;

import java.util.List;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.claim.Interval;
import org.crucis.data.Circle;
import org.crucis.data.Separation;
import org.crucis.data.Spheres;
import org.crucis.data.Tables;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.FirstLayer;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.ejml.simple.SimpleMatrix;

/**
 * Jacot et al. 2018, Proposition 2 (read): for a Lipschitz activation that is no polynomial, the limiting tangent kernel is positive
 * definite on the unit sphere, from one hidden layer on (L >= 2 in the paper's count). The paper's networks have biases.
 *
 * <p>"Positive" is tested as lambda_min >= 1e-12 lambda_max, a thousand times the rounding, for 100 draws of 20 inputs on the sphere in
 * three dimensions, and of digits: one draw below refutes. Each hypothesis has a counterexample that is exactly singular: a linear
 * activation (a polynomial: rank at most d + 1), an input and its double (off the sphere), and one hidden layer of ReLU without
 * biases on more than d antipodal pairs, where f(x) - f(-x) is linear in x. A second hidden layer cures the last. It is no matter of
 * width, so that networks show it too. How positive the kernel is depends on the closest pair: lambda_min = delta / pi +
 * O(delta^2) for two inputs and one hidden layer of ReLU.
 */
@Claim(
        title = "The limiting tangent kernel is positive definite on the sphere",
        source = "Proposition 2",
        basis = TEXT,
        statement = """
                For a Lipschitz activation that is not a polynomial, any input dimension, biases and at least one hidden layer, \
                the restriction of $\\Theta_L$ to the unit sphere is positive definite: $\\lambda_{\\min}(\\Theta_L(X,X))>0$ \
                for all distinct $x_1,\\dots,x_n$ with $|x_i|=1$.""",
        symbols = "X = inputs of length 1, lambda_min and lambda_max = extreme eigenvalues of Theta(X, X), sb^2 = "
                + "beta^2 = bias variance (beta = 0.1 in the paper's experiments), delta = angle between two inputs, m "
                + "= width.")
class LimitingKernelIsPositiveDefinite {

    private static final double BIAS_VARIANCE = 0.01;
    private static final double POSITIVE = 1e-12;

    static final Sweep DRAWS = Sweep.over("activation", List.of(Activation.RELU, Activation.ERF))
            .and("depth", 1, 2)
            .blocks(100);
    static final Sweep LINEAR_DRAWS = Sweep.over("activation", List.of(Activation.LINEAR))
            .and("depth", 1, 2)
            .blocks(100);
    static final Sweep ONE_LAYER =
            Sweep.over("activation", List.of(Activation.RELU)).and("depth", 1).blocks(100);
    static final Sweep TWO_LAYERS =
            Sweep.over("activation", List.of(Activation.RELU)).and("depth", 2).blocks(100);
    static final Sweep WIDTHS = Sweep.over("width", List.of(64, 1024)).blocks(12);
    static final Sweep ANGLES =
            Sweep.over("angle", List.of(0.1, 0.03, 0.01, 0.003, 0.001)).withoutChance();

    static final Experiment ON_THE_SPHERE = limit(DRAWS, BIAS_VARIANCE, LimitingKernelIsPositiveDefinite::sphere)
            .assuming(
                    "distance of the closest two inputs",
                    trial -> Separation.of(sphere(trial.blockRandom("data"))).distance(),
                    Interval.atLeast(1e-9));
    static final Experiment ON_DIGITS = limit(DRAWS, BIAS_VARIANCE, LimitingKernelIsPositiveDefinite::digits)
            .assuming(
                    "distance of the closest two inputs",
                    trial -> Separation.of(digits(trial.blockRandom("data"))).distance(),
                    Interval.atLeast(1e-9));
    static final Experiment LINEAR_ACTIVATION =
            limit(LINEAR_DRAWS, BIAS_VARIANCE, LimitingKernelIsPositiveDefinite::sphere);
    static final Experiment INPUTS_AND_THEIR_DOUBLES = limit(ONE_LAYER, 0, random -> withMultiple(sphere(random), 2));
    static final Experiment DIGITS_AND_THEIR_DOUBLES = limit(ONE_LAYER, 0, random -> withMultiple(digits(random), 2));
    static final Experiment ANTIPODAL = limit(ONE_LAYER, 0, random -> withMultiple(Spheres.uniform(5, 3, random), -1));
    static final Experiment ANTIPODAL_BEHIND_TWO_LAYERS =
            limit(TWO_LAYERS, 0, random -> withMultiple(Spheres.uniform(5, 3, random), -1));
    static final Experiment NETWORKS = networks(0.25);
    static final Experiment NETWORKS_WITHOUT_BIAS = networks(0);
    static final Experiment CLOSE_PAIRS = Experiment.over(ANGLES).measuring(trial -> {
        double angle = trial.number("angle");
        double relu = ofPair(Activation.RELU, angle);
        double erf = ofPair(Activation.ERF, angle);
        double first = angle / Math.PI;
        // 2 - Theta(cos delta), ordered so that nothing cancels.
        double closed =
                4 * Math.pow(Math.sin(angle / 2), 2) + (2 * angle * Math.cos(angle) - Math.sin(angle)) / Math.PI;
        return Measurements.of("error", relu / closed - 1)
                .and("error of its first order", relu / first - 1)
                .and("distance from the first order, over angle squared", Math.abs(relu - first) / (angle * angle))
                .and("the same of erf", Math.abs(erf - first) / (angle * angle));
    });

    @Prediction("For every draw of inputs on the sphere the smallest eigenvalue is positive")
    void positiveOnTheSphere(Lab lab) {
        lab.expect(everywhere("smallest over largest eigenvalue").atLeast(POSITIVE))
                .in(ON_THE_SPHERE)
                .butNotIn(LINEAR_ACTIVATION)
                .butNotIn(INPUTS_AND_THEIR_DOUBLES);
    }

    @Prediction("The same on handwritten digits")
    void positiveOnDigits(Lab lab) {
        lab.expect(everywhere("smallest over largest eigenvalue").atLeast(POSITIVE))
                .in(ON_DIGITS)
                .butNotIn(DIGITS_AND_THEIR_DOUBLES);
    }

    @Prediction(value = "A linear activation gives a kernel of rank at most d + 1", basis = DERIVED)
    void linearHasLowRank(Lab lab) {
        lab.expect(everywhere("eigenvalue d + 2 over the largest").atMost(POSITIVE))
                .in(LINEAR_ACTIVATION)
                .butNotIn(ON_THE_SPHERE);
    }

    @Prediction(
            value = "Without biases, two hidden layers of ReLU tell more than d antipodal pairs apart; one does not",
            basis = DERIVED)
    void antipodalPairs(Lab lab) {
        lab.expect(everywhere("smallest over largest eigenvalue").atLeast(POSITIVE))
                .in(ANTIPODAL_BEHIND_TWO_LAYERS)
                .butNotIn(ANTIPODAL);
    }

    @Prediction(
            value = "Networks of one hidden layer tell them apart at any width if they have biases, and only then",
            basis = DERIVED)
    void antipodalPairsInNetworks(Lab lab) {
        lab.expect(everywhere("smallest over largest eigenvalue of a network").atLeast(POSITIVE))
                .in(NETWORKS)
                .butNotIn(NETWORKS_WITHOUT_BIAS);
    }

    @Prediction(
            value = "The smallest eigenvalue of the mean kernel of networks is that of the limit, not that of K",
            basis = DERIVED)
    void networksReachTheLimit(Lab lab) {
        lab.expect(relativeAgreement("smallest eigenvalue", "limit")
                        .within(0.05)
                        .plus(5, "width"))
                .in(NETWORKS)
                .butNotIn(NETWORKS.reading("NNGP kernel", "limit"));
    }

    @Prediction(value = "Two inputs at the angle delta have the closed form of it, to ten digits", basis = DERIVED)
    void closedFormOfClosePairs(Lab lab) {
        lab.expect(identity("error").toDigits(10))
                .in(CLOSE_PAIRS)
                .butNotIn(CLOSE_PAIRS.reading("error of its first order", "error"));
    }

    @Prediction(
            value = "It is delta / pi up to delta^2 for ReLU, and much smaller for a smooth activation",
            basis = DERIVED)
    void separationSetsTheEigenvalue(Lab lab) {
        lab.expect(everywhere("distance from the first order, over angle squared")
                        .atMost(1))
                .in(CLOSE_PAIRS)
                .butNotIn(CLOSE_PAIRS.reading("the same of erf", "distance from the first order, over angle squared"));
    }

    private static SimpleMatrix sphere(UniformRandomProvider random) {
        return Spheres.uniform(20, 3, random);
    }

    private static SimpleMatrix digits(UniformRandomProvider random) {
        return Tables.digits().draw(20, 3, 8, random).inputs();
    }

    private static SimpleMatrix withMultiple(SimpleMatrix inputs, double factor) {
        return inputs.concatRows(inputs.scale(factor));
    }

    /** The spectrum of the limiting kernel in the paper's own variances. */
    private static Experiment limit(
            Sweep sweep, double biasVariance, Function<UniformRandomProvider, SimpleMatrix> inputs) {
        return Experiment.over(sweep).measuring(trial -> {
            SimpleMatrix x = inputs.apply(trial.blockRandom("data"));
            Activation activation = trial.choice("activation", Activation.class);
            Spectrum spectrum = Spectrum.of(AnalyticKernel.of(activation, trial.size("depth"), 1, biasVariance)
                    .at(x)
                    .ntk());
            int beyond = Math.max(0, spectrum.size() - x.getNumCols() - 2);
            return Measurements.of("smallest over largest eigenvalue", spectrum.smallest() / spectrum.largest())
                    .and("eigenvalue d + 2 over the largest", Math.abs(spectrum.value(beyond)) / spectrum.largest());
        });
    }

    /** ReLU networks of one hidden layer on five antipodal pairs in three dimensions. */
    private static Experiment networks(double biasVariance) {
        return Experiment.over(WIDTHS).measuring(trial -> {
            SimpleMatrix x = withMultiple(Spheres.uniform(5, 3, trial.blockRandom("data")), -1);
            Ensemble networks = new Ensemble(
                    Architecture.of(3).hidden(trial.size("width"), 1).variances(2, biasVariance), 100);
            SimpleMatrix[] sum = {new SimpleMatrix(x.getNumRows(), x.getNumRows())};
            double[] least = {Double.POSITIVE_INFINITY};
            networks.draw(trial.random("weights"), network -> {
                SimpleMatrix kernel = EmpiricalKernel.of(network, x);
                Spectrum spectrum = Spectrum.of(kernel);
                least[0] = Math.min(least[0], spectrum.smallest() / spectrum.largest());
                sum[0] = sum[0].plus(kernel);
            });
            var limit = AnalyticKernel.of(Activation.RELU, 1, 2, biasVariance).at(x);
            return Measurements.of("smallest over largest eigenvalue of a network", least[0])
                    .and(
                            "smallest eigenvalue",
                            Spectrum.of(sum[0].divide(networks.size())).smallest())
                    .and("limit", Spectrum.of(limit.ntk()).smallest())
                    .and("NNGP kernel", Spectrum.of(limit.nngp()).smallest());
        });
    }

    /** The smaller eigenvalue of two inputs on the unit circle, behind one hidden layer. */
    private static double ofPair(Activation activation, double angle) {
        return Spectrum.of(AnalyticKernel.of(activation, 1, 2, 0)
                        .withFirstLayer(FirstLayer.UNSCALED)
                        .at(Circle.at(0, angle))
                        .ntk())
                .smallest();
    }
}
