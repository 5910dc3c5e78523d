package fang2020;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.RELU;
import static org.crucis.network.Activation.TANH;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.geometricMean;

import java.util.List;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.KernelFollower;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Parametrization;
import org.crucis.network.UpdateRule;
import org.crucis.training.GradientDescent;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * Fang, Dong and Zhang 2020, the section on practical tricks: their notebooks (read) show larger displacements of theta with
 * larger steps, with momentum and with a smaller initial deviation of theta, for mini-batches of MNIST at alpha = sqrt(m). What theory says
 * of each of them for the full batch is derived here.
 *
 * <p>All at alpha = sqrt(m), mirrored neurons.
 *
 * <ul>
 *   <li>Steps below 1/lambda follow the gradient flow: at an equal time eta T a step ten times smaller ends in the same place.
 *   <li>Momentum mu multiplies the step by 1/(1 - mu): no other place at an equal effective time eta T/(1 - mu), a farther
 *       one after as many steps. The time is 20/lambda, at which slow directions are not yet learned.
 *   <li>With u of order one, theta moves by an amount that does not depend on sigma once tanh is linear on all
 *       pre-activations: the movement grows like 1/sigma. With small u instead, u does the learning and theta hardly moves:
 *       like the deviation of u.
 *   <li>A step beyond 2/lambda is unstable, however wide the network. It comes to rest only where its kernel's largest eigenvalue
 *       is at most 2/eta: the kernel's change does not fall with the width (Lewkowycz et al. 2020, recalled, called it a catapult).
 * </ul>
 *
 * <p>Refuted by a place that depends on the step below 1/lambda, or a kernel that stays although the step is beyond 2/lambda.
 */
@Claim(
        title = "Large steps and small starts take networks out of the linear regime; momentum is a larger step",
        source = "section on practical tricks, figures on step size, momentum and initialisation",
        basis = DERIVED,
        statement = """
                At $\\alpha=\\sqrt m$ and full batches, where gradient descent ends depends on $\\eta<1/\\lambda_{\\max}$ and \
                on momentum $\\mu$ through the time $\\eta T/(1-\\mu)$ alone; the relative movement of $\\theta$ grows like \
                $1/\\sigma_\\theta$; and for $\\eta=c/\\lambda_{\\max}$ with $c>2$ the largest eigenvalue of the kernel falls \
                to at most $2/c$ of its initial value at every width.""",
        symbols = "lambda = largest eigenvalue of the tangent kernel, eta = step, displacement = |(u, theta) - (u, "
                + "theta)(0)|, sigma = deviation of theta at initialisation, movement = |theta - theta(0)| / "
                + "|theta(0)|, change = relative change of the kernel (Frobenius).")
class LargeStepsAndSmallStartsMoveFeatures {

    /** eta lambda of a step beyond the limit of stability, 2; at 3 a network of width 32 may diverge. */
    private static final double BEYOND = 2.5;

    static final Experiment STEPS = Experiment.over(
                    Sweep.over("data", List.of(Data.SPHERE, Data.DIGITS)).blocks(12))
            .assuming("separation of the inputs", Data::separationOfTheNamed, Interval.atLeast(Data.SEPARATED))
            .measuring(LargeStepsAndSmallStartsMoveFeatures::compared);

    static final Sweep DEVIATIONS = Sweep.over("1/deviation", powersOfTwo(1, 6))
            .and("data", Data.SPHERE, Data.DIGITS)
            .blocks(12);
    static final Experiment SMALL_THETA = startedSmall(Small.THETA);
    static final Experiment SMALL_OUTPUT_WEIGHTS = startedSmall(Small.OUTPUT_WEIGHTS);

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(6, 11)).blocks(12);
    static final Experiment BEYOND_THE_LIMIT = withStep(BEYOND);
    static final Experiment BELOW_THE_LIMIT = withStep(0.5);

    @Prediction("A step ten times smaller, ten times as often: the same displacement")
    void finerSteps(Lab lab) {
        lab.expect(geometricMean("finer steps, equal time").equalTo(1).within(0.1))
                .in(STEPS)
                .butNotIn(STEPS.reading("finer steps, equal number", "finer steps, equal time"));
    }

    @Prediction("Momentum 0.9 at an equal effective time: the same displacement")
    void momentumAtEqualTime(Lab lab) {
        lab.expect(geometricMean("momentum, equal time").equalTo(1).within(0.2))
                .in(STEPS)
                .butNotIn(STEPS.reading("momentum, equal number", "momentum, equal time"));
    }

    @Prediction("Momentum 0.9 with the same step, as often: more than 1.25 times the displacement")
    void momentumAtEqualNumber(Lab lab) {
        lab.expect(geometricMean("momentum, equal number").atLeast(1.35).within(0.1))
                .in(STEPS)
                .butNotIn(STEPS.reading("momentum, equal time", "momentum, equal number"));
    }

    @Prediction("The relative movement of theta grows like one over its initial deviation")
    void smallTheta(Lab lab) {
        lab.expect(exponent("movement", "1/deviation").equalTo(1).margin(0.1).per("data"))
                .in(SMALL_THETA)
                .butNotIn(SMALL_OUTPUT_WEIGHTS);
    }

    @Prediction("With eta = 2.5/lambda the kernel's change does not fall with the width")
    void kernelMovesBeyondTheLimit(Lab lab) {
        lab.expect(exponent("change", "width").equalTo(0).margin(0.15))
                .in(BEYOND_THE_LIMIT)
                .butNotIn(BELOW_THE_LIMIT);
    }

    @Prediction("There the largest eigenvalue falls to at most 4/5 of itself, at every width")
    void largestEigenvalueFalls(Lab lab) {
        lab.expect(geometricMean("largest eigenvalue over initial")
                        .atMost(2 / BEYOND)
                        .within(0.02))
                .in(BEYOND_THE_LIMIT)
                .butNotIn(BELOW_THE_LIMIT);
    }

    /** Enough for an instability that grows by a half in every step, from however small a part of the residual. */
    private static final int FEWEST_STEPS = 100;

    private static final int WIDTH = 64;
    private static final double MOMENTUM = 0.9;

    /** Which weights start with a smaller deviation than one. */
    private enum Small {
        THETA,
        OUTPUT_WEIGHTS;

        void apply(DenseNetwork network, double factor) {
            double[] parameters = network.parameters();
            int theta = network.architecture().inputs() * network.architecture().width();
            for (int i = 0; i < parameters.length; i++) {
                if (i < theta == (this == THETA)) {
                    parameters[i] *= factor;
                }
            }
            network.assign(parameters);
        }
    }

    private static Measurements compared(Trial trial) {
        Sample sample = trial.choice("data", Data.class).draw(trial.blockRandom("data"));
        Architecture architecture = Architecture.of(sample.dimension())
                .hidden(WIDTH, 1)
                .activation(TANH)
                .parametrization(Parametrization.ntk())
                .mirrored();
        try (DenseNetwork network = architecture.draw(trial.random("weights"))) {
            UpdateRule plain = new UpdateRule.Plain();
            UpdateRule heavyBall = new UpdateRule.HeavyBall(MOMENTUM);
            double coarse = displacement(network, sample, 0.5, 40, plain);
            double withMomentum = displacement(network, sample, 0.01, 200, heavyBall);
            return Measurements.of("finer steps, equal time", displacement(network, sample, 0.05, 400, plain) / coarse)
                    .and("finer steps, equal number", displacement(network, sample, 0.05, 40, plain) / coarse)
                    .and(
                            "momentum, equal time",
                            withMomentum / displacement(network, sample, 0.01 / (1 - MOMENTUM), 200, plain))
                    .and("momentum, equal number", withMomentum / displacement(network, sample, 0.01, 200, plain));
        }
    }

    /** After this many steps of this fraction of 1/lambda, from where the network is; it is put back. */
    private static double displacement(
            DenseNetwork network, Sample sample, double fraction, int steps, UpdateRule rule) {
        double[] start = network.parameters();
        GradientDescent.withStep(fraction / largestEigenvalue(network, sample.inputs()))
                .moving(rule)
                .atMost(steps)
                .run(network, sample.inputs(), sample.targets());
        double moved = network.motionFrom(start).total();
        network.assign(start);
        return moved;
    }

    private static Experiment startedSmall(Small small) {
        return Experiment.over(DEVIATIONS)
                .assuming("separation of the inputs", Data::separationOfTheNamed, Interval.atLeast(Data.SEPARATED))
                .measuring(trial -> {
                    Sample sample = trial.choice("data", Data.class).draw(trial.blockRandom("data"));
                    Architecture architecture = Architecture.of(sample.dimension())
                            .hidden(WIDTH, 1)
                            .activation(TANH)
                            .parametrization(Parametrization.ntk())
                            .mirrored();
                    try (DenseNetwork network = architecture.draw(trial.blockRandom("weights"))) {
                        small.apply(network, 1 / trial.number("1/deviation"));
                        double[] start = network.parameters();
                        Training training = GradientDescent.withStep(0.25 / largestEigenvalue(network, sample.inputs()))
                                .untilRelativeLoss(LazyRun.LOSS)
                                .run(network, sample.inputs(), sample.targets());
                        return Measurements.of(
                                        "movement",
                                        network.motionFrom(start)
                                                .layers()
                                                .get(0)
                                                .relative())
                                .and("relative loss", training.relativeLoss());
                    }
                })
                .validWhen(measured("relative loss").atMost(LazyRun.LOSS));
    }

    private static Experiment withStep(double fraction) {
        return Experiment.over(WIDTHS)
                .assuming("separation of the inputs", Data.SPHERE::separation, Interval.atLeast(Data.SEPARATED))
                .measuring(trial -> {
                    Sample sample = Data.SPHERE.draw(trial.blockRandom("data"));
                    Architecture architecture = Architecture.of(sample.dimension())
                            .hidden(trial.size("width"), 1)
                            .activation(RELU)
                            .parametrization(Parametrization.ntk())
                            .mirrored();
                    try (DenseNetwork network = architecture.draw(trial.random("weights"));
                            KernelFollower kernel = EmpiricalKernel.following(network, sample.inputs())) {
                        double largest = Spectrum.of(kernel.start()).largest();
                        Training training = GradientDescent.withStep(fraction / largest)
                                .untilRelativeLoss(LazyRun.LOSS)
                                .atLeast(FEWEST_STEPS)
                                .run(network, sample.inputs(), sample.targets());
                        return Measurements.of("change", kernel.drift())
                                .and(
                                        "largest eigenvalue over initial",
                                        Spectrum.of(kernel.now()).largest() / largest)
                                .and("relative loss", training.relativeLoss());
                    }
                })
                .validWhen(measured("relative loss").atMost(LazyRun.LOSS));
    }

    private static double largestEigenvalue(DenseNetwork network, SimpleMatrix inputs) {
        return Spectrum.of(EmpiricalKernel.of(network, inputs)).largest();
    }
}
