package org.crucis.network;

import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Steps by the model's own {@code computeGradientAndScore}. LossL2 is the sum of squares without 1/2, so its gradient is
 * twice the wanted one.
 */
final class ModelSteps implements Steps {

    private final Network network;
    private final INDArray inputs;
    private final LayerUpdate[] updates;
    private final LayerUpdate.Values[] moveWeights;
    private final LayerUpdate.Values[] moveBiases;
    private double[] outputs;

    ModelSteps(Network network, SimpleMatrix inputs, UpdateRule rule) {
        this.network = network;
        this.inputs = Nd4j.createFromArray(inputs.toArray2());
        this.updates = LayerUpdate.of(rule, network);
        this.moveWeights = new LayerUpdate.Values[updates.length];
        this.moveBiases = new LayerUpdate.Values[updates.length];
        for (int layer = 0; layer < updates.length; layer++) {
            if (updates[layer] != null) {
                moveWeights[layer] = updates[layer].values(LayerUpdate.Kind.WEIGHT, weights(layer));
                moveBiases[layer] = updates[layer].values(LayerUpdate.Kind.BIAS, biases(layer));
            }
        }
        this.outputs = network.lend(this::forward);
    }

    @Override
    public void readOutputs(double[] into) {
        System.arraycopy(outputs, 0, into, 0, into.length);
    }

    @Override
    public void step(double[] residuals, double eta) {
        double[] gradient = network.lend(model -> gradient(model, residuals));
        double[] parameters = network.parameters();
        int at = 0;
        for (int layer = 0; layer < updates.length; layer++) {
            LayerScale scale = network.scale(layer);
            at = move(moveWeights[layer], parameters, gradient, at, weights(layer), eta * scale.weightRate());
            at = move(moveBiases[layer], parameters, gradient, at, biases(layer), eta * scale.biasRate());
        }
        network.assign(parameters);
        outputs = network.lend(this::forward);
    }

    private double[] gradient(MultiLayerNetwork model, double[] residuals) {
        double[] labels = new double[residuals.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = outputs[i] - residuals[i];
        }
        long n = inputs.rows();
        model.setInput(inputs);
        model.setLabels(Nd4j.create(labels, new long[] {n, labels.length / n}, 'f'));
        model.computeGradientAndScore();
        return model.getFlattenedGradients().mul(0.5).data().asDouble();
    }

    private static int move(
            LayerUpdate.Values update, double[] parameters, double[] gradient, int at, int length, double step) {
        if (update != null && length > 0) {
            double[] values = Arrays.copyOfRange(parameters, at, at + length);
            update.descend(values, Arrays.copyOfRange(gradient, at, at + length), 0, length, step);
            System.arraycopy(values, 0, parameters, at, length);
        }
        return at + length;
    }

    private int weights(int layer) {
        return network.architecture().fanIn(layer) * network.architecture().fanOut(layer);
    }

    private int biases(int layer) {
        return network.architecture().hasBiases() ? network.architecture().fanOut(layer) : 0;
    }

    private double[] forward(MultiLayerNetwork model) {
        return model.output(inputs).dup('f').data().asDouble();
    }

    @Override
    public void close() {
        network.lend(model -> {
            model.clear();
            return null;
        });
    }
}
