package lee2019;

import java.util.ArrayList;
import java.util.List;
import org.crucis.network.Activation;
import org.crucis.network.DenseNetwork;
import org.ejml.simple.SimpleMatrix;

/**
 * The NTK parametrization written out as the paper has it, with its factors before unit-variance parameters: {@code z_1 =
 * (sw/sqrt(d)) W_1 x + sb b_1}, {@code z_{l+1} = (sw/sqrt(m)) W_{l+1} phi(z_l) + sb b_{l+1}}, and plain gradient descent at one
 * common rate eta on half the sum of squares. It shares nothing but the activation with the networks that are trained.
 */
final class ExplicitDescent {

    private final Activation phi;
    private final double sb;
    private final List<SimpleMatrix> weights = new ArrayList<>();
    private final List<SimpleMatrix> biases = new ArrayList<>();
    private final List<Double> factors = new ArrayList<>();

    /** Starts from a network's stock weights, divided by the factors. */
    ExplicitDescent(DenseNetwork network, Activation phi, double weightVariance, double biasVariance) {
        this.phi = phi;
        this.sb = Math.sqrt(biasVariance);
        for (int layer = 0; layer < network.layers(); layer++) {
            SimpleMatrix stock = network.weights(layer);
            double factor = Math.sqrt(weightVariance / stock.getNumRows());
            factors.add(factor);
            weights.add(stock.divide(factor));
            biases.add(new SimpleMatrix(1, stock.getNumCols(), true, network.biases(layer)).divide(sb));
        }
    }

    /** The outputs before and after each of some steps. */
    List<SimpleMatrix> run(SimpleMatrix inputs, SimpleMatrix targets, double eta, int steps) {
        List<SimpleMatrix> outputs = new ArrayList<>();
        for (int t = 0; t <= steps; t++) {
            outputs.add(step(inputs, targets, t < steps ? eta : 0));
        }
        return outputs;
    }

    /** Returns the present outputs and then moves every parameter against its gradient. */
    private SimpleMatrix step(SimpleMatrix inputs, SimpleMatrix targets, double eta) {
        SimpleMatrix ones = SimpleMatrix.filled(inputs.getNumRows(), 1, 1);
        int last = weights.size() - 1;
        List<SimpleMatrix> received = new ArrayList<>(List.of(inputs));
        List<SimpleMatrix> slopes = new ArrayList<>();
        SimpleMatrix z = inputs;
        for (int layer = 0; layer <= last; layer++) {
            z = received.get(layer)
                    .mult(weights.get(layer))
                    .scale(factors.get(layer))
                    .plus(ones.mult(biases.get(layer)).scale(sb));
            slopes.add(mapped(z, layer == last ? value -> 1 : phi::derivative));
            received.add(mapped(z, layer == last ? value -> value : phi::value));
        }
        SimpleMatrix signal = z.minus(targets);
        for (int layer = last; layer >= 0; layer--) {
            SimpleMatrix gradient = received.get(layer).transpose().mult(signal).scale(factors.get(layer));
            SimpleMatrix biasGradient = ones.transpose().mult(signal).scale(sb);
            SimpleMatrix below = signal.mult(weights.get(layer).transpose()).scale(factors.get(layer));
            weights.set(layer, weights.get(layer).minus(gradient.scale(eta)));
            biases.set(layer, biases.get(layer).minus(biasGradient.scale(eta)));
            if (layer > 0) {
                signal = below.elementMult(slopes.get(layer - 1));
            }
        }
        return z;
    }

    private static SimpleMatrix mapped(SimpleMatrix z, java.util.function.DoubleUnaryOperator function) {
        SimpleMatrix image = z.copy();
        for (int i = 0; i < image.getNumElements(); i++) {
            image.set(i, function.applyAsDouble(image.get(i)));
        }
        return image;
    }
}
