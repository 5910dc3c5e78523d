package fang2020;

import org.crucis.data.Sample;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.network.DenseNetwork;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * One training to a fixed relative loss, beside the linearised training with the same steps from the same start.
 *
 * @param displacement root mean square over the neurons of |(u_j, theta_j) - (u_j, theta_j)(0)| at the end, in the
 *     coordinates of the paper, whatever the scale of the output
 * @param gap sup_t max_x |f_t(x) - f_lin,t(x)| over logarithmically spaced t, on the training inputs and on further ones
 * @param range sup_t max_x |f_t(x) - f_0(x)| over the same
 * @param relativeLoss at the end, over the initial loss
 */
record LazyRun(double displacement, double gap, double range, double relativeLoss) {

    /** Loss over initial loss at which displacements are compared. */
    static final double LOSS = 0.01;

    /** Of 1/lambda_max: small, because the kernel grows where training is not lazy. */
    private static final double FRACTION = 0.25;

    private static final int MOST_STEPS = 20_000;

    static LazyRun train(DenseNetwork network, Sample sample, SimpleMatrix further, Start start) {
        SimpleMatrix inputs = sample.inputs();
        SimpleMatrix before = network.outputs(inputs);
        SimpleMatrix furtherBefore = network.outputs(further);
        SimpleMatrix targets = start == Start.CENTRED ? sample.targets().plus(before) : sample.targets();
        SimpleMatrix kernel = EmpiricalKernel.of(network, inputs);
        SimpleMatrix cross = EmpiricalKernel.between(network, further, inputs);
        double step = FRACTION / LinearizedDynamics.flow(kernel, 1).spectrum().largest();
        LinearizedDynamics linear = LinearizedDynamics.gradientDescent(kernel, step);
        double[] parameters = network.parameters();
        double[] sup = new double[2];
        Training training = GradientDescent.withStep(step)
                .untilRelativeLoss(LOSS)
                .atMost(MOST_STEPS)
                .probing(Schedule.logSpaced(4), (t, now, outputs) -> {
                    SimpleMatrix furtherNow = now.outputs(further);
                    double gap = Math.max(
                            largest(outputs, linear.trainOutputs(before, targets, t)),
                            largest(furtherNow, linear.outputs(cross, furtherBefore, before, targets, t)));
                    sup[0] = Math.max(sup[0], gap);
                    sup[1] = Math.max(sup[1], Math.max(largest(outputs, before), largest(furtherNow, furtherBefore)));
                })
                .run(network, inputs, targets);
        double neurons = network.architecture().width();
        return new LazyRun(
                network.motionFrom(parameters).total() / Math.sqrt(neurons), sup[0], sup[1], training.relativeLoss());
    }

    private static double largest(SimpleMatrix a, SimpleMatrix b) {
        return a.minus(b).elementMaxAbs();
    }
}
