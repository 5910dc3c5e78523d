package org.crucis.training;

import org.crucis.network.DenseNetwork;
import org.crucis.network.ModelPropagation;
import org.crucis.network.Network;
import org.crucis.network.Propagation;
import org.ejml.simple.SimpleMatrix;

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
            case FASTEST ->
                network instanceof DenseNetwork
                        ? new RawProducts(network, inputs)
                        : new DeepLearning4j(network, inputs);
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

    /** By the model's own gradient. */
    final class DeepLearning4j implements Descent {

        private final ModelPropagation propagation;

        DeepLearning4j(Network network, SimpleMatrix inputs) {
            propagation = ModelPropagation.of(network, inputs);
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
}
