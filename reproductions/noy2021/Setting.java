package noy2021;

import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.FirstLayer;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Gates;
import org.crucis.network.Parametrization;
import org.crucis.network.Trained;
import org.ejml.simple.SimpleMatrix;

/**
 * The networks of the paper (recalled): h_0 = relu(A x), h_k = relu(W_k h_(k-1)) for k = 1..L, f = B h_L, on inputs of length one,
 * with A and W_k of entries N(0, 2/m) and B of entries N(0, 1). All W_k are trained at one rate, A and B are fixed. With frozen
 * gates relu is replaced by the gates' product.
 *
 * <p>Here A has the entries N(0, 2/d) and B the entries N(0, d/m): a factor moved from one fixed end to the other, which leaves
 * outputs, kernel and training of the W_k as they are.
 */
final class Setting {

    private Setting() {}

    /**
     * @param d input dimension
     * @param width m
     * @param trained L, the number of trained layers
     */
    static Architecture architecture(int d, int width, int trained) {
        return Architecture.of(d)
                .hidden(width, trained + 1)
                .parametrization(Parametrization.standard().scaledBy(Math.sqrt(d / 2.0)))
                .variances(2, 0)
                .trained(Trained.INNER);
    }

    /** The same with B divided by sqrt(m): the kernel no longer grows with the width, and weights have to move by order one. */
    static Architecture meanField(int d, int width, int trained) {
        return architecture(d, width, trained)
                .parametrization(Parametrization.standard().scaledBy(Math.sqrt(d / 2.0 / width)));
    }

    /**
     * The limit of K/m for infinite width (derived). Independent gates: L/2 rho gamma^(L+1). The gates of the ReLU network at
     * initialisation, and the ReLU network itself: 1/2 sum_k kappa_1^(k)(rho) prod_(l=k..L) kappa_0(kappa_1^(l)(rho)), which is
     * half of the tangent kernel in NTK parametrization with sw^2 = 2 and a first layer without it.
     *
     * @param inputs n x d, each of length one
     * @return n x n, with the diagonal L/2
     */
    static SimpleMatrix limit(Gates gates, SimpleMatrix inputs, int trained) {
        if (gates != Gates.INDEPENDENT) {
            return AnalyticKernel.of(Activation.RELU, trained + 1, 2, 0)
                    .withFirstLayer(FirstLayer.UNSCALED)
                    .training(Trained.INNER)
                    .at(inputs)
                    .ntk()
                    .divide(2);
        }
        return normalized(inputs, trained).scale(trained / 2.0);
    }

    /** rho gamma^(L+1), the limit of K_ij / sqrt(K_ii K_jj) for independent gates: n x n, ones on the diagonal. */
    static SimpleMatrix normalized(SimpleMatrix inputs, int trained) {
        SimpleMatrix cosines = inputs.mult(inputs.transpose());
        SimpleMatrix normalized = SimpleMatrix.identity(inputs.getNumRows());
        for (int i = 0; i < inputs.getNumRows(); i++) {
            for (int j = 0; j < i; j++) {
                double rho = Math.max(-1, Math.min(1, cosines.get(i, j)));
                double entry = rho * Math.pow(1 - Math.acos(rho) / Math.PI, trained + 1);
                normalized.set(i, j, entry);
                normalized.set(j, i, entry);
            }
        }
        return normalized;
    }
}
