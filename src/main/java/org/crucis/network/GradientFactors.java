package org.crucis.network;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.ejml.simple.SimpleMatrix;

/**
 * The gradient of every output at every input, as its factors: df_o(x_i)/dW_l is the outer product of the layer's input
 * a_{l-1}(x_i) and the signal D_l^o(x_i) = df_o(x_i)/dz_l, and df_o(x_i)/db_l is the signal itself. Inner products of
 * gradients are therefore products of {@link InnerProducts}, and no gradient is ever formed.
 *
 * <p>At the output layer the signal of output o is 1 for that output and 0 for the others, at every input.
 *
 * <p>Cost of a {@link #refresh} in multiply-adds, for n inputs, O outputs and P parameters: n P forward and n O P backward.
 * Memory: {@link #bytesPerInput}. Not thread-safe; may be used while its network is open.
 */
public final class GradientFactors implements AutoCloseable {

    private final Architecture architecture;
    private final Propagation propagation;
    private final double[] outputSignals;
    /** stacked[l] = the signals of all outputs side by side; null where the propagation's own are all there is. */
    private final Block[] stacked;

    private final DoublePointer memory;
    /** The lowest layer whose weights may have changed since the last refresh. */
    private int changed;

    private boolean refreshed;

    private GradientFactors(DenseNetwork network, SimpleMatrix inputs) {
        this.architecture = network.architecture();
        this.propagation = Propagation.of(network, inputs);
        int n = propagation.size();
        int outputs = architecture.outputs();
        this.outputSignals = new double[n * outputs];
        this.stacked = new Block[architecture.depth()];
        int stacks = outputs == 1 ? 0 : stacks(architecture);
        long each = (long) n * outputs * architecture.width();
        this.memory = new DoublePointer(stacks * each);
        long at = 0;
        for (int layer = 0; layer < stacked.length && stacks > 0; layer++) {
            if (architecture.trains(layer)) {
                stacked[layer] = new Block(memory.getPointer(at), n, outputs * architecture.width());
                at += each;
            }
        }
    }

    /**
     * Prepares the factors at some inputs; {@link #refresh} fills them.
     *
     * @param inputs n x d, one input a row
     * @throws IllegalArgumentException if the shape does not fit or an entry is not finite
     */
    public static GradientFactors of(DenseNetwork network, SimpleMatrix inputs) {
        return new GradientFactors(network, inputs);
    }

    /** Bytes that the factors of one input take, working memory of the propagation included. */
    public static long bytesPerInput(Architecture architecture) {
        long outputs = architecture.outputs();
        long hidden = (long) architecture.width() * architecture.depth();
        long stack = outputs == 1 ? 0 : stacks(architecture) * outputs * architecture.width();
        return Double.BYTES * (architecture.inputs() + 3 * hidden + 4 * outputs + stack);
    }

    private static int stacks(Architecture architecture) {
        int count = 0;
        for (int layer = 0; layer < architecture.depth(); layer++) {
            count += architecture.trains(layer) ? 1 : 0;
        }
        return count;
    }

    /**
     * Computes the factors from the network's present weights. From the second time on, layers below the lowest trained one
     * are taken to be as they were.
     */
    public void refresh() {
        refreshed = true;
        propagation.forwardFrom(changed);
        changed = architecture.trained().lowest(architecture.depth());
        if (stacks(architecture) == 0) {
            return;
        }
        int n = propagation.size();
        for (int output = 0; output < architecture.outputs(); output++) {
            oneHot(outputSignals, output * n, n);
            propagation.backward(outputSignals);
            for (int layer = 0; layer < stacked.length; layer++) {
                if (stacked[layer] != null) {
                    Block from = propagation.signalsAt(layer);
                    Block to = part(stacked[layer], output);
                    Pointer.memcpy(to.pointer(), from.pointer(), Double.BYTES * from.size());
                }
            }
        }
    }

    /** The number n of inputs. */
    public int size() {
        return propagation.size();
    }

    /** Inputs of a layer, n x fan-in. */
    Block inputs(int layer) {
        return propagation.inputsOf(layer);
    }

    /** Signals of one output at a hidden layer, n x width. */
    Block signals(int layer, int output) {
        if (output < 0 || output >= architecture.outputs()) {
            throw new IllegalArgumentException("There is no output " + output + "; outputs are counted from 0 to "
                    + (architecture.outputs() - 1) + ".");
        }
        Block all = signals(layer);
        return architecture.outputs() == 1 ? all : part(all, output);
    }

    /** Signals of all outputs at a hidden layer, side by side: n x (outputs width). */
    Block signals(int layer) {
        if (layer < 0 || layer >= architecture.depth() || !architecture.trains(layer)) {
            throw new IllegalArgumentException(
                    "Layer " + layer + " is no trained hidden layer; ask for the signals of one that is.");
        }
        if (!refreshed) {
            throw new IllegalStateException("There are no signals yet; call refresh() first.");
        }
        Block single = propagation.signalsAt(layer);
        return stacked[layer] == null ? single : stacked[layer];
    }

    /** Frees the working memory; the network stays open. */
    @Override
    public void close() {
        propagation.close();
        memory.close();
    }

    private Block part(Block all, int output) {
        int width = architecture.width();
        long at = (long) output * all.rows() * width;
        return new Block(all.pointer().getPointer(at), all.rows(), width);
    }

    private static void oneHot(double[] signals, int from, int length) {
        for (int i = 0; i < signals.length; i++) {
            signals[i] = i >= from && i < from + length ? 1 : 0;
        }
    }
}
