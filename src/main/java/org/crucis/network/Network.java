package org.crucis.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.javacpp.DoublePointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;

/**
 * A DeepLearning4J network of stock layers with drawn weights. Its parameters live in DeepLearning4J's own memory: what
 * training writes there, the model sees, and the other way round.
 *
 * <p>One thread at a time may use a network. Close it, best by try-with-resources: the memory lies outside the Java heap,
 * where the collector does not feel its weight.
 */
public final class Network implements AutoCloseable {

    private final Architecture architecture;
    private final List<LayerScale> scales;
    private Models.Model model;
    private boolean handedOut;

    Network(Architecture architecture, double[] parameters) {
        this.architecture = architecture;
        List<LayerScale> list = new ArrayList<>();
        for (int layer = 0; layer < architecture.layers(); layer++) {
            list.add(architecture.scale(layer));
        }
        this.scales = List.copyOf(list);
        this.model = Models.take(architecture);
        assign(parameters);
    }

    /**
     * The DeepLearning4J network: stock layers, loss L2 (the full sum of squares), and per-layer rates such that one
     * {@code fit} on the full batch is one step of gradient descent on half the sum of squares with eta = 1. Not to be
     * used after {@link #close}.
     */
    public MultiLayerNetwork model() {
        requireOpen();
        handedOut = true;
        return model.network();
    }

    /**
     * Lets {@code use} work with the DeepLearning4J network of {@link #model}. Unlike there, the model may be used for
     * another network after {@link #close}, which makes many short audits faster; so nothing of it may be kept.
     *
     * @return what {@code use} returns, which must not be a view of the model's memory
     */
    public <T> T lend(Function<? super MultiLayerNetwork, T> use) {
        requireOpen();
        return use.apply(model.network());
    }

    /** What this network was drawn from. */
    public Architecture architecture() {
        return architecture;
    }

    /** Number of layers with weights; layer {@code layers() - 1} is the output layer. */
    public int layers() {
        return architecture.layers();
    }

    /** How a layer of the parametrization is realised here. */
    public LayerScale scale(int layer) {
        return scales.get(layer);
    }

    /** The rate of every single parameter as a multiple of eta, in the order of {@link #parameters}. */
    public double[] rates() {
        double[] rates = new double[architecture.parameters()];
        int at = 0;
        for (int layer = 0; layer < layers(); layer++) {
            int weights = architecture.fanIn(layer) * architecture.fanOut(layer);
            int biases = architecture.hasBiases() ? architecture.fanOut(layer) : 0;
            Arrays.fill(rates, at, at + weights, scales.get(layer).weightRate());
            Arrays.fill(
                    rates,
                    at + weights,
                    at + weights + biases,
                    scales.get(layer).biasRate());
            at += weights + biases;
        }
        return rates;
    }

    /**
     * The outputs f(x), by raw products; equal to the model's own to rounding.
     *
     * @param inputs n x d, one input a row
     * @return n x outputs
     * @throws IllegalArgumentException if the shape does not fit or an entry is not finite
     */
    public SimpleMatrix outputs(SimpleMatrix inputs) {
        // The way training computes them: a network is never off its own outputs by a rounding error.
        try (Steps steps = Steps.of(this, inputs)) {
            double[] outputs = new double[inputs.getNumRows() * architecture.outputs()];
            steps.readOutputs(outputs);
            return new SimpleMatrix(inputs.getNumRows(), architecture.outputs(), false, outputs);
        }
    }

    /** A copy of a layer's stock weights, fan-in x fan-out. */
    public SimpleMatrix weights(int layer) {
        Block block = weightBlock(layer);
        double[] columnMajor = new double[Math.toIntExact(block.size())];
        block.read(0, columnMajor, columnMajor.length);
        return new SimpleMatrix(block.rows(), block.columns(), false, columnMajor);
    }

    /** A copy of a layer's stock biases; empty if there are none. */
    public double[] biases(int layer) {
        if (!architecture.hasBiases()) {
            return new double[0];
        }
        double[] biases = new double[architecture.fanOut(layer)];
        biasBlock(layer).read(0, biases, biases.length);
        return biases;
    }

    /** A copy of all stock parameters in DeepLearning4J's order: layer by layer, weights (column-major) before biases. */
    public double[] parameters() {
        double[] copy = new double[architecture.parameters()];
        all().read(0, copy, copy.length);
        return copy;
    }

    /**
     * Overwrites all stock parameters.
     *
     * @param parameters in the order of {@link #parameters}
     */
    public void assign(double[] parameters) {
        if (parameters.length != architecture.parameters()) {
            throw new IllegalArgumentException("Got " + parameters.length + " parameters for a network of "
                    + architecture.parameters() + "; pass an array as returned by parameters().");
        }
        all().write(0, parameters, parameters.length);
    }

    /**
     * How far the parameters are from an earlier state, in the parametrization's own coordinates.
     *
     * @param earlier what {@link #parameters} returned then
     */
    public Motion motionFrom(double[] earlier) {
        double[] now = parameters();
        if (earlier.length != now.length) {
            throw new IllegalArgumentException(
                    "The earlier state has " + earlier.length + " parameters, the network has " + now.length
                            + "; pass an array as returned by parameters() of the same network.");
        }
        List<Motion.Layer> layers = new ArrayList<>();
        double moved = 0;
        double initial = 0;
        int at = 0;
        for (int layer = 0; layer < layers(); layer++) {
            LayerScale scale = scales.get(layer);
            int weights = architecture.fanIn(layer) * architecture.fanOut(layer);
            int biases = architecture.hasBiases() ? architecture.fanOut(layer) : 0;
            double unit = 1 / (scale.multiplier() * scale.multiplier());
            double layerMoved = unit * squaredDistance(now, earlier, at, weights);
            double layerInitial = unit * squaredNorm(earlier, at, weights);
            layers.add(new Motion.Layer(Math.sqrt(layerMoved), Math.sqrt(layerInitial)));
            moved += layerMoved;
            initial += layerInitial;
            at += weights;
            if (biases > 0) {
                double biasUnit = 1 / (scale.biasMultiplier() * scale.biasMultiplier());
                moved += biasUnit * squaredDistance(now, earlier, at, biases);
                initial += biasUnit * squaredNorm(earlier, at, biases);
                at += biases;
            }
        }
        return new Motion(Math.sqrt(moved), Math.sqrt(initial), layers);
    }

    /**
     * Checks that a matrix can be fed to this network.
     *
     * @throws IllegalArgumentException in one sentence, if the shape does not fit or an entry is not finite
     * @throws IllegalStateException if this network was closed
     */
    public void requireInputs(SimpleMatrix inputs) {
        requireOpen();
        int d = architecture.inputs();
        if (inputs.getNumRows() == 0 || inputs.getNumCols() != d) {
            throw new IllegalArgumentException("The inputs are " + inputs.getNumRows() + " x " + inputs.getNumCols()
                    + "; this network needs a matrix with one input of dimension " + d + " in each row.");
        }
        for (int i = 0; i < inputs.getNumRows(); i++) {
            for (int k = 0; k < d; k++) {
                if (!Double.isFinite(inputs.get(i, k))) {
                    throw new IllegalArgumentException("Input " + i + " has the entry " + inputs.get(i, k)
                            + " in dimension " + k + "; every entry must be finite.");
                }
            }
        }
    }

    /** Gives the memory back. Closing twice does nothing; any other use afterwards is an IllegalStateException. */
    @Override
    public void close() {
        if (model == null) {
            return;
        }
        Models.Model closed = model;
        model = null;
        if (handedOut) {
            // Someone may still hold it; reuse would let that someone write into another network's weights.
            Models.free(closed);
        } else {
            Models.giveBack(architecture, closed);
        }
    }

    /** Weights of a layer in the model's memory, fan-in x fan-out. */
    Block weightBlock(int layer) {
        return block(offset(layer), architecture.fanIn(layer), architecture.fanOut(layer));
    }

    /** Biases of a layer in the model's memory, as one row. */
    Block biasBlock(int layer) {
        int weights = architecture.fanIn(layer) * architecture.fanOut(layer);
        return block(offset(layer) + weights, 1, architecture.fanOut(layer));
    }

    void requireOpen() {
        if (model == null) {
            throw new IllegalStateException("This network was closed; draw another one from its architecture.");
        }
    }

    private Block all() {
        return block(0, 1, architecture.parameters());
    }

    private Block block(int offset, int rows, int columns) {
        requireOpen();
        if (offset + (long) rows * columns > model.size()) {
            throw new IndexOutOfBoundsException("A block of " + rows + " x " + columns + " parameters from " + offset);
        }
        return new Block(new DoublePointer(model.parameters()).getPointer(offset), rows, columns);
    }

    private int offset(int layer) {
        if (layer < 0 || layer >= layers()) {
            throw new IllegalArgumentException("There is no layer " + layer + "; layers are counted from 0 to "
                    + (layers() - 1) + ", which is the output layer.");
        }
        int offset = 0;
        for (int l = 0; l < layer; l++) {
            offset += architecture.fanIn(l) * architecture.fanOut(l);
            offset += architecture.hasBiases() ? architecture.fanOut(l) : 0;
        }
        return offset;
    }

    private static double squaredNorm(double[] v, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += v[i] * v[i];
        }
        return sum;
    }

    private static double squaredDistance(double[] v, double[] w, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += (v[i] - w[i]) * (v[i] - w[i]);
        }
        return sum;
    }
}
