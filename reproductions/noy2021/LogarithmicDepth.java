package noy2021;

import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Sample;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Measurements;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Gates;
import org.crucis.training.GradientDescent;
import org.ejml.simple.SimpleMatrix;

/**
 * The depth at which independent gates separate the inputs, and the width that goes with it (derived): for L + 1 >= ln(2n) /
 * ln(1/gamma_max) every row of the normalised limiting kernel has off-diagonal entries of at most 1/2 in sum, so that its condition
 * number is at most 3 (Gershgorin).
 *
 * @param sample with inputs of length one
 * @param layers L(n)
 * @param width {@value #CONSTANT} n^2 L(n)
 */
record LogarithmicDepth(Sample sample, int layers, int width) {

    /** C of m = C n^2 L. */
    private static final int CONSTANT = 2;

    private static final int NETWORKS = 2;

    /** Twelve times what a condition number of 3 allows. */
    private static final int MOST_STEPS = 100;

    static LogarithmicDepth on(Sample sample) {
        int n = sample.size();
        double largest = 0;
        SimpleMatrix cosines = sample.inputs().mult(sample.inputs().transpose());
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                largest = Math.max(largest, cosines.get(i, j));
            }
        }
        double gamma = 1 - Math.acos(Math.min(1, largest)) / Math.PI;
        // Of inputs that coincide gamma is 1: no depth separates them, and the sizes are the largest there are.
        double layers = Math.max(1, Math.ceil(Math.log(2 * n) / Math.abs(Math.log(gamma)) - 1));
        return new LogarithmicDepth(sample, (int) layers, (int) (CONSTANT * n * n * layers));
    }

    /** The same depth and width on other inputs. */
    LogarithmicDepth withInputs(SimpleMatrix others) {
        return new LogarithmicDepth(new Sample(others, sample.targets(), sample.name()), layers, width);
    }

    /**
     * Draws networks, takes the condition number of their kernels, and trains them with the step 1/lambda_max: means over the
     * networks, of the logarithm for the condition number.
     */
    Measurements run(Gates gates, Function<String, UniformRandomProvider> random) {
        SimpleMatrix inputs = sample.inputs();
        double logCondition = 0;
        double steps = 0;
        for (int draw = 0; draw < NETWORKS; draw++) {
            try (DenseNetwork network = Setting.architecture(sample.dimension(), width, layers)
                    .gates(gates)
                    .draw(random.apply("weights " + draw))) {
                Spectrum spectrum = Spectrum.of(EmpiricalKernel.of(network, inputs));
                logCondition += Math.log(spectrum.condition()) / NETWORKS;
                steps += GradientDescent.withStep(1 / spectrum.largest())
                                .untilRelativeLoss(Run.CONVERGED)
                                .atMost(MOST_STEPS)
                                .run(network, inputs, sample.targets())
                                .steps()
                        / (double) NETWORKS;
            }
        }
        return Measurements.of("condition number", Math.exp(logCondition))
                .and("steps", steps)
                .and("layers", layers)
                .and("width", width);
    }
}
