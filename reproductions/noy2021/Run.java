package noy2021;

import org.crucis.data.Sample;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.KernelFollower;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.kernel.Spectrum;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Gates;
import org.crucis.network.Patterns;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.crucis.training.Training;
import org.ejml.simple.SimpleMatrix;

/**
 * One training to the end, followed step by step: what the theorem bounds, and how far the network gets from its linearisation
 * at the start.
 *
 * @param contraction the largest factor of |e|^2, e = f - y, over the steps, divided by the theorem's 1 - eta lambda_min(K(0))/2
 * @param definiteness the least lambda_min(K(t)) / lambda_min(K(0)); 0 where K(0) is singular
 * @param motion (sum_k |W_k(T) - W_k(0)|_F^2)^(1/2)
 * @param flips the fraction of patterns of the trained layers that differ at the end; 0 where they are frozen
 * @param gap the largest |f(t) - f_lin(t)| / |e(0)|, with f_lin by the linear recursion at K(0)
 * @param drift the largest |K(t) - K(0)|_F / |K(0)|_F
 * @param relativeLoss at the end, over the initial loss
 */
record Run(
        double contraction,
        double definiteness,
        double motion,
        double flips,
        double gap,
        double drift,
        double relativeLoss) {

    /** eta lambda_max(K(0)), fixed in advance; the linear model is stable below 2. */
    static final double FRACTION = 0.5;

    /** The relative loss at which a run ends. */
    static final double CONVERGED = 1e-3;

    private static final int PATIENCE = 5;

    /** Eigenvalues below this fraction of the largest one are rounding. */
    private static final double SINGULAR = 1e-12;

    /**
     * Stands for a factor that is not positive, by which no squared error can fall: beyond the stable steps, at kernels whose
     * eigenvalues are almost equal.
     */
    private static final double IMPOSSIBLE = 1e-12;

    /** For kernels that are singular, or nearly so. */
    private static final int LONGEST = 3000;

    /**
     * Trains a network, for {@value #PATIENCE} times the time of the theorem's rate at most.
     *
     * @param fraction eta lambda_max(K(0))
     * @param times when to look at the kernel and the linearisation
     */
    static Run follow(DenseNetwork network, Sample sample, double fraction, Schedule times) {
        SimpleMatrix inputs = sample.inputs();
        Architecture architecture = network.architecture();
        try (KernelFollower kernel = EmpiricalKernel.following(network, inputs)) {
            Spectrum spectrum = Spectrum.of(kernel.start());
            if (spectrum.largest() == 0) {
                return new Run(1, 0, 0, 0, 0, 0, 1); // every neuron is off for every input: nothing can move
            }
            boolean singular = spectrum.rank(SINGULAR) < spectrum.size();
            double step = fraction / spectrum.largest();
            double allowed = Math.max(IMPOSSIBLE, 1 - step * spectrum.smallest() / 2);
            LinearizedDynamics dynamics = LinearizedDynamics.gradientDescent(kernel.start(), step);
            double[] start = network.parameters();
            SimpleMatrix initial = network.outputs(inputs);
            double scale = initial.minus(sample.targets()).normF();
            double[] seen = {1, 0, 0};
            boolean flipping = architecture.gates() == Gates.NONE;
            Patterns before = flipping ? Patterns.of(network, inputs) : null;
            Training training = GradientDescent.withStep(step)
                    .untilRelativeLoss(CONVERGED)
                    .atMost(mostSteps(step * spectrum.smallest() / 2))
                    .probing(times, (t, now, outputs) -> {
                        SimpleMatrix theta = kernel.now();
                        SimpleMatrix linear = dynamics.trainOutputs(initial, sample.targets(), t);
                        double least = Spectrum.of(theta).smallest();
                        seen[0] = Math.min(seen[0], singular ? 0 : least / spectrum.smallest());
                        seen[1] = Math.max(seen[1], outputs.minus(linear).normF() / scale);
                        seen[2] = Math.max(
                                seen[2],
                                theta.minus(kernel.start()).normF()
                                        / kernel.start().normF());
                    })
                    .run(network, inputs, sample.targets());
            return new Run(
                    worstFactor(training) / allowed,
                    seen[0],
                    network.motionFrom(start).total(),
                    flipping ? Patterns.of(network, inputs).flippedFrom(1, before) : 0,
                    seen[1],
                    seen[2],
                    training.relativeLoss());
        }
    }

    private static int mostSteps(double rate) {
        return rate > 0 ? (int) Math.min(LONGEST, Math.ceil(PATIENCE * Math.log(1 / CONVERGED) / rate)) : LONGEST;
    }

    /** The largest factor by which a step changed the loss. */
    static double worstFactor(Training training) {
        double worst = 0;
        for (int t = 0; t < training.steps(); t++) {
            worst = Math.max(worst, training.loss(t + 1) / training.loss(t));
        }
        return worst;
    }
}
