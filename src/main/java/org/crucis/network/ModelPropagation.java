package org.crucis.network;

import org.ejml.simple.SimpleMatrix;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sends a fixed set of inputs forward and signals backward through any network, as DeepLearning4J does it: by {@code output}
 * and {@code computeGradientAndScore}. The way for models that {@link Propagation} cannot follow, and its reference for
 * those that it can.
 *
 * <p>The wanted signals are put in as labels: the model's loss being the sum of squares, labels at f - e/2 make DeepLearning4J
 * send e back. Not thread-safe; may be used while its network is open.
 */
public final class ModelPropagation implements AutoCloseable {

    private final Network network;
    private final int n;
    private final int o;
    private final INDArray inputs;
    /** Row i holds the outputs of input i. */
    private INDArray outputs;

    private INDArray rates;

    private ModelPropagation(Network network, SimpleMatrix inputs) {
        this.network = network;
        this.n = inputs.getNumRows();
        this.o = network.outputSize();
        this.inputs = Nd4j.create(inputs.getDDRM().getData().clone(), network.shape(n), 'c');
    }

    /**
     * Prepares to send these inputs through the network.
     *
     * @param inputs n x d, one input a row
     * @throws IllegalArgumentException if the shape does not fit or an entry is not finite
     */
    public static ModelPropagation of(Network network, SimpleMatrix inputs) {
        network.requireInputs(inputs);
        return new ModelPropagation(network, inputs);
    }

    /** Computes the outputs from the network's present weights. */
    public void forward() {
        outputs = network.openModel().output(inputs);
    }

    /** The outputs of the last {@link #forward}, n x outputs. */
    public SimpleMatrix outputs() {
        return new SimpleMatrix(n, o, true, rowMajor());
    }

    /** Copies the outputs of the last {@link #forward}, column-major, into an array of n x outputs entries. */
    public void readOutputs(double[] into) {
        double[] rows = rowMajor();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < o; k++) {
                into[i + k * n] = rows[i * o + k];
            }
        }
    }

    /**
     * The gradient that output signals e stand for, sum over inputs and outputs of e times the derivatives of f, after
     * {@link #forward}.
     *
     * @param outputSignals n x outputs entries, column-major
     * @return one number a parameter, in the order of {@link Network#parameters}
     */
    public double[] gradient(double[] outputSignals) {
        return network.select(flatGradient(outputSignals).dup('c').data().asDouble());
    }

    /** One step against the gradient of these signals; the outputs are then those of the new weights. */
    public void step(double[] outputSignals, double eta) {
        INDArray gradient = flatGradient(outputSignals);
        if (rates == null) {
            rates = Nd4j.createFromArray(network.flatRates()).reshape(1, -1);
        }
        INDArray parameters = network.openModel().model().params();
        parameters.subi(gradient.muli(rates).muli(eta).reshape(parameters.shape()));
        forward();
    }

    private INDArray flatGradient(double[] outputSignals) {
        if (outputSignals.length != n * o) {
            throw new IllegalArgumentException("Got " + outputSignals.length
                    + " output signals; expected one for each of " + n + " inputs and " + o + " outputs.");
        }
        double[] labels = rowMajor();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < o; k++) {
                labels[i * o + k] -= outputSignals[i + k * n] / network.lossFactor();
            }
        }
        return network.openModel().gradient(inputs, Nd4j.create(labels, outputs.shape(), 'c'));
    }

    private double[] rowMajor() {
        if (outputs == null) {
            throw new IllegalStateException("There are no outputs yet; call forward() first.");
        }
        return outputs.dup('c').data().asDouble();
    }

    /** Lets the model forget the inputs; the network stays open. */
    @Override
    public void close() {
        if (network.isOpen()) {
            network.openModel().model().clear();
        }
    }
}
