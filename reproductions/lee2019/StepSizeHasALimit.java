package lee2019;

import static org.crucis.claim.Basis.PILOT;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.network.Activation.ERF;
import static org.crucis.network.Activation.LINEAR;
import static org.crucis.statistics.Criteria.relativeAgreement;
import static org.crucis.statistics.Criteria.successRate;

import java.util.List;
import java.util.stream.DoubleStream;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.network.Parametrization;
import org.crucis.training.Ending;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * Lee et al. 2019, Theorem 2.1 (recalled): training in the linear regime is stable up to a critical step. The theorem's
 * 2/(lambda_min + lambda_max) is sufficient; the linear model is stable exactly below 2/lambda_max. What a network of finite
 * width does beyond is recalled from Lewkowycz et al. 2020 (arXiv 2003.02218): up to twice that step it catapults to a
 * place where its kernel is small enough; farther up a network of linear units diverges. Other units have other thresholds: erf
 * units were seen to hold out to some 2.2 times the limit.
 *
 * <p>What would refute it: a top mode that grows by another factor than |1 - eta lambda_max|, failures below the limit. The same
 * step at one common rate of the standard parametrization, whose kernel grows with the width, has to fail.
 */
@Claim(
        title = "Gradient descent on a wide network is stable below 2 over the kernel's largest eigenvalue",
        source = "Theorem 2.1",
        basis = RECALLED,
        statement = """
                The top mode of the residual changes by the factor $1-\\eta\\lambda_{\\max}(\\hat\\Theta_0)$ a step. Training \
                converges for $\\eta<2/\\lambda_{\\max}$; for $2/\\lambda_{\\max}<\\eta<4/\\lambda_{\\max}$ the loss grows \
                first, until $\\lambda_{\\max}(\\hat\\Theta_t)<2/\\eta$; far beyond, training diverges.""",
        symbols = "Theta_0 = the network's own kernel on six training inputs, lambda = its eigenvalues, eta = step, "
                + "ratio = eta lambda_max / 2, m = width; f - f_0 is trained towards the sum of all eigenvectors, so "
                + "that the top mode starts at one.")
class StepSizeHasALimit {

    static final Sweep WIDE = Sweep.over("ratio", List.of(0.95, 1.05, 1.2, 1.5))
            .and("width", 4096)
            .and("data", Data.SPHERE, Data.DIGITS)
            .blocks(12);

    static final Experiment FIRST_STEPS = Experiment.over(WIDE)
            .assuming(
                    "lambda_min / lambda_max of the limiting tangent kernel",
                    trial ->
                            ErfLimit.definiteness(ErfLimit.KERNEL, sample(trial).inputs()),
                    Interval.atLeast(ErfLimit.POSITIVE_DEFINITE))
            .measuring(StepSizeHasALimit::growth);
    static final Experiment BELOW = ending(Parametrization.ntk(), List.of(ERF, LINEAR), 0.5, 0.95);
    static final Experiment ABOVE = ending(Parametrization.ntk(), List.of(ERF, LINEAR), 1.2, 1.5);
    static final Experiment FAR_ABOVE = ending(Parametrization.ntk(), List.of(LINEAR), 2.1, 2.5);
    static final Experiment ERF_FAR_ABOVE = ending(Parametrization.ntk(), List.of(ERF), 2.1);
    static final Experiment BELOW_AT_ONE_COMMON_RATE =
            ending(Parametrization.standard(), List.of(ERF, LINEAR), 0.5, 0.95);

    @Prediction("At first the top mode changes by |1 - eta lambda_max| a step, below and above the limit")
    void growthFactor(Lab lab) {
        lab.expect(relativeAgreement("factor", "predicted factor").within(0.01).plus(20, "width"))
                .in(FIRST_STEPS)
                .butNotIn(FIRST_STEPS.reading("factor of gradient flow", "predicted factor"));
    }

    @Prediction("Below the limit training converges; at one common rate for weights of all layers it does not")
    void convergesBelow(Lab lab) {
        lab.expect(successRate("converged").atLeast(0.75))
                .in(BELOW)
                .butNotIn(BELOW_AT_ONE_COMMON_RATE)
                .butNotIn(FAR_ABOVE);
    }

    @Prediction("Up to twice the limit the top mode grows, the kernel shrinks below 2/eta, and training converges")
    void catapults(Lab lab) {
        lab.expect(successRate("catapulted").atLeast(0.75)).in(ABOVE).butNotIn(BELOW);
    }

    @Prediction("Beyond twice the limit a network of linear units diverges")
    void divergesFarAbove(Lab lab) {
        lab.expect(successRate("diverged").atLeast(0.75)).in(FAR_ABOVE).butNotIn(ABOVE);
    }

    @Prediction(value = "Slightly beyond twice the limit most networks of erf units do not diverge", basis = PILOT)
    void erfHoldsOutLonger(Lab lab) {
        lab.expect(successRate("diverged").atMost(0.5)).in(ERF_FAR_ABOVE).butNotIn(FAR_ABOVE);
    }

    private static final int FIRST = 3;

    private static Architecture architecture(Trial trial, Sample sample) {
        return ErfLimit.network(sample.dimension(), trial.size("width"));
    }

    private static Sample sample(Trial trial) {
        return trial.choice("data", Data.class).draw(trial.blockRandom("data"));
    }

    private static Measurements growth(Trial trial) {
        Sample sample = sample(trial);
        SimpleMatrix inputs = sample.inputs();
        try (Network network = architecture(trial, sample).draw(trial.random("weights"))) {
            Spectrum spectrum = Spectrum.of(EmpiricalKernel.of(network, inputs));
            double step = 2 * trial.number("ratio") / spectrum.largest();
            SimpleMatrix targets = allModes(spectrum);
            SimpleMatrix before = network.outputs(inputs);
            Training training =
                    GradientDescent.withStep(step).centred().atMost(FIRST).run(network, inputs, targets);
            double last = topMode(spectrum, training.outputs().minus(before).minus(targets));
            return Measurements.of("factor", Math.pow(Math.abs(last), 1.0 / FIRST))
                    .and("predicted factor", Math.abs(1 - step * spectrum.largest()))
                    .and("factor of gradient flow", Math.exp(-step * spectrum.largest()));
        }
    }

    private static Experiment ending(Parametrization scaling, List<Activation> activations, double... ratios) {
        Sweep sweep = Sweep.over("ratio", DoubleStream.of(ratios).boxed().toList())
                .and("width", 256)
                .inFull("width", List.of(256, 1024))
                .and("activation", activations.toArray())
                .and("data", Data.SPHERE, Data.DIGITS)
                .blocks(24);
        return Experiment.over(sweep)
                .assuming(
                        "lambda_min / lambda_max of the limiting tangent kernel",
                        trial -> ErfLimit.definiteness(
                                ErfLimit.kernel(trial.choice("activation", Activation.class)),
                                sample(trial).inputs()),
                        Interval.atLeast(ErfLimit.POSITIVE_DEFINITE))
                .measuring(trial -> {
                    Sample sample = sample(trial);
                    SimpleMatrix inputs = sample.inputs();
                    Architecture lazy =
                            architecture(trial, sample).activation(trial.choice("activation", Activation.class));
                    Spectrum spectrum;
                    try (Network network = lazy.draw(trial.random("weights"))) {
                        spectrum = Spectrum.of(EmpiricalKernel.of(network, inputs));
                    }
                    double step = 2 * trial.number("ratio") / spectrum.largest();
                    SimpleMatrix targets = allModes(spectrum);
                    // The same weights: the two parametrizations start from the same deviations and differ in their
                    // rates.
                    try (Network network = lazy.parametrization(scaling).draw(trial.random("weights"))) {
                        SimpleMatrix before = network.outputs(inputs);
                        double[] early = {0};
                        Training training = GradientDescent.withStep(step)
                                .centred()
                                .untilRelativeLoss(1e-6)
                                .atMost(MOST_STEPS)
                                .probing(Schedule.at(FIRST), (t, now, outputs) -> {
                                    if (t == FIRST) {
                                        early[0] = topMode(
                                                spectrum, outputs.minus(before).minus(targets));
                                    }
                                })
                                .run(network, inputs, targets);
                        boolean converged = training.ending() instanceof Ending.Converged;
                        boolean catapulted = converged
                                && Math.abs(early[0]) > 1
                                && Spectrum.of(EmpiricalKernel.of(network, inputs))
                                                .largest()
                                        < 2 / step;
                        return Measurements.of("converged", converged ? 1 : 0)
                                .and("catapulted", catapulted ? 1 : 0)
                                .and("diverged", training.ending() instanceof Ending.Diverged ? 1 : 0);
                    }
                });
    }

    private static final int MOST_STEPS = 2000;

    private static SimpleMatrix allModes(Spectrum spectrum) {
        return spectrum.vectors().mult(SimpleMatrix.filled(spectrum.size(), 1, 1));
    }

    private static double topMode(Spectrum spectrum, SimpleMatrix residual) {
        return spectrum.coordinates(residual).get(spectrum.size() - 1);
    }
}
