package jacot2018;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.statistics.Criteria.agreement;
import static org.crucis.statistics.Criteria.mean;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.crucis.data.Gaussian;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Neurons;
import org.crucis.network.OutputWeights;
import org.ejml.simple.SimpleMatrix;

/**
 * Jacot et al. 2018, Proposition 1 (recalled; Neal 1996 for one hidden layer): at initialisation the outputs tend to independent
 * centred Gaussian processes with covariance K as the hidden layers widen.
 *
 * <p>A network has many outputs here, which the proposition makes independent copies; the interval is taken over blocks of
 * networks.
 *
 * <p>Three proxies for convergence in law. The covariance of the outputs must be K: it is at every width for one hidden layer,
 * up to 2/m for more. The share of |c.f| below 1/2, 1, 3/2 and 2 deviations, for a random combination c of the outputs on three
 * inputs, must be the normal one within 2 %, at width 256. And the first correction must be the known one: m kappa = 15 for one
 * hidden layer of ReLU, 6 for a linear one, at every width (derived: 3 (E phi^4 / (E phi^2)^2 - 1)); each is the control of the
 * other. Refuted by another covariance, or by shares or a kurtosis outside these bounds. Twice the output variance has another
 * covariance; positive output weights break its mean of zero; one weight vector for all neurons leaves nothing to average, and the output
 * is no Gaussian at any width.
 */
@Claim(
        title = "At initialisation the outputs of a wide network are Gaussian with covariance K",
        source = "Proposition 1",
        basis = RECALLED,
        statement = """
                As the width $m\\to\\infty$, the outputs $(f(x_1),\\dots,f(x_n))$ at initialisation tend in law to \
                $\\mathcal N(0,K)$, $K_{ij}=K_L(x_i,x_j)$. At finite width and one hidden layer of ReLU without biases, \
                $$\\frac{\\mathbb E f(x)^4}{(\\mathbb E f(x)^2)^2}=3+\\frac{15}{m}.$$""",
        symbols = "m = width, K = NNGP kernel, f = one output, kappa = E f^4 / (E f^2)^2 - 3 its excess kurtosis.")
class OutputsBecomeGaussian {

    private static final double WEIGHT_VARIANCE = 1.5;
    private static final double BIAS_VARIANCE = 0.25;
    private static final double[] DEVIATIONS = {0.5, 1, 1.5, 2};

    static final Sweep FAMILIES = Sweep.over("activation", List.of(Activation.RELU, Activation.ERF))
            .and("depth", 1, 3)
            .and("width", 64)
            .inFull("width", List.of(256))
            .blocks(12);
    static final Sweep RELU_ONLY = Sweep.over("activation", List.of(Activation.RELU))
            .and("depth", 1)
            .and("width", 64)
            .blocks(12);
    static final Sweep WIDE =
            Sweep.over("depth", List.of(1, 2)).and("width", 256).blocks(12);
    static final Sweep WIDE_ONE_LAYER =
            Sweep.over("depth", List.of(1)).and("width", 256).blocks(12);
    static final Sweep NARROW = Sweep.over("depth", List.of(1)).and("width", 2).blocks(12);
    static final Sweep SMALL = Sweep.over("width", List.of(4, 8)).blocks(12);

    static final Experiment COVARIANCE = covariance(FAMILIES, Inputs.CIRCLE, network -> network);
    static final Experiment COVARIANCE_ON_DIGITS = covariance(FAMILIES, Inputs.DIGITS, network -> network);
    static final Experiment TWICE_THE_OUTPUT_VARIANCE = covariance(
            RELU_ONLY,
            Inputs.CIRCLE,
            network -> network.parametrization(network.parametrization().scaledBy(Math.sqrt(2))));
    static final Experiment POSITIVE_OUTPUT_WEIGHTS =
            covariance(RELU_ONLY, Inputs.CIRCLE, network -> network.outputWeights(OutputWeights.POSITIVE));

    static final Experiment LAW = law(WIDE, Inputs.CIRCLE, network -> network);
    static final Experiment LAW_ON_DIGITS = law(WIDE, Inputs.DIGITS, network -> network);
    static final Experiment LAW_OF_NARROW = law(NARROW, Inputs.CIRCLE, network -> network);
    static final Experiment LAW_OF_NARROW_ON_DIGITS = law(NARROW, Inputs.DIGITS, network -> network);
    static final Experiment LAW_OF_SHARED_NEURON =
            law(WIDE_ONE_LAYER, Inputs.CIRCLE, network -> network.neurons(Neurons.SHARED));

    static final Experiment RELU_KURTOSIS = kurtosis(800, network -> network);
    static final Experiment LINEAR_KURTOSIS = kurtosis(800, network -> network.activation(Activation.LINEAR));
    static final Experiment SHARED_KURTOSIS = kurtosis(60, network -> network.neurons(Neurons.SHARED));

    @Prediction("The covariance of the outputs is the NNGP kernel")
    void covarianceIsTheKernel(Lab lab) {
        lab.expect(agreement("covariance", "NNGP kernel").within(0.02).plus(2, "width"))
                .in(COVARIANCE)
                .butNotIn(TWICE_THE_OUTPUT_VARIANCE)
                .butNotIn(POSITIVE_OUTPUT_WEIGHTS);
    }

    @Prediction("The same on handwritten digits")
    void covarianceOnDigits(Lab lab) {
        lab.expect(agreement("covariance", "NNGP kernel").within(0.02).plus(2, "width"))
                .in(COVARIANCE_ON_DIGITS)
                .butNotIn(COVARIANCE_ON_DIGITS.reading("tangent kernel", "NNGP kernel"));
    }

    @Prediction(
            "Combinations of the outputs on several inputs are normal, when the network is wide and its neurons independent")
    void outputsAreNormal(Lab lab) {
        lab.expect(agreement("share", "normal share").within(0.02))
                .in(LAW)
                .butNotIn(LAW_OF_NARROW)
                .butNotIn(LAW_OF_SHARED_NEURON);
    }

    @Prediction("The same on handwritten digits")
    void outputsOnDigitsAreNormal(Lab lab) {
        lab.expect(agreement("share", "normal share").within(0.02))
                .in(LAW_ON_DIGITS)
                .butNotIn(LAW_OF_NARROW_ON_DIGITS);
    }

    @Prediction(
            value = "Width times excess kurtosis is 15 for one hidden layer of ReLU, at every width",
            basis = DERIVED)
    void excessKurtosisOfRelu(Lab lab) {
        lab.expect(mean("width times excess kurtosis").equalTo(15).within(1.5))
                .in(RELU_KURTOSIS)
                .butNotIn(LINEAR_KURTOSIS)
                .butNotIn(SHARED_KURTOSIS);
    }

    @Prediction(value = "It is 6 for a linear hidden layer", basis = DERIVED)
    void excessKurtosisOfLinear(Lab lab) {
        lab.expect(mean("width times excess kurtosis").equalTo(6).within(1))
                .in(LINEAR_KURTOSIS)
                .butNotIn(RELU_KURTOSIS);
    }

    /** Every entry of the second moments of the outputs, in units of the limit's diagonal. */
    private static Experiment covariance(Sweep sweep, Inputs inputs, UnaryOperator<Architecture> setting) {
        return Experiment.over(sweep).measuring(trial -> {
            SimpleMatrix x = inputs.draw(trial.blockRandom("data"));
            Activation activation = trial.choice("activation", Activation.class);
            int depth = trial.size("depth");
            Architecture architecture = setting.apply(Architecture.of(x.getNumCols())
                    .hidden(trial.size("width"), depth)
                    .activation(activation)
                    .variances(WEIGHT_VARIANCE, BIAS_VARIANCE)
                    .outputs(32));
            var limit = AnalyticKernel.of(activation, depth, WEIGHT_VARIANCE, BIAS_VARIANCE)
                    .at(x);
            SimpleMatrix[] sum = {new SimpleMatrix(Inputs.COUNT, Inputs.COUNT)};
            Ensemble networks = new Ensemble(architecture, 160);
            networks.draw(trial.random("weights"), network -> {
                SimpleMatrix outputs = network.outputs(x);
                sum[0] = sum[0].plus(outputs.mult(outputs.transpose()).divide(outputs.getNumCols()));
            });
            Measurements entries = Measurements.along("entry");
            for (int i = 0; i < Inputs.COUNT; i++) {
                for (int j = 0; j <= i; j++) {
                    double unit =
                            Math.sqrt(limit.nngp().get(i, i) * limit.nngp().get(j, j));
                    entries = entries.at(
                            (i + 1) + "," + (j + 1),
                            Measurements.of("covariance", sum[0].get(i, j) / networks.size() / unit)
                                    .and("NNGP kernel", limit.nngp().get(i, j) / unit)
                                    .and("tangent kernel", limit.ntk().get(i, j) / unit));
                }
            }
            return entries;
        });
    }

    /** How often |c.f| stays below some multiples of its deviation in the limit, c a random direction of the block. */
    private static Experiment law(Sweep sweep, Inputs inputs, UnaryOperator<Architecture> setting) {
        return Experiment.over(sweep).measuring(trial -> {
            SimpleMatrix x = inputs.draw(trial.blockRandom("data"));
            SimpleMatrix c = Gaussian.inputs(1, Inputs.COUNT, trial.blockRandom("combination"));
            int depth = trial.size("depth");
            SimpleMatrix limit =
                    AnalyticKernel.of(Activation.RELU, depth, 2, 0).at(x).nngp();
            double deviation = Math.sqrt(c.mult(limit).mult(c.transpose()).get(0));
            Architecture architecture = setting.apply(Architecture.of(x.getNumCols())
                    .hidden(trial.size("width"), depth)
                    .variances(2, 0)
                    .outputs(64));
            int[] below = new int[DEVIATIONS.length];
            Ensemble networks = new Ensemble(architecture, 48);
            networks.draw(trial.random("weights"), network -> {
                for (double combined : c.mult(network.outputs(x)).getDDRM().getData()) {
                    for (int k = 0; k < DEVIATIONS.length; k++) {
                        below[k] += Math.abs(combined) <= DEVIATIONS[k] * deviation ? 1 : 0;
                    }
                }
            });
            Measurements shares = Measurements.along("deviations");
            for (int k = 0; k < DEVIATIONS.length; k++) {
                double seen = networks.size() * architecture.outputs();
                double normal = 1 - 2 * NormalDistribution.of(0, 1).survivalProbability(DEVIATIONS[k]);
                shares = shares.at(
                        DEVIATIONS[k], Measurements.of("share", below[k] / seen).and("normal share", normal));
            }
            return shares;
        });
    }

    /** Excess kurtosis about the exact variance, over orthogonal inputs, outputs and networks. */
    private static Experiment kurtosis(int size, UnaryOperator<Architecture> setting) {
        return Experiment.over(SMALL).measuring(trial -> {
            int inputs = 8;
            SimpleMatrix x = SimpleMatrix.identity(inputs).scale(Math.sqrt(inputs));
            int width = trial.size("width");
            Architecture architecture = setting.apply(
                    Architecture.of(inputs).hidden(width, 1).variances(2, 0).outputs(32));
            double variance = AnalyticKernel.of(architecture.activation(), 1, 2, 0)
                    .at(x)
                    .nngp()
                    .get(0, 0);
            double[] fourth = {0};
            Ensemble networks = new Ensemble(architecture, size);
            networks.draw(trial.random("weights"), network -> {
                SimpleMatrix outputs = network.outputs(x);
                SimpleMatrix squares = outputs.elementMult(outputs);
                fourth[0] += squares.elementMult(squares).elementSum() / squares.getNumElements();
            });
            double ratio = fourth[0] / networks.size() / (variance * variance);
            return Measurements.of("width times excess kurtosis", width * (ratio - 3));
        });
    }
}
