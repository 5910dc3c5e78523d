package jacot2018;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.agreement;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.relativeAgreement;

import java.util.List;
import java.util.function.UnaryOperator;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.GaussianPair;
import org.crucis.kernel.ReluFluctuation;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Neurons;
import org.crucis.network.OutputWeights;
import org.crucis.network.Parametrization;
import org.crucis.network.Trained;
import org.ejml.simple.SimpleMatrix;

/**
 * Jacot et al. 2018, Theorem 1 (read): at initialisation the tangent kernel converges in probability to a deterministic limit
 * as the widths grow. The theorem gives no rate; the constants below are derived here ({@link ReluFluctuation}, {@link
 * DiagonalFluctuation}), those for depth agree with the growth in depth / width of Hanin and Nica 2019.
 *
 * <p>All networks are ReLU without biases and sw^2 = 2.
 *
 * <p>Tested on three inputs, x against itself and against the two others. With one hidden layer the kernel is a mean over
 * neurons: its expectation is exactly the limit at every m, and m Var Theta_m is a known number that depends on the fourth
 * moment of the output weights. So signs in place of Gaussian weights have another number, and each is the control of the
 * other. One weight vector shared by all neurons leaves nothing to average, and the theorem's convergence must be lost.
 * The spread with depth has an exact closed form at every width, {@link DiagonalFluctuation}. Refuted by a variance constant off by 15 %, or by deviations that do not fall like m^-1/2.
 */
@Claim(
        title = "At width m the tangent kernel scatters around its limit with variance C/m",
        source = "Theorem 1",
        basis = DERIVED,
        statement = """
                At initialisation $\\hat\\Theta_m\\to\\Theta$ in probability as the width $m\\to\\infty$. For one hidden \
                layer of ReLU, $\\mathbb E\\,\\hat\\Theta_m=\\Theta$ at every $m$ and $m\\operatorname{Var}\\hat\\Theta_m$ is a \
                closed form of the angle; for $L$ layers on the diagonal, $m\\operatorname{Var}\\hat\\Theta_m/\\Theta^2\\to \
                5L-\\tfrac43\\,\\tfrac{L(L+2)}{L+1}$.""",
        symbols =
                "m = width of every hidden layer, L = hidden layers, Theta_m = tangent kernel at width m, Theta = its "
                        + "limit, theta = angle between two inputs, C_L = constant of depth L.")
class KernelFluctuationsAreOfOrderOneOverWidth {

    private static final double WEIGHT_VARIANCE = 2;

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(4, 9))
            .inFull("width", powersOfTwo(5, 11))
            .blocks(12);
    static final Sweep TWO_WIDTHS = Sweep.over("width", List.of(32, 128)).blocks(12);
    static final Sweep DEPTHS = Sweep.over("width", List.of(32))
            .and("depth", 1, 2, 3)
            .inFull("depth", List.of(1, 2, 3, 4))
            .blocks(12);

    static final Experiment GAUSSIAN = fluctuations(WIDTHS, Inputs.CIRCLE, 480, network -> network);
    static final Experiment SIGNS =
            fluctuations(TWO_WIDTHS, Inputs.CIRCLE, 480, network -> network.outputWeights(OutputWeights.SIGNS));
    static final Experiment HIDDEN_LAYER_ONLY = fluctuations(
            TWO_WIDTHS,
            Inputs.CIRCLE,
            240,
            network -> network.outputWeights(OutputWeights.SIGNS).trained(Trained.HIDDEN));
    static final Experiment ON_DIGITS = fluctuations(TWO_WIDTHS, Inputs.DIGITS, 480, network -> network);
    static final Experiment SHARED_NEURON =
            fluctuations(WIDTHS, Inputs.CIRCLE, 60, network -> network.neurons(Neurons.SHARED));
    // Mean-field scaling without the factor m in its rates: its kernel vanishes like 1/m.
    static final Experiment OUTPUT_OVER_WIDTH = fluctuations(
            TWO_WIDTHS,
            Inputs.CIRCLE,
            60,
            network -> network.parametrization(new Parametrization(
                    "1/m, rates not rescaled",
                    Parametrization.meanField().input(),
                    Parametrization.meanField().hidden(),
                    Parametrization.meanField().output(),
                    0,
                    Parametrization.Variances.IN_MULTIPLIER,
                    1)));
    static final Experiment DEEP = deep();

    @Prediction(
            "The kernel's deviation from its limit falls like width^(-1/2); not when all neurons share their weights")
    void convergesInProbability(Lab lab) {
        lab.expect(exponent("deviation", "width").equalTo(-0.5).margin(0.06).per("pair"))
                .in(GAUSSIAN)
                .butNotIn(SHARED_NEURON);
    }

    @Prediction("With one hidden layer the expected kernel is the limit at every width")
    void isUnbiased(Lab lab) {
        lab.expect(agreement("kernel over its diagonal", "limit over its diagonal")
                        .within(0.03))
                .in(GAUSSIAN)
                .butNotIn(OUTPUT_OVER_WIDTH);
    }

    @Prediction("Width times variance is the closed form for Gaussian output weights, whose fourth moment is 3")
    void varianceWithGaussianWeights(Lab lab) {
        lab.expect(relativeAgreement("width times variance", "constant").within(0.15))
                .in(GAUSSIAN)
                .butNotIn(SIGNS.reading("constant for Gaussian weights", "constant"));
    }

    @Prediction("With random signs as output weights, whose fourth moment is 1, it is the smaller closed form")
    void varianceWithSigns(Lab lab) {
        lab.expect(relativeAgreement("width times variance", "constant").within(0.15))
                .in(SIGNS)
                .butNotIn(GAUSSIAN.reading("constant for signs", "constant"));
    }

    @Prediction(
            "With the hidden layer alone trained it is the variance of a coin that shows whether a neuron sees both")
    void varianceOfTheHiddenLayer(Lab lab) {
        lab.expect(relativeAgreement("width times variance", "constant").within(0.15))
                .in(HIDDEN_LAYER_ONLY)
                .butNotIn(HIDDEN_LAYER_ONLY.reading("constant for signs", "constant"));
    }

    @Prediction("The variance constant of Gaussian output weights holds on handwritten digits")
    void varianceOnDigits(Lab lab) {
        lab.expect(relativeAgreement("width times variance", "constant").within(0.15))
                .in(ON_DIGITS)
                .butNotIn(ON_DIGITS.reading("constant for signs", "constant"));
    }

    @Prediction("On the diagonal the relative variance grows with the number of hidden layers as its closed form says")
    void varianceGrowsWithDepth(Lab lab) {
        lab.expect(relativeAgreement("relative variance", "closed form").within(0.15))
                .in(DEEP)
                .butNotIn(DEEP.reading("closed form of one layer", "closed form"));
    }

    private static Experiment fluctuations(
            Sweep sweep, Inputs inputs, int networks, UnaryOperator<Architecture> setting) {
        return Experiment.over(sweep).measuring(trial -> {
            SimpleMatrix x = inputs.draw(trial.blockRandom("data"));
            int width = trial.size("width");
            Architecture architecture = setting.apply(
                    Architecture.of(x.getNumCols()).hidden(width, 1).variances(WEIGHT_VARIANCE, 0));
            SimpleMatrix limit = AnalyticKernel.of(Activation.RELU, 1, WEIGHT_VARIANCE, 0)
                    .training(architecture.trained())
                    .at(x)
                    .ntk();
            double[] sum = new double[Inputs.COUNT];
            double[] squares = new double[Inputs.COUNT];
            new Ensemble(architecture, networks).draw(trial.random("weights"), network -> {
                SimpleMatrix kernel = EmpiricalKernel.of(network, x);
                for (int j = 0; j < Inputs.COUNT; j++) {
                    double deviation = kernel.get(0, j) - limit.get(0, j);
                    sum[j] += deviation;
                    squares[j] += deviation * deviation;
                }
            });
            Measurements pairs = Measurements.along("pair");
            for (int j = 0; j < Inputs.COUNT; j++) {
                double variance = squares[j] / networks;
                double diagonal = limit.get(0, 0);
                GaussianPair first = preActivations(x, j);
                double gaussian =
                        ReluFluctuation.oneHiddenLayer(first, WEIGHT_VARIANCE, ReluFluctuation.GAUSSIAN_FOURTH_MOMENT);
                double signs =
                        ReluFluctuation.oneHiddenLayer(first, WEIGHT_VARIANCE, ReluFluctuation.SIGNS_FOURTH_MOMENT);
                double hidden = WEIGHT_VARIANCE * WEIGHT_VARIANCE * ReluFluctuation.hiddenLayerOnly(first);
                double constant = architecture.trained() == Trained.HIDDEN
                        ? hidden
                        : architecture.outputWeights() == OutputWeights.SIGNS ? signs : gaussian;
                pairs = pairs.at(
                        j == 0 ? "itself" : "other " + j,
                        Measurements.of("deviation", Math.sqrt(variance))
                                .and("kernel over its diagonal", (sum[j] / networks + limit.get(0, j)) / diagonal)
                                .and("limit over its diagonal", limit.get(0, j) / diagonal)
                                .and("width times variance", width * variance)
                                .and("constant", constant)
                                .and("constant for Gaussian weights", gaussian)
                                .and("constant for signs", signs));
            }
            return pairs;
        });
    }

    /** The law of a hidden neuron's two pre-activations, on the first input and on another. */
    private static GaussianPair preActivations(SimpleMatrix x, int other) {
        double covariance = WEIGHT_VARIANCE * x.getRow(0).dot(x.getRow(other)) / x.getNumCols();
        return other == 0
                ? GaussianPair.same(WEIGHT_VARIANCE)
                : GaussianPair.of(WEIGHT_VARIANCE, WEIGHT_VARIANCE, covariance);
    }

    private static Experiment deep() {
        return Experiment.over(DEPTHS).measuring(trial -> {
            SimpleMatrix x = Inputs.CIRCLE.draw(trial.blockRandom("data")).rows(0, 1);
            int width = trial.size("width");
            int depth = trial.size("depth");
            double limit = AnalyticKernel.of(Activation.RELU, depth, WEIGHT_VARIANCE, 0)
                    .at(x)
                    .ntk()
                    .get(0, 0);
            double[] squares = {0};
            Ensemble networks = new Ensemble(
                    Architecture.of(x.getNumCols()).hidden(width, depth).variances(WEIGHT_VARIANCE, 0), 960);
            networks.draw(trial.random("weights"), network -> {
                double relative = EmpiricalKernel.of(network, x).get(0, 0) / limit - 1;
                squares[0] += relative * relative;
            });
            return Measurements.of("relative variance", squares[0] / networks.size())
                    .and("closed form", DiagonalFluctuation.relativeVariance(depth, width))
                    .and("closed form of one layer", DiagonalFluctuation.relativeVariance(1, width));
        });
    }
}
