package du2018;

import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.FirstLayer;
import org.crucis.kernel.Spectrum;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.OutputWeights;
import org.crucis.network.Parametrization;
import org.crucis.network.Trained;
import org.ejml.simple.SimpleMatrix;

/** The paper's network, and the limit of its Gram matrix. */
final class Setting {

    /** lambda_0 below this counts as 0 before a training: its last mode would take thousands of steps. */
    static final double POSITIVE = 1e-3;

    private Setting() {}

    /**
     * f(x) = m^(-1/2) sum_r a_r relu(w_r . x), first layer trained, in the theorem's coordinates: with sw^2 = sqrt(d) the stock
     * weight is d^(-1/4) w and the output factor d^(1/4)/sqrt(m), so that the tangent kernel is H and motions are those of w.
     */
    static Architecture network(int dimension, int width) {
        return Architecture.of(dimension)
                .hidden(width, 1)
                .activation(Activation.RELU)
                .variances(Math.sqrt(dimension), 0)
                .parametrization(Parametrization.ntk())
                .outputWeights(OutputWeights.SIGNS)
                .trained(Trained.HIDDEN);
    }

    /** f(x) = (1/m) sum_r a_r relu(w_r . x) at m times the rate: the same Gram matrix at the start, weights that move. */
    static Architecture meanField(int dimension, int width) {
        return network(dimension, width).parametrization(Parametrization.meanField());
    }

    /** H^inf, n x n, for inputs of any length. */
    static SimpleMatrix limitingGram(SimpleMatrix inputs) {
        return AnalyticKernel.of(Activation.RELU, 1, 1, 0)
                .withFirstLayer(FirstLayer.UNSCALED)
                .training(Trained.HIDDEN)
                .at(inputs)
                .ntk();
    }

    /** The spectrum of H^inf; its smallest value is lambda_0. */
    static Spectrum limitingSpectrum(SimpleMatrix inputs) {
        return Spectrum.of(limitingGram(inputs));
    }
}
