package dyer2019;

import org.crucis.data.Sample;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.KernelFollower;
import org.crucis.kernel.Spectrum;
import org.crucis.network.Network;
import org.crucis.training.GradientDescent;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * Training for a fixed time, eta lambda_max T = {@value #STEPS}/2, and the tangent kernel on the training inputs before and
 * after it.
 *
 * @param before Theta_0, n x n
 * @param after Theta_T, n x n
 * @param relativeLoss at the end, over the initial loss
 */
record FixedTimeRun(SimpleMatrix before, SimpleMatrix after, double relativeLoss) {

    /** The step times lambda_max: at small widths the kernel may grow severalfold, and a full step diverge. */
    static final double FRACTION = 0.5;

    /** Number of steps. */
    static final int STEPS = 10;

    /** Trains f - f_0, so that output weights of one sign, with f_0 of order sqrt(m), are comparable. */
    static FixedTimeRun centred(Network network, Sample sample) {
        SimpleMatrix inputs = sample.inputs();
        try (KernelFollower kernel = EmpiricalKernel.following(network, inputs)) {
            double step = FRACTION / Spectrum.of(kernel.start()).largest();
            Training training =
                    GradientDescent.withStep(step).centred().atMost(STEPS).run(network, inputs, sample.targets());
            return new FixedTimeRun(kernel.start(), kernel.now(), training.relativeLoss());
        }
    }

    /** |Theta_T - Theta_0|_F / |Theta_0|_F. */
    double change() {
        return after.minus(before).normF() / before.normF();
    }
}
