package lee2019;

import static org.crucis.network.Activation.ERF;

import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.Spectrum;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.ejml.simple.SimpleMatrix;

/** One hidden layer of erf units, sw^2 = 2.25 and sb^2 = 0.01, and its limit: both kernels have closed forms. */
final class ErfLimit {

    private static final double WEIGHT_VARIANCE = 2.25;
    private static final double BIAS_VARIANCE = 0.01;

    /** All layers trained. */
    static final AnalyticKernel KERNEL = kernel(ERF);

    /** Smaller ratios lambda_min / lambda_max of the limiting kernel count as no positive definiteness. */
    static final double POSITIVE_DEFINITE = 1e-4;

    private ErfLimit() {}

    /** The hypothesis that the limiting tangent kernel is positive definite: lambda_min / lambda_max. */
    static double definiteness(AnalyticKernel kernel, SimpleMatrix inputs) {
        Spectrum spectrum = Spectrum.of(kernel.at(inputs).ntk());
        return spectrum.smallest() / spectrum.largest();
    }

    /** The same network with other units. */
    static AnalyticKernel kernel(Activation activation) {
        return AnalyticKernel.of(activation, 1, WEIGHT_VARIANCE, BIAS_VARIANCE);
    }

    /** The network that the kernel is the limit of. */
    static Architecture network(int inputs, int width) {
        return Architecture.of(inputs).hidden(width, 1).activation(ERF).variances(WEIGHT_VARIANCE, BIAS_VARIANCE);
    }
}
