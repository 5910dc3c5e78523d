package lee2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.TANH;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.identity;
import static org.crucis.statistics.Criteria.successRate;

import java.util.List;
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
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Network;
import org.crucis.network.Parametrization;
import org.crucis.training.Arithmetic;
import org.crucis.training.Ending;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.ejml.simple.SimpleMatrix;

/**
 * Lee et al. 2019, section 2 and appendix (recalled; the rates are derived here): training the NTK parametrization at the rate
 * eta is training stock layers, without factors, at eta sw^2 / fan-in for weights and eta sb^2 for biases. One common rate is
 * another training: its kernel grows with the width, and all of it comes from the layers that a wide layer feeds.
 *
 * <p>The identity is tested between DeepLearning4J's own gradient with one rate a layer and the paper's formulas written
 * out ({@link ExplicitDescent}), in digits, over 100 steps. It would be refuted by any other power of the width in a rate, as
 * one common rate shows.
 */
@Claim(
        title = "The NTK parametrization is the standard one with a rate for each layer",
        source = "Section 2, appendix",
        basis = RECALLED,
        statement = """
                Gradient descent at rate $\\eta$ in NTK parametrization and gradient descent at the rates \
                $\\eta\\sigma_w^2/\\mathrm{fan\\,in}$ (weights) and $\\eta\\sigma_b^2$ (biases) in standard parametrization \
                give the same outputs at every step. At one common rate the kernel is $O(m)$, the first layer's part of it \
                $O(1)$, and the critical step $2/\\lambda_{\\max}$ of its linearisation $O(1/m)$.""",
        symbols = "NTK and SP = the two parametrizations, m = width, eta = step, Theta = tangent kernel, of SP at the "
                + "common rate 1; critical step = 2/lambda_max(Theta), below which the linearised training is stable: "
                + "computed, not found by training.")
class NtkParametrizationIsAChoiceOfRates {

    static final Experiment TRAJECTORY = Experiment.over(Sweep.over("depth", List.of(1, 3))
                    .and("data", Data.SPHERE, Data.DIGITS)
                    .withoutChance())
            .measuring(NtkParametrizationIsAChoiceOfRates::compare);

    static final Experiment NTK_KERNEL = kernel(Parametrization.ntk());
    static final Experiment STANDARD_KERNEL = kernel(Parametrization.standard());
    static final Experiment NTK_RATES = ending(Parametrization.ntk());
    static final Experiment ONE_COMMON_RATE = ending(Parametrization.standard());

    @Prediction(
            value = "DeepLearning4J layers with their own rates follow the explicit formulas for 100 steps",
            basis = DERIVED)
    void sameTrajectory(Lab lab) {
        lab.expect(identity("largest difference").toDigits(10))
                .in(TRAJECTORY)
                .butNotIn(TRAJECTORY.reading("largest difference at one common rate", "largest difference"));
    }

    @Prediction("At one common rate the first layer's share of the kernel falls like 1/width")
    void firstLayerIsLost(Lab lab) {
        lab.expect(exponent("share of the first layer", "width")
                        .equalTo(-1)
                        .margin(0.05)
                        .correctedBy(1))
                .in(STANDARD_KERNEL)
                .butNotIn(NTK_KERNEL);
    }

    @Prediction("In NTK parametrization the first layer keeps its share")
    void firstLayerIsKept(Lab lab) {
        lab.expect(exponent("share of the first layer", "width")
                        .equalTo(0)
                        .margin(0.05)
                        .correctedBy(1))
                .in(NTK_KERNEL)
                .butNotIn(STANDARD_KERNEL);
    }

    @Prediction("At one common rate 2/lambda_max, the critical step of the linearisation, falls like 1/width")
    void criticalStep(Lab lab) {
        lab.expect(exponent("critical step", "width").equalTo(-1).margin(0.05).correctedBy(1))
                .in(STANDARD_KERNEL)
                .butNotIn(NTK_KERNEL);
    }

    @Prediction("A step that trains every NTK network diverges at one common rate")
    void divergesAtOneCommonRate(Lab lab) {
        lab.expect(successRate("diverged").atLeast(0.75)).in(ONE_COMMON_RATE).butNotIn(NTK_RATES);
    }

    @Prediction("It trains NTK networks at every width, on digits too; at one common rate it does not")
    void convergesAtNtkRates(Lab lab) {
        lab.expect(successRate("converged").atLeast(0.75)).in(NTK_RATES).butNotIn(ONE_COMMON_RATE);
    }

    private static final double WEIGHT_VARIANCE = 1.5;
    private static final double BIAS_VARIANCE = 0.1;

    private static Architecture architecture(Sample sample, int width, int depth) {
        return Architecture.of(sample.dimension())
                .hidden(width, depth)
                .activation(TANH)
                .variances(WEIGHT_VARIANCE, BIAS_VARIANCE);
    }

    private static Measurements compare(Trial trial) {
        int width = 64;
        int steps = 100;
        Sample sample = trial.choice("data", Data.class).draw(trial.blockRandom("data"));
        Architecture ntk = architecture(sample, width, trial.size("depth"));
        List<SimpleMatrix> explicit;
        double step;
        try (DenseNetwork network = ntk.draw(trial.random("weights"))) {
            step = 1 / Spectrum.of(EmpiricalKernel.of(network, sample.inputs())).largest();
            explicit = new ExplicitDescent(network, TANH, WEIGHT_VARIANCE, BIAS_VARIANCE)
                    .run(sample.inputs(), sample.targets(), step, steps);
        }
        return Measurements.of("largest difference", difference(ntk, trial, sample, step, explicit))
                .and(
                        "largest difference at one common rate",
                        difference(
                                ntk.parametrization(Parametrization.standard()),
                                trial,
                                sample,
                                step * WEIGHT_VARIANCE / width,
                                explicit));
    }

    /** Relative to the largest output of the explicit descent. */
    private static double difference(
            Architecture architecture, Trial trial, Sample sample, double step, List<SimpleMatrix> explicit) {
        double[] largest = {0, 0};
        try (Network network = architecture.draw(trial.random("weights"))) {
            GradientDescent.withStep(step)
                    .by(Arithmetic.DEEPLEARNING4J)
                    .atMost(explicit.size() - 1)
                    .probing(Schedule.every(1), (t, now, outputs) -> {
                        SimpleMatrix expected = explicit.get(t);
                        largest[0] =
                                Math.max(largest[0], outputs.minus(expected).elementMaxAbs());
                        largest[1] = Math.max(largest[1], expected.elementMaxAbs());
                    })
                    .run(network, sample.inputs(), sample.targets());
        }
        return largest[0] / largest[1];
    }

    private static Experiment kernel(Parametrization form) {
        return Experiment.over(Sweep.over("width", powersOfTwo(7, 13))
                        .inFull("width", powersOfTwo(8, 15))
                        .blocks(12))
                .measuring(trial -> {
                    Sample sample = Data.SPHERE.draw(trial.blockRandom("data"));
                    Architecture architecture =
                            architecture(sample, trial.size("width"), 1).parametrization(form);
                    try (Network network = architecture.draw(trial.random("weights"))) {
                        List<SimpleMatrix> shares = EmpiricalKernel.layerShares(network, sample.inputs());
                        SimpleMatrix sum = shares.get(0).plus(shares.get(1));
                        return Measurements.of(
                                        "share of the first layer",
                                        shares.get(0).trace() / sum.trace())
                                .and("critical step", 2 / Spectrum.of(sum).largest());
                    }
                });
    }

    /** At the step 1/lambda_max of the NTK network. */
    private static Experiment ending(Parametrization form) {
        return Experiment.over(Sweep.over("width", List.of(64, 256, 1024))
                        .and("data", Data.SPHERE, Data.DIGITS)
                        .blocks(24))
                .measuring(trial -> {
                    Sample sample = trial.choice("data", Data.class).draw(trial.blockRandom("data"));
                    Architecture ntk = architecture(sample, trial.size("width"), 1);
                    double step;
                    try (DenseNetwork network = ntk.draw(trial.random("weights"))) {
                        step = 1
                                / Spectrum.of(EmpiricalKernel.of(network, sample.inputs()))
                                        .largest();
                    }
                    try (Network network = ntk.parametrization(form).draw(trial.random("weights"))) {
                        Ending ending = GradientDescent.withStep(step)
                                .untilRelativeLoss(1e-3)
                                .atMost(1000)
                                .run(network, sample.inputs(), sample.targets())
                                .ending();
                        return Measurements.of("converged", ending instanceof Ending.Converged ? 1 : 0)
                                .and("diverged", ending instanceof Ending.Diverged ? 1 : 0);
                    }
                });
    }
}
