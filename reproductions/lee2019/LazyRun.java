package lee2019;

import org.crucis.data.Sample;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.LinearizedDynamics;
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
 * <p>The step is 1/lambda_max, within the theorem's limit 2/(lambda_min + lambda_max). "For all t" is a run of at least T
 * steps with eta lambda_min T = 4, which shrinks the slowest mode of the linearised training by e^-4, and on to a relative
 * loss of 1e-3: every later change is that small.
 *
 * @param drift sup_t |Theta_t - Theta_0|_F / |Theta_0|_F over logarithmically spaced t
 * @param gap sup_t max_i |f_t(x_i) - f_t^lin(x_i)| over the same t, f^lin by the same discrete recursion
 * @param motion of the parameters from their initial values, at the end
 * @param displacement (y - f_0)^T Theta_0^-1 (y - f_0), the squared motion of the linearisation
 * @param relativeLoss at the end, over the initial loss
 */
record LazyRun(double drift, double gap, Motion motion, double displacement, double relativeLoss) {

    /** eta lambda_min T at the end. */
    private static final double DECAYED = 4;

    /** A network far from its linearisation may take this many times as long. */
    private static final int FAR_FROM_LINEAR = 50;

    /** Trains with the step 1/lambda_max to the end of the theorem's "for all t". */
    static LazyRun train(Network network, Sample sample) {
        return train(network, sample, 1);
    }

    /**
     * The same with another step.
     *
     * @param fraction the step times lambda_max; below 1 where the kernel may grow while training
     */
    static LazyRun train(Network network, Sample sample, double fraction) {
        SimpleMatrix inputs = sample.inputs();
        SimpleMatrix kernel = EmpiricalKernel.of(network, inputs);
        SimpleMatrix before = network.outputs(inputs);
        double[] start = network.parameters();
        LinearizedDynamics linear = LinearizedDynamics.gradientDescent(kernel, 1);
        double step = fraction / linear.spectrum().largest();
        LinearizedDynamics dynamics = LinearizedDynamics.gradientDescent(kernel, step);
        int steps = (int) Math.ceil(DECAYED / (step * linear.spectrum().smallest()));
        double[] drift = {0};
        double[] gap = {0};
        // Centred: f - f_0 is trained, so that output weights of one sign, with f_0 of order sqrt(m), are comparable.
        Training training = GradientDescent.withStep(step)
                .centred()
                .untilRelativeLoss(1e-3)
                .atLeast(steps)
                .atMost(FAR_FROM_LINEAR * steps)
                .probing(Schedule.logSpaced(4), (t, now, outputs) -> {
                    double moved = EmpiricalKernel.of(now, inputs).minus(kernel).normF();
                    drift[0] = Math.max(drift[0], moved / kernel.normF());
                    SimpleMatrix predicted = dynamics.trainOutputs(before.minus(before), sample.targets(), t);
                    gap[0] = Math.max(
                            gap[0], outputs.minus(before).minus(predicted).elementMaxAbs());
                })
                .run(network, inputs, sample.targets());
        return new LazyRun(
                drift[0],
                gap[0],
                network.motionFrom(start),
                dynamics.minimumNormDisplacement(sample.targets()),
                training.relativeLoss());
    }
}
