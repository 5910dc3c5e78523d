package zou2019;

import java.util.List;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.Spectrum;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.network.Parametrization;
import org.crucis.network.Parametrization.Exponents;
import org.crucis.network.Parametrization.Variances;
import org.crucis.network.Trained;
import org.crucis.training.GradientDescent;
import org.ejml.simple.SimpleMatrix;

/**
 * The paper's network and units: W_1 and W_l with entries N(0, 2/m), a fixed output row V with entries N(0, 1), f = V relu(W_L
 * ... relu(W_1 x)), plain gradient descent on every W_l at one rate.
 *
 * <p>With inputs of length sqrt(d) in place of length one every trained stock weight is sqrt(2) (in the first layer
 * sqrt(2/d)) times an own coordinate of deviation m^-1/2, and V stands as it is: all trained layers share the rate 2. So the
 * paper's step eta' is a step of eta'/2 here, its kernel K = sum_l (H_(l-1)' H_(l-1)) o (G_l' G_l) is half of the tangent
 * kernel, and its distances are sqrt(2) times those in own coordinates.
 *
 * <p>eta' is the step for S = (1/2) sum e_i^2. The paper's loss is L = S/n, so that its eta is n eta', and |grad_(W_l) L|^2 =
 * e' K_l e / n^2.
 */
final class Setting {

    private static final Exponents INNER = new Exponents(0, 0.5);

    static final Parametrization ZOU_GU = scaling("Zou-Gu", 0);

    /** The output divided by sqrt(m): the gradient loses its factor m, and training has to move the features. */
    static final Parametrization MEAN_FIELD = scaling("Zou-Gu, output over sqrt(m)", 0.5);

    /** The K of the networks is m/4 times the tangent kernel in NTK parametrization with sw^2 = 2. */
    private static final double OF_NTK = 0.25;

    private Setting() {}

    private static Parametrization scaling(String name, double outputMultiplier) {
        return new Parametrization(
                name, INNER, INNER, new Exponents(outputMultiplier, 0), 0, Variances.IN_MULTIPLIER, Math.sqrt(0.5));
    }

    /** The paper's network. */
    static Architecture network(int inputs, int width, int depth) {
        return Architecture.of(inputs)
                .hidden(width, depth)
                .variances(2, 0)
                .parametrization(ZOU_GU)
                .trained(Trained.HIDDEN);
    }

    /** The paper's K, all layers together. */
    static SimpleMatrix kernel(Network network, SimpleMatrix inputs) {
        return EmpiricalKernel.of(network, inputs).scale(0.5);
    }

    /** The paper's K_l of each trained layer, input side first. */
    static List<SimpleMatrix> layerKernels(Network network, SimpleMatrix inputs) {
        List<SimpleMatrix> shares = EmpiricalKernel.layerShares(network, inputs);
        return shares.subList(0, shares.size() - 1).stream()
                .map(share -> share.scale(0.5))
                .toList();
    }

    /** The K_L of the last hidden layer. */
    static SimpleMatrix lastLayerKernel(Network network, SimpleMatrix inputs) {
        List<SimpleMatrix> kernels = layerKernels(network, inputs);
        return kernels.get(kernels.size() - 1);
    }

    /** The limit of lambda_min(K)/m at infinite width. */
    static double smallestOfLimit(SimpleMatrix inputs, int depth) {
        return smallest(limit(depth).training(Trained.HIDDEN), inputs);
    }

    /** The limit of lambda_min(K_L)/m. */
    static double smallestOfLastLayersLimit(SimpleMatrix inputs, int depth) {
        return smallest(limit(depth).training(Trained.only(depth - 1)), inputs);
    }

    private static AnalyticKernel limit(int depth) {
        return AnalyticKernel.of(Activation.RELU, depth, 2, 0);
    }

    private static double smallest(AnalyticKernel kernel, SimpleMatrix inputs) {
        return OF_NTK * Spectrum.of(kernel.at(inputs).ntk()).smallest();
    }

    /** Gradient descent on S with the paper's step. */
    static GradientDescent descent(double step) {
        return GradientDescent.withStep(step / 2);
    }

    /** A quadratic form e' K e. */
    static double form(SimpleMatrix kernel, SimpleMatrix e) {
        return e.dot(kernel.mult(e));
    }
}
