package lee2019;

import static org.crucis.network.Activation.ERF;

import org.crucis.kernel.AnalyticKernel;
import org.crucis.network.Architecture;

/** One hidden layer of erf units, sw^2 = 2.25 and sb^2 = 0.01, and its limit: both kernels have closed forms. */
final class ErfLimit {

    private static final double WEIGHT_VARIANCE = 2.25;
    private static final double BIAS_VARIANCE = 0.01;

    /** All layers trained. */
    static final AnalyticKernel KERNEL = AnalyticKernel.of(ERF, 1, WEIGHT_VARIANCE, BIAS_VARIANCE);

    private ErfLimit() {}

    /** The network that the kernel is the limit of. */
    static Architecture network(int inputs, int width) {
        return Architecture.of(inputs).hidden(width, 1).activation(ERF).variances(WEIGHT_VARIANCE, BIAS_VARIANCE);
    }
}
