package org.crucis.network;

import org.bytedeco.javacpp.DoublePointer;
import org.ejml.simple.SimpleMatrix;

/**
 * Sends a fixed set of inputs forward through a network and signals backward, by raw products on the network's own
 * parameter memory.
 *
 * <p>With z_l the pre-activations of layer l and a_l = phi(z_l), a_{-1} = x, one {@link #forward} fills all a_l and
 * phi'(z_l); one {@link #backward} turns given output signals e (n x outputs) into D_l = sum_o e_o df_o/dz_l. Signals of
 * ones give the derivatives from which tangent kernels are made, residuals give the gradient of half the sum of squares:
 * dLoss/dW_l = a_{l-1}^T D_l.
 *
 * <p>All memory is allocated once; nothing is allocated in a pass. Costs in multiply-adds: n P forward, n P backward (less
 * the lowest trained layer). Element-wise work is done on heap arrays, a few thousand numbers at a time so that they stay in
 * the cache: the JIT vectorises loops over heap arrays but not over native memory. Not thread-safe; may be used while its
 * network is open.
 */
public final class Propagation implements AutoCloseable {

    /** Numbers handled at once in element-wise loops: three such arrays fit into the second-level cache. */
    private static final int CHUNK = 4096;

    private static final Blas BLAS = new Blas(Blas.Native.OPENBLAS);

    private static final Loops LOOPS = Loops.fastest();

    private final DenseNetwork network;
    private final Architecture architecture;
    private final int n;
    private final int depth;
    private final int lowestTrained;
    private final int columnsAtOnce;

    private final DoublePointer memory;
    /** activations[l] = input of layer l: the data for l = 0. */
    private final Block[] activations;
    /** signals[l] = D_l; the last one holds the output signals. */
    private final Block[] signals;

    private final Block[] weights;
    private final Block[] biases;
    private final Block outputs;

    /** slopes[l][c] = phi'(z_l) of the c-th chunk; with frozen gates their mask, set once. */
    private final double[][][] slopes;

    private final double[][] biasValues;
    private final double[][] signalSums;
    private final double[] chunk;
    private final Activation.Scratch scratch;
    private final double[] outputValues;
    private final double[] outputWeights;

    private Propagation(DenseNetwork network, SimpleMatrix inputs) {
        this.network = network;
        this.architecture = network.architecture();
        this.n = inputs.getNumRows();
        this.depth = architecture.depth();
        this.lowestTrained = architecture.trained().lowest(depth);
        int m = architecture.width();
        int o = architecture.outputs();
        this.columnsAtOnce = Math.min(m, Math.max(1, CHUNK / n));
        this.activations = new Block[depth + 1];
        this.signals = new Block[depth + 1];
        this.weights = new Block[depth + 1];
        this.biases = new Block[depth + 1];
        this.slopes = new double[depth][][];
        this.biasValues = new double[depth + 1][];
        this.signalSums = new double[depth + 1][];
        this.memory = new DoublePointer((long) n * (architecture.inputs() + 2L * depth * m + 2L * o));
        long at = 0;
        for (int layer = 0; layer <= depth; layer++) {
            activations[layer] = new Block(memory.getPointer(at), n, architecture.fanIn(layer));
            at += activations[layer].size();
            signals[layer] = new Block(memory.getPointer(at), n, architecture.fanOut(layer));
            at += signals[layer].size();
            weights[layer] = network.weightBlock(layer);
            if (architecture.hasBiases()) {
                biases[layer] = network.biasBlock(layer);
                biasValues[layer] = new double[architecture.fanOut(layer)];
                signalSums[layer] = new double[architecture.fanOut(layer)];
            }
            if (layer < depth) {
                slopes[layer] = new double[(m + columnsAtOnce - 1) / columnsAtOnce][];
                for (int c = 0; c < slopes[layer].length; c++) {
                    slopes[layer][c] = new double[columns(c) * n];
                }
            }
        }
        this.outputs = new Block(memory.getPointer(at), n, o);
        this.chunk = new double[columnsAtOnce * n];
        this.scratch = new Activation.Scratch(columnsAtOnce * n);
        this.outputValues = new double[n * o];
        this.outputWeights = new double[m];
        double[] columnMajor = inputs.transpose().getDDRM().getData();
        copyMasks(network.masks(inputs));
        activations[0].write(0, columnMajor, n * architecture.inputs());
    }

    private void copyMasks(double[][] masks) {
        for (int layer = 0; layer < masks.length; layer++) {
            for (int c = 0; c < slopes[layer].length; c++) {
                System.arraycopy(masks[layer], c * columnsAtOnce * n, slopes[layer][c], 0, columns(c) * n);
            }
        }
    }

    /**
     * Prepares to send these inputs through the network.
     *
     * @param inputs n x d, one input a row
     * @throws IllegalArgumentException if the shape does not fit or an entry is not finite, or for a network that was not
     *     drawn from an architecture
     */
    public static Propagation of(Network network, SimpleMatrix inputs) {
        DenseNetwork dense = DenseNetwork.require(network, "ModelPropagation, or Arithmetic.DEEPLEARNING4J");
        network.requireInputs(inputs);
        return new Propagation(dense, inputs);
    }

    /** The number n of inputs. */
    public int size() {
        return n;
    }

    /** The network whose weights are used. */
    public DenseNetwork network() {
        return network;
    }

    /** Computes all activations, slopes and outputs from the network's present weights. */
    public void forward() {
        forwardFrom(0);
    }

    /** {@link #forward} where the layers below this one have not changed since the last time. */
    void forwardFrom(int lowest) {
        requireOpen();
        for (int layer = lowest; layer < depth; layer++) {
            forwardHidden(layer);
        }
        forwardOutput();
    }

    private void forwardHidden(int layer) {
        Block z = activations[layer + 1];
        BLAS.multiply(Blas.Form.AS_IS, activations[layer], Blas.Form.AS_IS, weights[layer], 1, 0, z);
        readBiases(layer);
        for (int c = 0; c < slopes[layer].length; c++) {
            int first = c * columnsAtOnce;
            int columns = columns(c);
            z.read(first, chunk, columns * n);
            if (biases[layer] != null) {
                addBiases(chunk, layer, first, columns);
            }
            if (architecture.isGated()) {
                LOOPS.multiply(chunk, slopes[layer][c], columns * n);
            } else {
                architecture.activation().apply(chunk, slopes[layer][c], scratch, columns * n);
            }
            z.write(first, chunk, columns * n);
        }
    }

    private void forwardOutput() {
        BLAS.multiply(Blas.Form.AS_IS, activations[depth], Blas.Form.AS_IS, weights[depth], 1, 0, outputs);
        outputs.read(0, outputValues, outputValues.length);
        readBiases(depth);
        if (biases[depth] != null) {
            addBiases(outputValues, depth, 0, architecture.outputs());
        }
    }

    /** The outputs of the last {@link #forward}, n x outputs. */
    public SimpleMatrix outputs() {
        return new SimpleMatrix(n, architecture.outputs(), false, outputValues);
    }

    /** Copies the outputs of the last {@link #forward}, column-major, into an array of n x outputs entries. */
    public void readOutputs(double[] into) {
        System.arraycopy(outputValues, 0, into, 0, outputValues.length);
    }

    /**
     * Sends output signals back through the slopes of the last {@link #forward} as far as a trained layer needs them.
     *
     * @param outputSignals n x outputs entries, column-major
     */
    public void backward(double[] outputSignals) {
        requireOpen();
        if (outputSignals.length != outputValues.length) {
            throw new IllegalArgumentException(
                    "Got " + outputSignals.length + " output signals; expected one for each of " + n + " inputs and "
                            + architecture.outputs() + " outputs.");
        }
        signals[depth].write(0, outputSignals, outputSignals.length);
        if (biases[depth] != null) {
            sumColumns(outputSignals, signalSums[depth], 0, architecture.outputs());
        }
        for (int layer = depth - 1; layer >= lowestTrained; layer--) {
            boolean single = layer == depth - 1 && architecture.outputs() == 1;
            Block d = signals[layer];
            if (single) {
                weights[depth].read(0, outputWeights, outputWeights.length);
            } else {
                BLAS.multiply(Blas.Form.AS_IS, signals[layer + 1], Blas.Form.TRANSPOSED, weights[layer + 1], 1, 0, d);
            }
            for (int c = 0; c < slopes[layer].length; c++) {
                int first = c * columnsAtOnce;
                int columns = columns(c);
                if (single) {
                    for (int r = 0; r < columns; r++) {
                        LOOPS.signalsThroughSlopes(
                                slopes[layer][c], r * n, outputWeights[first + r], outputSignals, chunk, n);
                    }
                } else {
                    d.read(first, chunk, columns * n);
                    LOOPS.multiply(chunk, slopes[layer][c], columns * n);
                }
                d.write(first, chunk, columns * n);
                if (biases[layer] != null) {
                    sumColumns(chunk, signalSums[layer], first, columns);
                }
            }
        }
    }

    /** Column sums of D_l, if there are biases: the gradient with respect to them. */
    double[] signalSums(int layer) {
        return signalSums[layer];
    }

    /** The inputs a_{l-1} of a layer, n x fan-in, after {@link #forward}; for layer 0 the data. */
    Block inputsOf(int layer) {
        requireOpen();
        return activations[layer];
    }

    /** The signals D_l, n x fan-out, after {@link #backward}; for layers at and above the lowest trained one. */
    Block signalsAt(int layer) {
        requireOpen();
        return signals[layer];
    }

    /** Frees the working memory; the network stays open. */
    @Override
    public void close() {
        memory.close();
    }

    /** Freed memory would not throw, it would end the JVM. */
    private void requireOpen() {
        network.requireOpen();
        if (memory.isNull()) {
            throw new IllegalStateException("This propagation was closed; make another one for the same inputs.");
        }
    }

    private int columns(int c) {
        return Math.min(columnsAtOnce, architecture.width() - c * columnsAtOnce);
    }

    private void readBiases(int layer) {
        if (biases[layer] != null) {
            biases[layer].read(0, biasValues[layer], biasValues[layer].length);
        }
    }

    private void addBiases(double[] values, int layer, int first, int columns) {
        for (int r = 0; r < columns; r++) {
            LOOPS.shift(values, r * n, biasValues[layer][first + r], n);
        }
    }

    private void sumColumns(double[] values, double[] sums, int first, int columns) {
        for (int r = 0; r < columns; r++) {
            sums[first + r] = LOOPS.sum(values, r * n, n);
        }
    }
}
