package org.crucis.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.simple.SimpleMatrix;

/**
 * The on/off patterns of a ReLU network: which hidden neurons are active at which inputs. How many of them training flips
 * decides how far the network is from the one with frozen gates, and from its linearisation.
 */
public final class Patterns {

    /** One matrix a hidden layer, n x width, of zeros and ones. */
    private final List<SimpleMatrix> layers;

    private Patterns(List<SimpleMatrix> layers) {
        this.layers = layers;
    }

    /**
     * The patterns at the network's present weights.
     *
     * @param inputs n x d, one input a row
     * @throws IllegalArgumentException if the shape does not fit, an entry is not finite, or the neurons are no ReLU neurons
     *     whose patterns could change
     */
    public static Patterns of(DenseNetwork network, SimpleMatrix inputs) {
        Architecture architecture = network.architecture();
        if (architecture.isGated() || architecture.activation() != Activation.RELU) {
            throw new IllegalArgumentException("Patterns that training changes are those of ReLU neurons without frozen"
                    + " gates, but these are " + (architecture.isGated() ? "gated" : architecture.activation())
                    + "; for frozen ones ask gates(inputs).");
        }
        List<SimpleMatrix> layers = new ArrayList<>();
        try (Propagation propagation = Propagation.of(network, inputs)) {
            propagation.forward();
            double[] values = new double[inputs.getNumRows() * architecture.width()];
            for (int layer = 1; layer <= architecture.depth(); layer++) {
                propagation.inputsOf(layer).read(0, values, values.length);
                double[] active =
                        Arrays.stream(values).map(value -> value > 0 ? 1 : 0).toArray();
                layers.add(new SimpleMatrix(inputs.getNumRows(), architecture.width(), false, active));
            }
        }
        return new Patterns(layers);
    }

    /** 1 where a neuron of this hidden layer (from 0) is active, 0 where it is not: n x width. */
    public SimpleMatrix layer(int layer) {
        return layers.get(layer).copy();
    }

    /** The fraction of input and neuron pairs of a hidden layer (from 0) that are not as they were, in [0, 1]. */
    public double flippedSince(Patterns earlier, int layer) {
        SimpleMatrix difference = layers.get(layer).minus(earlier.layers.get(layer));
        // Of zeros and ones the sum of squares is the number of differences.
        return difference.elementMult(difference).elementSum() / difference.getNumElements();
    }

    /** The same fraction over all hidden layers from this one (counted from 0) to the last. */
    public double flippedFrom(int lowest, Patterns earlier) {
        double sum = 0;
        for (int layer = lowest; layer < layers.size(); layer++) {
            sum += flippedSince(earlier, layer);
        }
        return sum / (layers.size() - lowest);
    }
}
