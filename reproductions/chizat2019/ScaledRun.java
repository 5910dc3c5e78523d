package chizat2019;

import org.crucis.data.Sample;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.KernelFollower;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.kernel.Spectrum;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Network;
import org.crucis.network.Steps;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * One training of a scaled network to the end (eta lambda_min T at least 4, relative loss at most 1e-3), beside the
 * linearised training with the same steps from the same start.
 *
 * @param motion sup_t |w_t - w_0| over logarithmically spaced t, in the parametrization's coordinates
 * @param distance sup_t |w_t - w_lin,t| over the same t
 * @param gap sup_t max_i |f_t(x_i) - f_lin,t(x_i)| over the same t
 * @param change sup_t |Theta_t - Theta_0|_F / |Theta_0|_F over the same t
 * @param relativeLoss at the end, over the initial loss
 */
record ScaledRun(double motion, double distance, double gap, double change, double relativeLoss) {

    private static final double DECAYED = 4;
    private static final int FAR_FROM_LINEAR = 50;

    static ScaledRun train(DenseNetwork network, Sample sample, Start start) {
        SimpleMatrix inputs = sample.inputs();
        SimpleMatrix before = network.outputs(inputs);
        SimpleMatrix targets = start == Start.CENTRED ? sample.targets().plus(before) : sample.targets();
        SimpleMatrix residual = before.minus(targets);
        double[] parameters = network.parameters();
        SimpleMatrix identity = SimpleMatrix.identity(sample.size());
        double[] sup = new double[4];
        try (Network linearised = network.copy();
                KernelFollower kernel = EmpiricalKernel.following(network, inputs)) {
            Spectrum spectrum = Spectrum.of(kernel.start());
            // Half of 1/lambda_max: the kernel of the control grows while it trains.
            double step = 0.5 / spectrum.largest();
            LinearizedDynamics linear = LinearizedDynamics.gradientDescent(kernel.start(), step);
            int steps = (int) Math.ceil(DECAYED / (step * spectrum.smallest()));
            Training training = GradientDescent.withStep(step)
                    .untilRelativeLoss(1e-3)
                    .atLeast(steps)
                    .atMost(FAR_FROM_LINEAR * steps)
                    .probing(Schedule.logSpaced(4), (t, now, outputs) -> {
                        moveLinearly(
                                linearised,
                                parameters,
                                inputs,
                                linear.gain(identity, t).mult(residual));
                        SimpleMatrix predicted = linear.residual(residual, t).plus(targets);
                        sup[0] = Math.max(sup[0], now.motionFrom(parameters).total());
                        sup[1] = Math.max(
                                sup[1], now.motionFrom(linearised.parameters()).total());
                        sup[2] = Math.max(sup[2], outputs.minus(predicted).elementMaxAbs());
                        sup[3] = Math.max(sup[3], kernel.drift());
                    })
                    .run(network, inputs, targets);
            return new ScaledRun(sup[0], sup[1], sup[2], sup[3], training.relativeLoss());
        }
    }

    /** Parameters of the linearised training: one step of size 1 from the start against the summed residuals. */
    private static void moveLinearly(
            Network linearised, double[] start, SimpleMatrix inputs, SimpleMatrix summedResiduals) {
        linearised.assign(start);
        try (Steps steps = Steps.of(linearised, inputs)) {
            steps.step(summedResiduals.getDDRM().getData(), 1);
        }
    }
}
