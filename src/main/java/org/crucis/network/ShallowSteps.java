package org.crucis.network;

import java.util.Arrays;
import java.util.stream.Stream;
import org.bytedeco.javacpp.DoublePointer;
import org.ejml.simple.SimpleMatrix;

/**
 * Steps of a network with one hidden layer and one output, in one pass over its neurons: a chunk of neurons at a time is
 * sent its signals, moved, and evaluated again, while it lies in the cache. What a step reads and writes of main memory is
 * the weights, the activations and, where the activation needs them, its slopes, each once.
 *
 * <p>With a = phi(X W + b), f = a v + c and residuals e: {@code v -= eta a^T e} and {@code W -= eta (e X)^T (phi' v)}, where
 * e weighs the rows of X and v the columns of phi': weighing X costs nothing beside weighing the signals. That is 2 n d m
 * multiply-adds in products, of which half are already the next forward pass.
 */
final class ShallowSteps implements Steps {

    private static final Blas BLAS = new Blas(Blas.Native.OPENBLAS);

    private static final Loops LOOPS = Loops.fastest();

    /** Numbers in a chunk: four such arrays fit into a second-level cache of 1 MB. */
    private static final int MOST_AT_ONCE = 24_576;

    /** Fewer cost more in calls than the cache saves. */
    private static final int FEWEST_AT_ONCE = 8_192;

    /** Products of at most this many multiply-adds are done by OpenBLAS without packing the operands first. */
    private static final int UNPACKED = 1_000_000;

    private final DenseNetwork network;
    private final Architecture architecture;
    private final int n;
    private final double weightRate;
    private final double biasRate;
    private final double outputWeightRate;
    private final double outputBiasRate;

    private final DoublePointer memory;
    private final Block inputs;
    /** X^T with each column times its residual. */
    private final Block weightedInputs;

    private final double[] transposedInputs;
    private final double[] weighted;
    private final Chunk[] chunks;

    private final LayerUpdate hiddenUpdate;
    private final LayerUpdate outputUpdate;
    private final LayerUpdate.Values moveBiases;
    private final LayerUpdate.Values moveOutputWeights;
    private final LayerUpdate.Values moveOutputBias;

    private final Block biasBlock;
    private final Block outputWeightBlock;
    private final Block outputBiasBlock;
    private final double[] biases;
    private final double[] biasGradient;
    private final double[] outputWeights;
    private final double[] outputWeightGradient;
    private final double[] outputBias = new double[1];
    private final double[] outputBiasGradient = new double[1];

    private final double[] signals;
    private final double[] outputs;
    private final Activation.Scratch scratch;

    /**
     * Some neurons and what is kept of them between steps.
     *
     * @param first number of the first one
     * @param weights d x count, in the model's memory
     * @param work n x count: signals on the way down, pre-activations on the way up; chunks of equal size share it
     * @param activations n x count
     * @param slopes n x count, constant where there are frozen gates; null for ReLU, whose slopes its activations tell
     */
    private record Chunk(
            int first,
            int count,
            Block weights,
            LayerUpdate.Weights move,
            Block work,
            double[] activations,
            double[] slopes) {}

    ShallowSteps(DenseNetwork network, SimpleMatrix data, UpdateRule rule) {
        this(network, data, LayerUpdate.of(rule, network));
    }

    /** The outputs alone, n numbers: nothing is kept for a step. */
    static double[] outputs(DenseNetwork network, SimpleMatrix data) {
        try (ShallowSteps evaluated = new ShallowSteps(network, data, new LayerUpdate[network.layers()])) {
            return evaluated.outputs;
        }
    }

    private ShallowSteps(DenseNetwork network, SimpleMatrix data, LayerUpdate[] updates) {
        this.network = network;
        this.architecture = network.architecture();
        this.n = data.getNumRows();
        int d = architecture.inputs();
        int m = architecture.width();
        this.weightRate = network.scale(0).weightRate();
        this.biasRate = network.scale(0).biasRate();
        this.outputWeightRate = network.scale(1).weightRate();
        this.outputBiasRate = network.scale(1).biasRate();

        int numbers = Math.max(FEWEST_AT_ONCE, Math.min(MOST_AT_ONCE, UNPACKED / d));
        int atOnce = Math.min(m, Math.max(1, numbers / n));
        this.memory = new DoublePointer((long) n * (2L * d + atOnce));
        this.inputs = new Block(memory.getPointer(0), n, d);
        this.weightedInputs = new Block(memory.getPointer((long) n * d), d, n);
        DoublePointer work = memory.getPointer(2L * n * d);
        inputs.write(0, data.transpose().getDDRM().getData(), n * d);
        this.transposedInputs = data.getDDRM().getData().clone();
        this.weighted = new double[n * d];

        this.hiddenUpdate = updates[0];
        this.outputUpdate = updates[1];
        boolean biased = architecture.hasBiases();
        this.biasBlock = biased ? network.biasBlock(0) : null;
        this.outputWeightBlock = network.weightBlock(1);
        this.outputBiasBlock = biased ? network.biasBlock(1) : null;
        this.biases = biased ? network.biases(0) : null;
        this.biasGradient = biased ? new double[m] : null;
        this.moveBiases = biased && hiddenUpdate != null ? hiddenUpdate.values(Network.Kind.BIASES, m) : null;
        this.outputWeights = new double[m];
        this.outputWeightGradient = new double[m];
        this.moveOutputWeights = outputUpdate == null ? null : outputUpdate.values(Network.Kind.WEIGHTS, m);
        this.moveOutputBias = biased && outputUpdate != null ? outputUpdate.values(Network.Kind.BIASES, 1) : null;

        double[][] masks = architecture.isGated() ? network.masks(data) : null;
        boolean relu = architecture.activation() == Activation.RELU;
        // Nothing is kept of neurons that will not be sent signals.
        boolean trained = hiddenUpdate != null || outputUpdate != null;
        double[] scratchActivations = trained ? null : new double[n * atOnce];
        double[] scratchSlopes = trained || relu ? null : new double[n * atOnce];
        this.chunks = new Chunk[(m + atOnce - 1) / atOnce];
        for (int c = 0; c < chunks.length; c++) {
            int first = c * atOnce;
            int count = Math.min(atOnce, m - first);
            Block weights = network.weightBlock(0).columns(first, count);
            chunks[c] = new Chunk(
                    first,
                    count,
                    weights,
                    hiddenUpdate == null ? null : hiddenUpdate.weights(weights),
                    new Block(work, n, count),
                    trained ? new double[n * count] : scratchActivations,
                    architecture.isGated()
                            ? Arrays.copyOfRange(masks[0], first * n, (first + count) * n)
                            : relu ? null : trained ? new double[n * count] : scratchSlopes);
        }
        this.signals = new double[n * atOnce];
        this.outputs = new double[n];
        this.scratch = new Activation.Scratch(n * atOnce);

        outputWeightBlock.read(0, outputWeights, m);
        if (biased) {
            outputBiasBlock.read(0, outputBias, 1);
        }
        Arrays.fill(outputs, outputBias[0]);
        for (Chunk chunk : chunks) {
            evaluate(chunk);
            addOutputs(chunk);
        }
    }

    @Override
    public void readOutputs(double[] into) {
        System.arraycopy(outputs, 0, into, 0, n);
    }

    @Override
    public void step(double[] residuals, double eta) {
        requireOpen();
        if (residuals.length != n) {
            throw new IllegalArgumentException(
                    "Got " + residuals.length + " residuals; expected one for each of " + n + " inputs.");
        }
        if (moveOutputBias != null) {
            outputBiasGradient[0] = LOOPS.sum(residuals, 0, n);
            moveOutputBias.descend(outputBias, outputBiasGradient, 0, 1, eta * outputBiasRate);
            outputBiasBlock.write(0, outputBias, 1);
        }
        if (hiddenUpdate != null) {
            weighInputs(residuals);
        }
        Arrays.fill(outputs, outputBias[0]);
        for (Chunk chunk : chunks) {
            if (hiddenUpdate != null) {
                sendSignals(chunk);
            }
            if (outputUpdate != null) {
                moveOutputWeights(chunk, residuals, eta);
            }
            if (hiddenUpdate != null) {
                moveNeurons(chunk, residuals, eta);
                evaluate(chunk);
            }
            addOutputs(chunk);
        }
        if (outputUpdate != null) {
            outputWeightBlock.write(0, outputWeights, outputWeights.length);
        }
        if (moveBiases != null) {
            biasBlock.write(0, biases, biases.length);
        }
    }

    private void weighInputs(double[] residuals) {
        int d = architecture.inputs();
        for (int i = 0; i < n; i++) {
            for (int k = i * d; k < (i + 1) * d; k++) {
                weighted[k] = residuals[i] * transposedInputs[k];
            }
        }
        weightedInputs.write(0, weighted, weighted.length);
    }

    /** v phi' of these neurons, into {@link #signals}. */
    private void sendSignals(Chunk chunk) {
        for (int r = 0; r < chunk.count; r++) {
            double weight = outputWeights[chunk.first + r];
            if (chunk.slopes == null) {
                LOOPS.whereOn(chunk.activations, r * n, weight, signals, n);
            } else {
                LOOPS.multiples(chunk.slopes, r * n, weight, signals, n);
            }
        }
    }

    private void moveOutputWeights(Chunk chunk, double[] residuals, double eta) {
        for (int r = 0; r < chunk.count; r++) {
            outputWeightGradient[chunk.first + r] = LOOPS.dot(chunk.activations, r * n, residuals, n);
        }
        moveOutputWeights.descend(
                outputWeights, outputWeightGradient, chunk.first, chunk.count, eta * outputWeightRate);
    }

    private void moveNeurons(Chunk chunk, double[] residuals, double eta) {
        chunk.work.write(0, signals, n * chunk.count);
        chunk.move.descend(Blas.Form.AS_IS, weightedInputs, chunk.work, eta * weightRate);
        if (moveBiases != null) {
            for (int r = 0; r < chunk.count; r++) {
                biasGradient[chunk.first + r] = LOOPS.dot(signals, r * n, residuals, n);
            }
            moveBiases.descend(biases, biasGradient, chunk.first, chunk.count, eta * biasRate);
        }
    }

    /** Activations and slopes of these neurons. */
    private void evaluate(Chunk chunk) {
        BLAS.multiply(Blas.Form.AS_IS, inputs, Blas.Form.AS_IS, chunk.weights, 1, 0, chunk.work);
        chunk.work.read(0, chunk.activations, n * chunk.count);
        if (biases != null) {
            for (int r = 0; r < chunk.count; r++) {
                LOOPS.shift(chunk.activations, r * n, biases[chunk.first + r], n);
            }
        }
        if (chunk.slopes == null) {
            LOOPS.positiveParts(chunk.activations, n * chunk.count);
        } else if (architecture.isGated()) {
            LOOPS.multiply(chunk.activations, chunk.slopes, n * chunk.count);
        } else {
            architecture.activation().apply(chunk.activations, chunk.slopes, scratch, n * chunk.count);
        }
    }

    private void addOutputs(Chunk chunk) {
        LOOPS.addMultiples(chunk.activations, outputWeights, chunk.first, chunk.count, outputs, n);
    }

    /** Freed memory would not throw, it would end the JVM. */
    private void requireOpen() {
        network.requireOpen();
        if (memory.isNull()) {
            throw new IllegalStateException("These steps were closed; make others for the same inputs.");
        }
    }

    @Override
    public void close() {
        memory.close();
        Stream.of(hiddenUpdate, outputUpdate).filter(update -> update != null).forEach(LayerUpdate::close);
    }
}
