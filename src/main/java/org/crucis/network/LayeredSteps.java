package org.crucis.network;

import org.ejml.simple.SimpleMatrix;

/** Steps of a network of any depth, layer by layer, by a {@link Propagation}. */
final class LayeredSteps implements Steps {

    private final DenseNetwork network;
    private final Propagation propagation;
    private final LayerUpdate[] updates;
    private final LayerUpdate.Weights[] moveWeights;
    private final LayerUpdate.Values[] moveBiases;
    private final double[][] biases;
    private final Block[] biasBlocks;
    private final int lowestTrained;

    LayeredSteps(DenseNetwork network, SimpleMatrix inputs, UpdateRule rule) {
        this.network = network;
        this.propagation = Propagation.of(network, inputs);
        this.updates = LayerUpdate.of(rule, network);
        int layers = network.layers();
        this.moveWeights = new LayerUpdate.Weights[layers];
        this.moveBiases = new LayerUpdate.Values[layers];
        this.biases = new double[layers][];
        this.biasBlocks = new Block[layers];
        int lowest = layers;
        for (int layer = layers - 1; layer >= 0; layer--) {
            if (updates[layer] == null) {
                continue;
            }
            lowest = layer;
            moveWeights[layer] = updates[layer].weights(network.weightBlock(layer));
            if (network.architecture().hasBiases()) {
                biases[layer] = network.biases(layer);
                biasBlocks[layer] = network.biasBlock(layer);
                moveBiases[layer] = updates[layer].values(Network.Kind.BIASES, biases[layer].length);
            }
        }
        this.lowestTrained = lowest;
        propagation.forward();
    }

    @Override
    public void readOutputs(double[] into) {
        propagation.readOutputs(into);
    }

    /** Layers below the lowest one that is trained are neither sent signals nor computed again. */
    @Override
    public void step(double[] residuals, double eta) {
        propagation.backward(residuals);
        for (int layer = lowestTrained; layer < updates.length; layer++) {
            if (updates[layer] == null) {
                continue;
            }
            LayerScale scale = network.scale(layer);
            moveWeights[layer].descend(
                    Blas.Form.TRANSPOSED,
                    propagation.inputsOf(layer),
                    propagation.signalsAt(layer),
                    eta * scale.weightRate());
            if (moveBiases[layer] != null) {
                double[] values = biases[layer];
                moveBiases[layer].descend(
                        values, propagation.signalSums(layer), 0, values.length, eta * scale.biasRate());
                biasBlocks[layer].write(0, values, values.length);
            }
        }
        propagation.forwardFrom(lowestTrained);
    }

    @Override
    public void close() {
        propagation.close();
        for (LayerUpdate update : updates) {
            if (update != null) {
                update.close();
            }
        }
    }
}
