package org.crucis.feature;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.ejml.simple.SimpleMatrix;

/**
 * The neurons of a two-layer network as points: neuron j has the feature theta_j, which is its incoming weights and, where
 * there are biases, its bias as the last coordinate, and the output weight u_j. Immutable: what goes in and out is copied.
 *
 * @param features theta, m x k, one neuron a row, finite
 * @param outputWeights u, m numbers, finite
 */
public record FeatureCloud(SimpleMatrix features, double[] outputWeights) {

    /** @throws IllegalArgumentException if there is no neuron, the numbers of rows differ, or an entry is not finite */
    public FeatureCloud {
        Points.requireUsable(features, "features");
        if (outputWeights.length != features.getNumRows()) {
            throw new IllegalArgumentException("Got " + outputWeights.length + " output weights for "
                    + features.getNumRows() + " features; pass one for each row of the features.");
        }
        Points.requireUsable(new SimpleMatrix(outputWeights.length, 1, false, outputWeights), "output weights");
        features = features.copy();
        outputWeights = outputWeights.clone();
    }

    /**
     * The neurons at the network's present weights, in the parametrization's own coordinates: stock weight over multiplier.
     * An output bias belongs to no neuron and is left out; drawn at order one, it makes networks of every width learn different
     * laws, so that for a limit it has to be avoided: by mirrored neurons, or by a constant input in the place of biases.
     *
     * @throws IllegalArgumentException if there is not exactly one hidden layer and one output, or the gates are frozen
     */
    public static FeatureCloud of(DenseNetwork network) {
        requireOneOutput(network);
        SimpleMatrix incoming =
                network.weights(0).transpose().divide(network.scale(0).multiplier());
        double[] biases = network.biases(0);
        if (biases.length > 0) {
            SimpleMatrix own = new SimpleMatrix(biases.length, 1, false, biases);
            incoming = incoming.concatColumns(own.divide(network.scale(0).biasMultiplier()));
        }
        SimpleMatrix outgoing = network.weights(1).divide(network.scale(1).multiplier());
        return new FeatureCloud(incoming, outgoing.getDDRM().getData());
    }

    /**
     * The hidden activations h(theta_j, x_i) of all neurons at the network's present weights.
     *
     * @param inputs n x d, one input a row
     * @return n x m
     * @throws IllegalArgumentException if there is not exactly one hidden layer, the gates are frozen, the shape does not
     *     fit or an entry is not finite
     */
    public static SimpleMatrix activations(DenseNetwork network, SimpleMatrix inputs) {
        return activations(
                network,
                inputs,
                IntStream.range(0, network.architecture().width()).toArray());
    }

    /**
     * The hidden activations of some neurons only, in this order.
     *
     * @param inputs n x d, one input a row
     * @param neurons k numbers from 0 to m - 1, such as {@link Importance#drawDistinct} gives
     * @return n x k
     * @throws IllegalArgumentException as for all neurons, or if there is no such neuron
     */
    public static SimpleMatrix activations(DenseNetwork network, SimpleMatrix inputs, int... neurons) {
        requireNeurons(network);
        network.requireInputs(inputs);
        Activation activation = network.architecture().activation();
        SimpleMatrix weights = network.weights(0);
        double[] biases = network.biases(0);
        SimpleMatrix chosen = new SimpleMatrix(weights.getNumRows(), neurons.length);
        for (int j = 0; j < neurons.length; j++) {
            if (neurons[j] < 0 || neurons[j] >= weights.getNumCols()) {
                throw new IllegalArgumentException("There is no neuron " + neurons[j] + "; they are counted from 0 to "
                        + (weights.getNumCols() - 1) + ".");
            }
            chosen.insertIntoThis(0, j, weights.getColumn(neurons[j]));
        }
        SimpleMatrix hidden = inputs.mult(chosen);
        for (int i = 0; i < hidden.getNumRows(); i++) {
            for (int j = 0; j < neurons.length; j++) {
                double bias = biases.length > 0 ? biases[neurons[j]] : 0;
                hidden.set(i, j, activation.value(hidden.get(i, j) + bias));
            }
        }
        return hidden;
    }

    private static void requireOneOutput(DenseNetwork network) {
        requireNeurons(network);
        if (network.outputSize() != 1) {
            throw new IllegalArgumentException(
                    "A neuron has one output weight in a network with one output, but this one has "
                            + network.outputSize() + "; draw an architecture with outputs(1).");
        }
    }

    private static void requireNeurons(DenseNetwork network) {
        Architecture architecture = network.architecture();
        if (architecture.depth() != 1) {
            throw new IllegalArgumentException(
                    "Neurons form one cloud in a network with one hidden layer, but this one has "
                            + architecture.depth() + "; draw an architecture with hidden(width, 1).");
        }
        if (architecture.isGated()) {
            throw new IllegalArgumentException(
                    "With frozen gates a neuron is more than its weights, so that these are no"
                            + " feature of it; draw an architecture with Gates.NONE.");
        }
    }

    /**
     * Puts these neurons in the place of a network's own: the inverse of {@link #of}, in own coordinates, so that they may come
     * from another parametrization. An output bias belongs to no neuron and stays as it is.
     *
     * @param network of width m, with k inputs and no biases, or with k - 1 inputs and biases
     * @throws IllegalArgumentException if the network has other numbers of neurons or coordinates, or is none that has a cloud
     */
    public void into(DenseNetwork network) {
        requireOneOutput(network);
        int inputs = network.inputSize();
        boolean biased = network.architecture().hasBiases();
        int coordinates = biased ? inputs + 1 : inputs;
        if (network.architecture().width() != size() || coordinates != features.getNumCols()) {
            throw new IllegalArgumentException(
                    "The cloud has " + size() + " neurons with " + features.getNumCols() + " coordinates, the network "
                            + network.architecture().width() + " with " + coordinates
                            + ": draw one of the cloud's width, with an input for each coordinate but that of a bias.");
        }
        double[] stock = network.parameters();
        for (int j = 0; j < size(); j++) {
            for (int k = 0; k < inputs; k++) {
                stock[inputs * j + k] = features.get(j, k) * network.scale(0).multiplier();
            }
            if (biased) {
                stock[inputs * size() + j] =
                        features.get(j, inputs) * network.scale(0).biasMultiplier();
            }
            stock[coordinates * size() + j] =
                    outputWeights[j] * network.scale(1).multiplier();
        }
        network.assign(stock);
    }

    /**
     * These neurons and others after them: of two clouds of one size, the mixture of their laws, half and half.
     *
     * @throws IllegalArgumentException if the features have different numbers of coordinates
     */
    public FeatureCloud and(FeatureCloud others) {
        if (features.getNumCols() != others.features.getNumCols()) {
            throw new IllegalArgumentException("These features have " + features.getNumCols()
                    + " coordinates, the others " + others.features.getNumCols()
                    + "; join clouds of networks with the same inputs and biases.");
        }
        return new FeatureCloud(
                features.concatRows(others.features),
                DoubleStream.concat(DoubleStream.of(outputWeights), DoubleStream.of(others.outputWeights))
                        .toArray());
    }

    /** E u^2, the mean over the neurons. */
    public double secondMomentOfOutputWeights() {
        double sum = 0;
        for (double u : outputWeights) {
            sum += u * u;
        }
        return sum / size();
    }

    /** m, the number of neurons. */
    public int size() {
        return outputWeights.length;
    }

    @Override
    public SimpleMatrix features() {
        return features.copy();
    }

    @Override
    public double[] outputWeights() {
        return outputWeights.clone();
    }

    /** Whole neurons (u_j, theta_j), m x (1 + k): the output weight first. */
    public SimpleMatrix neurons() {
        return new SimpleMatrix(outputWeights.length, 1, false, outputWeights).concatColumns(features);
    }
}
