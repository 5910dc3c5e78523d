package lee2019;

import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.crucis.data.Sample;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.KernelFollower;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Measurements;
import org.crucis.network.Motion;
import org.crucis.network.Network;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * One training from initialisation to the end, followed as Theorem 2.1 asks: how far kernel, parameters and outputs get from
 * those of the linearisation at the same initialisation.
 *
 * <p>What is trained is f - f_0, or, the same, f towards y + f_0: the theorem's statement with the residual -y at every
 * initialisation. It makes networks of different widths comparable, and output weights of one sign, with f_0 of order sqrt(m),
 * too.
 *
 * <p>The step is 1/lambda_max, within the theorem's limit 2/(lambda_min + lambda_max). "For all t" is a run of at least T
 * steps with eta lambda_min T = 4, which shrinks the slowest mode of the linearised training by e^-4, and on to a relative
 * loss of 1e-3: every later change is that small.
 *
 * @param drift sup_t |Theta_t - Theta_0|_F / |Theta_0|_F over logarithmically spaced t
 * @param gap sup_t max_x |f_t(x) - f_t^lin(x)| over the same t and over training and further inputs x, f^lin by the same
 *     discrete recursion
 * @param motion of the parameters from their initial values, at the end
 * @param displacement squared motion of the linearisation at the end; r^T Theta_0^-1 r, with r the initial residual, after
 *     infinitely many steps
 * @param relativeLoss at the end, over the initial loss
 */
record LazyRun(double drift, double gap, Motion motion, double displacement, double relativeLoss) {

    /** eta lambda_min T at the end. */
    private static final double DECAYED = 4;

    /** A network far from its linearisation may take this many times as long. */
    private static final int FAR_FROM_LINEAR = 50;

    private static final Schedule TIMES = Schedule.logSpaced(4);

    /** What is looked at on the way, beside the outputs on the training inputs. */
    private enum Watched {
        KERNEL,
        OUTPUTS_ELSEWHERE
    }

    /**
     * The root mean square of a quantity over several networks, and their largest relative loss: a single network may by
     * chance hardly leave its linearisation, and its logarithm would rule the mean over blocks.
     *
     * @param measure how the quantity is called
     * @param run draws and trains the network of this number
     */
    static Measurements over(
            int networks, String measure, ToDoubleFunction<LazyRun> quantity, IntFunction<LazyRun> run) {
        double squares = 0;
        double relativeLoss = 0;
        for (int number = 0; number < networks; number++) {
            LazyRun each = run.apply(number);
            squares += quantity.applyAsDouble(each) * quantity.applyAsDouble(each);
            relativeLoss = Math.max(relativeLoss, each.relativeLoss());
        }
        return Measurements.of(measure, Math.sqrt(squares / networks)).and("relative loss", relativeLoss);
    }

    /**
     * Trains to the end of the theorem's "for all t" and watches the kernel.
     *
     * @param fraction the step times lambda_max: 1, or below where the kernel may grow while training
     */
    static LazyRun train(Network network, Sample sample, double fraction) {
        return train(network, sample, sample.inputs(), fraction, Watched.KERNEL);
    }

    /**
     * The same, watching the outputs elsewhere in the place of the kernel, which costs nearly as much as training: the drift is
     * not a number.
     *
     * @param further k x d, inputs to compare with the linearisation beside the training inputs
     */
    static LazyRun follow(Network network, Sample sample, SimpleMatrix further, double fraction) {
        return train(network, sample, further, fraction, Watched.OUTPUTS_ELSEWHERE);
    }

    private static LazyRun train(
            Network network, Sample sample, SimpleMatrix further, double fraction, Watched watched) {
        SimpleMatrix inputs = sample.inputs();
        try (KernelFollower kernel = EmpiricalKernel.following(network, inputs)) {
            SimpleMatrix before = network.outputs(inputs);
            double[] start = network.parameters();
            double step = fraction / Spectrum.of(kernel.start()).largest();
            LinearizedDynamics dynamics = LinearizedDynamics.gradientDescent(kernel.start(), step);
            int steps = (int) Math.ceil(DECAYED / (step * dynamics.spectrum().smallest()));
            SimpleMatrix zero = before.scale(0);
            double[] drift = {watched == Watched.KERNEL ? 0 : Double.NaN};
            double[] gap = {0};
            GradientDescent descent = GradientDescent.withStep(step)
                    .centred()
                    .untilRelativeLoss(1e-3)
                    .atLeast(steps)
                    .atMost(FAR_FROM_LINEAR * steps)
                    .probing(TIMES, (t, now, outputs) -> {
                        SimpleMatrix linear = before.plus(dynamics.trainOutputs(zero, sample.targets(), t));
                        gap[0] = Math.max(gap[0], outputs.minus(linear).elementMaxAbs());
                    });
            if (watched == Watched.KERNEL) {
                descent = descent.probing(TIMES, (t, now, outputs) -> drift[0] = Math.max(drift[0], kernel.drift()));
            } else {
                SimpleMatrix cross = EmpiricalKernel.between(network, further, inputs);
                SimpleMatrix away = network.outputs(further);
                descent = descent.probing(TIMES, (t, now, outputs) -> {
                    SimpleMatrix linear = dynamics.outputs(cross, away, zero, sample.targets(), t);
                    gap[0] = Math.max(gap[0], now.outputs(further).minus(linear).elementMaxAbs());
                });
            }
            Training training = descent.run(network, inputs, sample.targets());
            return new LazyRun(
                    drift[0],
                    gap[0],
                    network.motionFrom(start),
                    dynamics.squaredDisplacement(sample.targets(), training.steps()),
                    training.relativeLoss());
        }
    }
}
