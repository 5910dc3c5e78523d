package fang2020;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.ERF;
import static org.crucis.network.Activation.RELU;
import static org.crucis.network.Activation.SOFTPLUS;
import static org.crucis.network.Activation.TANH;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.successRate;

import java.util.List;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.KernelFollower;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Neurons;
import org.crucis.network.OutputWeights;
import org.crucis.network.Parametrization;
import org.crucis.training.Ending;
import org.crucis.training.GradientDescent;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * Fang, Dong and Zhang 2020, the section on the tangent kernel (recalled): at alpha = sqrt(m) the kernel K_m of a wide
 * network is that of infinite width, and stays there, so that the loss falls at a rate set by lambda_min(K_inf).
 *
 * <p>The distance is that of an average of m independent terms, hence m^-1/2; neurons that share one theta are no such
 * average. The kernel's change is first order in the parameters' motion O(m^-1/2), but for a smooth unit its mean is
 * proportional to third moments of the output weights, so that with centred ones it is O(m^-1); m^-1/2 is had with output
 * weights of one sign and a unit that is not odd, for an odd unit makes the mean over theta vanish too (derived).
 *
 * <p>The rate: e_(t+1) = (I - eta K_t) e_t up to terms that vanish with the width, so that lambda_min(K_t) at least half of
 * lambda_min(K_inf) and eta at most 1/lambda_max give S_t at most (1 - eta lambda_min(K_inf)/2)^(2t) S_0, hence S_t at most
 * exp(-eta lambda_min(K_inf) t) S_0: in continuous time the bound of the paper. Without curvature and with K_t = K_inf
 * the exponent is twice that; the bound's slack is what pays for the kernel's error. A network counts that keeps the bound at every step
 * down to 10^-3 of the initial loss. Refuted by slower concentration, or by losses above the bound in wide networks.
 *
 * <p>Controls: shared neurons; each law of output weights the other's; alpha = 1 (the kernel's change does not fall); and
 * inputs x and 2x with targets that are not in the same proportion, which no ReLU network without biases can fit: lambda_min
 * is 0 and there is no exponential rate.
 */
@Claim(
        title = "The kernel concentrates and bounds the loss",
        source = "section on the tangent kernel",
        basis = RECALLED,
        statement = """
                With $\\alpha=\\sqrt m$: $\\|K_m-K_\\infty\\|_F=O(m^{-1/2})$ at initialisation; \
                $\\|K_m(t)-K_m(0)\\|_F=O(m^{-1/2})$ along training, $O(m^{-1})$ for smooth $h$ and centred $u$; and with \
                probability tending to one $S_t\\le e^{-\\eta\\lambda_{\\min}(K_\\infty)t}S_0$ for all $t$, where \
                $\\eta\\lambda_{\\max}\\le1$.""",
        symbols = "width = m, K_m = mean_j [h h' + u^2 grad h . grad h'] (the network's tangent kernel at alpha = "
                + "sqrt(m)), K_inf = its limit in closed form, distance = |K_m - K_inf|_F / |K_inf|_F, change = |K_m(T) "
                + "- K_m(0)|_F / |K_m(0)|_F at a relative loss of 0.01, S = half the sum of squared errors e.")
class KernelConcentrates {

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(3, 8))
            .and("activation", ERF, RELU)
            .inFull("width", powersOfTwo(5, 10))
            .blocks(12);
    static final Sweep TRAINED_WIDTHS = Sweep.over("width", powersOfTwo(3, 8))
            .inFull("width", powersOfTwo(5, 10))
            .blocks(12);
    static final Sweep WIDEST =
            Sweep.over("width", List.of(512)).and("activation", TANH, RELU).blocks(24);
    static final Sweep WIDEST_RELU =
            Sweep.over("width", List.of(512)).and("activation", RELU).blocks(24);

    static final Experiment INDEPENDENT = drawn(Neurons.INDEPENDENT);
    static final Experiment SHARED = drawn(Neurons.SHARED);

    static final Experiment CENTRED_WEIGHTS = moved(SOFTPLUS, OutputWeights.CENTRED, Scale.ROOT_WIDTH);
    static final Experiment POSITIVE_WEIGHTS = moved(SOFTPLUS, OutputWeights.POSITIVE, Scale.ROOT_WIDTH);
    static final Experiment POSITIVE_WEIGHTS_ODD_UNIT = moved(TANH, OutputWeights.POSITIVE, Scale.ROOT_WIDTH);
    static final Experiment MEAN_FIELD = moved(SOFTPLUS, OutputWeights.CENTRED, Scale.ONE);

    static final Experiment GENERAL_INPUTS = Experiment.over(WIDEST)
            .assuming(
                    "lambda_min / lambda_max of the limiting tangent kernel",
                    KernelConcentrates::conditioning,
                    Interval.atLeast(1e-4))
            .measuring(trial -> rate(trial, Data.SPHERE.draw(trial.blockRandom("data"))));
    static final Experiment PARALLEL_INPUTS = Experiment.over(WIDEST_RELU)
            .measuring(trial -> rate(trial, withParallel(Data.SPHERE.draw(trial.blockRandom("data")))));

    @Prediction("The kernel's distance from its limit falls like width^(-1/2)")
    void distance(Lab lab) {
        lab.expect(exponent("distance", "width").equalTo(-0.5).margin(0.1).per("activation"))
                .in(INDEPENDENT)
                .butNotIn(SHARED);
    }

    @Prediction(
            value = "Smooth units and centred output weights: its change in training falls like 1/width",
            basis = DERIVED)
    void changeOfCentred(Lab lab) {
        lab.expect(exponent("change", "width").equalTo(-1).margin(0.2))
                .in(CENTRED_WEIGHTS)
                .butNotIn(POSITIVE_WEIGHTS)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction(
            value = "Output weights of one sign, and a unit that is not odd: it falls like width^(-1/2)",
            basis = DERIVED)
    void changeOfPositive(Lab lab) {
        lab.expect(exponent("change", "width").equalTo(-0.5).margin(0.12))
                .in(POSITIVE_WEIGHTS)
                .butNotIn(POSITIVE_WEIGHTS_ODD_UNIT)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction(
            "At width 512 the loss stays below exp(-eta lambda_min t) of the initial one until it is a thousandth, in at least 3 of 4 networks")
    void lossIsBounded(Lab lab) {
        lab.expect(successRate("below the bound").atLeast(0.75).per("activation"))
                .in(GENERAL_INPUTS)
                .butNotIn(PARALLEL_INPUTS);
    }

    /** The factor alpha before the average of the neurons. */
    private enum Scale {
        ROOT_WIDTH {
            @Override
            Parametrization of(int width) {
                return Parametrization.meanField().scaledBy(Math.sqrt(width));
            }
        },
        ONE {
            @Override
            Parametrization of(int width) {
                return Parametrization.meanField();
            }
        };

        abstract Parametrization of(int width);
    }

    /** Kernels drawn in a trial: a single distance is a norm of few independent directions, and noisy. */
    private static final int DRAWN = 32;

    private static final int TRAINED = 4;
    private static final double SMALL_LOSS = 1e-3;

    /** Ten times what the slowest of the general inputs' modes needs. */
    private static final int MOST_STEPS = 1000;

    /** The kernel of alpha = sqrt(m) in the time in which it tends to a limit: that of the mean field, divided by m. */
    private static Architecture architecture(Trial trial, int dimension, Activation activation) {
        return Architecture.of(dimension)
                .hidden(trial.size("width"), 1)
                .activation(activation)
                .parametrization(Parametrization.ntk());
    }

    private static Experiment drawn(Neurons neurons) {
        return Experiment.over(WIDTHS).measuring(trial -> {
            SimpleMatrix inputs = Data.SPHERE.draw(trial.blockRandom("data")).inputs();
            Activation activation = trial.choice("activation", Activation.class);
            SimpleMatrix limit = limit(activation, inputs);
            Architecture architecture =
                    architecture(trial, inputs.getNumCols(), activation).neurons(neurons);
            double squares = 0;
            for (int draw = 0; draw < DRAWN; draw++) {
                try (DenseNetwork network = architecture.draw(trial.random("weights " + draw))) {
                    double distance =
                            EmpiricalKernel.of(network, inputs).minus(limit).normF() / limit.normF();
                    squares += distance * distance / DRAWN;
                }
            }
            return Measurements.of("distance", Math.sqrt(squares));
        });
    }

    private static Experiment moved(Activation activation, OutputWeights law, Scale scale) {
        return Experiment.over(TRAINED_WIDTHS)
                .assuming("separation of the inputs", Data.SPHERE::separation, Interval.atLeast(Data.SEPARATED))
                .measuring(trial -> {
                    Sample sample = Data.SPHERE.draw(trial.blockRandom("data"));
                    Architecture architecture = architecture(trial, sample.dimension(), activation)
                            .parametrization(scale.of(trial.size("width")))
                            .outputWeights(law);
                    double squares = 0;
                    double relativeLoss = 0;
                    for (int draw = 0; draw < TRAINED; draw++) {
                        try (DenseNetwork network = architecture.draw(trial.random("weights " + draw));
                                KernelFollower kernel = EmpiricalKernel.following(network, sample.inputs())) {
                            Training training = GradientDescent.withStep(
                                            0.25 / Spectrum.of(kernel.start()).largest())
                                    .centred()
                                    .untilRelativeLoss(LazyRun.LOSS)
                                    .run(network, sample.inputs(), sample.targets());
                            squares += Math.pow(kernel.drift(), 2) / TRAINED;
                            relativeLoss = Math.max(relativeLoss, training.relativeLoss());
                        }
                    }
                    return Measurements.of("change", Math.sqrt(squares)).and("relative loss", relativeLoss);
                })
                .validWhen(measured("relative loss").atMost(LazyRun.LOSS));
    }

    private static Measurements rate(Trial trial, Sample sample) {
        Activation activation = trial.choice("activation", Activation.class);
        double slowest = Spectrum.of(limit(activation, sample.inputs())).smallest();
        try (DenseNetwork network =
                architecture(trial, sample.dimension(), activation).draw(trial.random("weights"))) {
            double step = 1
                    / Spectrum.of(EmpiricalKernel.of(network, sample.inputs())).largest();
            // Rounding may make the eigenvalue of a singular limit negative: then the bound is that of a loss that
            // never rises.
            Training training = GradientDescent.withStep(step)
                    .untilRelativeLoss(SMALL_LOSS)
                    .noSlowerThan(Math.exp(-step * Math.max(slowest, 0)))
                    .atMost(MOST_STEPS)
                    .run(network, sample.inputs(), sample.targets());
            return Measurements.of("below the bound", training.ending() instanceof Ending.Converged ? 1 : 0);
        }
    }

    /** Where it is 0, as for the control's inputs, there is no rate. */
    private static double conditioning(Trial trial) {
        Spectrum limit = Spectrum.of(limit(
                trial.choice("activation", Activation.class),
                Data.SPHERE.draw(trial.blockRandom("data")).inputs()));
        return limit.smallest() / limit.largest();
    }

    private static SimpleMatrix limit(Activation activation, SimpleMatrix inputs) {
        return AnalyticKernel.of(activation, 1, 1, 0).at(inputs).ntk();
    }

    /** The last input becomes twice the first one, with the opposite target. */
    private static Sample withParallel(Sample sample) {
        SimpleMatrix inputs = sample.inputs();
        SimpleMatrix targets = sample.targets();
        int last = sample.size() - 1;
        inputs.insertIntoThis(last, 0, inputs.getRow(0).scale(2));
        targets.set(last, -targets.get(0));
        return new Sample(inputs, targets, sample.name() + ", one of them twice another");
    }
}
