package org.crucis.training;

import org.crucis.network.Network;
import org.crucis.network.Propagation;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The state of a network under training: its outputs, and a step. Arrays are column-major, n x outputs. */
interface Descent extends AutoCloseable {

    /** Copies the present outputs. */
    void readOutputs(double[] into);

    /** Moves the weights against the gradient for these residuals f - y and recomputes the outputs. */
    void step(double[] residuals, double eta);

    @Override
    void close();

    static Descent of(Arithmetic arithmetic, Network network, SimpleMatrix inputs) {
        return switch (arithmetic) {
            case RAW_PRODUCTS -> new RawProducts(network, inputs);
            case DEEPLEARNING4J -> new DeepLearning4j(network, inputs);
        };
    }

    /** By {@link Propagation}. */
    final class RawProducts implements Descent {

        private final Propagation propagation;

        RawProducts(Network network, SimpleMatrix inputs) {
            propagation = Propagation.of(network, inputs);
            propagation.forward();
        }

        @Override
        public void readOutputs(double[] into) {
            propagation.readOutputs(into);
        }

        @Override
        public void step(double[] residuals, double eta) {
            propagation.step(residuals, eta);
        }

        @Override
        public void close() {
            propagation.close();
        }
    }

    /** By the model's own gradient. LossL2 is the sum of squares without 1/2, so its gradient is twice the wanted one. */
    final class DeepLearning4j implements Descent {

        private final Network network;
        private final INDArray inputs;
        private final INDArray halfRates;
        private double[] outputs;

        DeepLearning4j(Network network, SimpleMatrix inputs) {
            this.network = network;
            this.inputs = Nd4j.createFromArray(inputs.toArray2());
            halfRates = Nd4j.createFromArray(network.rates()).muli(0.5).reshape(1, -1);
            outputs = network.lend(this::forward);
        }

        @Override
        public void readOutputs(double[] into) {
            System.arraycopy(outputs, 0, into, 0, into.length);
        }

        @Override
        public void step(double[] residuals, double eta) {
            double[] labels = new double[residuals.length];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = outputs[i] - residuals[i];
            }
            long n = inputs.rows();
            INDArray targets = Nd4j.create(labels, new long[] {n, labels.length / n}, 'f');
            outputs = network.lend(model -> {
                model.setInput(inputs);
                model.setLabels(targets);
                model.computeGradientAndScore();
                INDArray move = model.getFlattenedGradients().mul(halfRates).muli(eta);
                model.params().subi(move.reshape(model.numParams()));
                return forward(model);
            });
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
}
