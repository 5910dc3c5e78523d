package org.crucis.kernel;

import java.util.List;
import org.crucis.network.DenseNetwork;
import org.crucis.network.ModelPropagation;
import org.crucis.network.Network;
import org.ejml.simple.SimpleMatrix;

/**
 * The tangent kernel of a network at its present weights, in the time of its parametrization: one step of size eta
 * multiplies the linearised residual by {@code I - eta Theta}, whatever the parametrization and whichever layers are
 * trained.
 *
 * <p>With a_{l-1} the input of layer l and D_l^o = df_o/dz_l its signal, the gradient of output o at one input with respect
 * to W_l is the outer product of the two, so that
 *
 * <pre>Theta_op(x, x') = sum_l (weightRate_l &lt;a_{l-1}(x), a_{l-1}(x')&gt; + biasRate_l) &lt;D_l^o(x), D_l^p(x')&gt;</pre>
 *
 * over the trained layers, without any Jacobian (Novak, Sohl-Dickstein and Schoenholz 2022, arXiv 2206.08720, "structured
 * derivatives" for dense networks).
 *
 * <p>Cost in multiply-adds, for n inputs, O outputs, L hidden layers of width m and P parameters: (1 + O) n P for the passes
 * and (1 + O^2) L m n^2 / 2 for the products; for the average over outputs, or for one, (1 + O) L m n^2 / 2. Contracted
 * Jacobians cost (n O)^2 P / 2. {@link #byPerExampleGradients} contracts them all the same, from DeepLearning4J's own
 * gradients: the oracle. Memory: 8 (n O)^2 bytes for the result, at most about 1 GB beside it for any number of inputs
 * (blocks of them are paired), and 24 n L m bytes, or 8 n L m (3 + O) for
 * several outputs, where these are less.
 *
 * <p>Where a method does not ask how outputs enter it is {@link Outputs#JOINT}, which for one output is n x n.
 */
public final class EmpiricalKernel {

    private EmpiricalKernel() {}

    /**
     * The kernel of some inputs, for every pair of outputs.
     *
     * @param inputs n x d, one input a row
     * @return n O x n O, in the order of {@link Outputs#JOINT}; symmetric positive semidefinite
     * @throws IllegalArgumentException if the shape does not fit, an entry is not finite or the result fits into no array
     */
    public static SimpleMatrix of(Network network, SimpleMatrix inputs) {
        return of(network, inputs, Outputs.JOINT);
    }

    /**
     * The kernel of some inputs.
     *
     * @param inputs n x d, one input a row
     * @return n O x n O or n x n, symmetric positive semidefinite
     * @throws IllegalArgumentException as {@link #of(Network, SimpleMatrix)}
     */
    public static SimpleMatrix of(Network network, SimpleMatrix inputs, Outputs outputs) {
        network.requireInputs(inputs);
        return network instanceof DenseNetwork dense
                ? blocks(dense, inputs).of(dense, inputs, outputs)
                : entering(outputs, byPerExampleGradients(network, inputs), network.outputSize());
    }

    /**
     * The kernel between two sets of inputs, for every pair of outputs.
     *
     * @param a n x d, one input a row
     * @param b n' x d
     * @return n O x n' O, in the order of {@link Outputs#JOINT}
     * @throws IllegalArgumentException as {@link #of(Network, SimpleMatrix)}
     */
    public static SimpleMatrix between(Network network, SimpleMatrix a, SimpleMatrix b) {
        return between(network, a, b, Outputs.JOINT);
    }

    /**
     * The kernel between two sets of inputs.
     *
     * @param a n x d, one input a row
     * @param b n' x d
     * @return n O x n' O or n x n'
     * @throws IllegalArgumentException as {@link #of(Network, SimpleMatrix)}
     */
    public static SimpleMatrix between(Network network, SimpleMatrix a, SimpleMatrix b, Outputs outputs) {
        network.requireInputs(a);
        network.requireInputs(b);
        return network instanceof DenseNetwork dense
                ? KernelBlocks.of(dense.architecture(), Math.max(a.getNumRows(), b.getNumRows()))
                        .between(dense, a, b, outputs)
                : entering(
                        outputs,
                        scaledGradients(network, a)
                                .mult(scaledGradients(network, b).transpose()),
                        network.outputSize());
    }

    /**
     * What each layer contributes to the kernel for every pair of outputs, input side first; the kernel is their sum. A layer
     * that is not trained contributes zeros.
     *
     * @param inputs n x d, one input a row
     * @return one n O x n O matrix a layer
     * @throws IllegalArgumentException as {@link #of(Network, SimpleMatrix)}
     */
    public static List<SimpleMatrix> layerShares(Network network, SimpleMatrix inputs) {
        return layerShares(network, inputs, Outputs.JOINT);
    }

    /**
     * What each layer contributes to the kernel, input side first.
     *
     * @param inputs n x d, one input a row
     * @return one n O x n O or n x n matrix a layer
     * @throws IllegalArgumentException as {@link #of(Network, SimpleMatrix)}
     */
    public static List<SimpleMatrix> layerShares(Network network, SimpleMatrix inputs, Outputs outputs) {
        DenseNetwork dense = dense(network, inputs);
        return blocks(dense, inputs).layerShares(dense, inputs, outputs);
    }

    /**
     * The kernel of one network on one set of inputs, to be asked for again and again while the network trains.
     *
     * @param inputs n x d, one input a row
     * @throws IllegalArgumentException as {@link #of(Network, SimpleMatrix)}
     */
    public static KernelFollower following(Network network, SimpleMatrix inputs) {
        return following(network, inputs, Outputs.JOINT);
    }

    /** The same, for these outputs. */
    public static KernelFollower following(Network network, SimpleMatrix inputs, Outputs outputs) {
        return new KernelFollower(dense(network, inputs), inputs, outputs);
    }

    /**
     * The kernel between output o, by row, and output p, by column.
     *
     * @param kernel n O x n' O in the order of {@link Outputs#JOINT}
     * @param outputs O
     * @return a copy, n x n'
     */
    public static SimpleMatrix block(SimpleMatrix kernel, int outputs, int o, int p) {
        if (outputs < 1) {
            throw new IllegalArgumentException("There are " + outputs + " outputs; a network has at least one.");
        }
        int n = kernel.getNumRows() / outputs;
        int others = kernel.getNumCols() / outputs;
        if (n * outputs != kernel.getNumRows() || others * outputs != kernel.getNumCols()) {
            throw new IllegalArgumentException("A kernel of " + kernel.getNumRows() + " x " + kernel.getNumCols()
                    + " entries is none of " + outputs + " outputs; give the number of outputs of its network.");
        }
        if (o < 0 || o >= outputs || p < 0 || p >= outputs) {
            throw new IllegalArgumentException("There is no pair of outputs " + o + " and " + p
                    + "; they are counted from 0 to " + (outputs - 1) + ".");
        }
        return kernel.extractMatrix(o * n, (o + 1) * n, p * others, (p + 1) * others);
    }

    /**
     * The kernel for every pair of outputs from DeepLearning4J's own gradient of each single output: J R J^T with R the
     * diagonal of rates. Slow (half a millisecond and P numbers an input and output); for audits.
     *
     * @param inputs n x d, one input a row
     * @return n O x n O
     * @throws IllegalArgumentException as {@link #of(Network, SimpleMatrix)}
     */
    public static SimpleMatrix byPerExampleGradients(Network network, SimpleMatrix inputs) {
        SimpleMatrix rows = scaledGradients(network, inputs);
        return rows.mult(rows.transpose());
    }

    /** Row o n + i: the gradient of f_o(x_i), each entry times the root of its rate. */
    private static SimpleMatrix scaledGradients(Network network, SimpleMatrix inputs) {
        network.requireInputs(inputs);
        int n = inputs.getNumRows();
        double[] rates = network.rates();
        double[][] rows = new double[n * network.outputSize()][];
        for (int i = 0; i < n; i++) {
            try (ModelPropagation propagation = ModelPropagation.of(network, inputs.getRow(i))) {
                propagation.forward();
                for (int o = 0; o < network.outputSize(); o++) {
                    double[] signals = new double[network.outputSize()];
                    signals[o] = 1;
                    double[] row = propagation.gradient(signals);
                    for (int p = 0; p < rates.length; p++) {
                        row[p] *= Math.sqrt(rates[p]);
                    }
                    rows[o * n + i] = row;
                }
            }
        }
        return new SimpleMatrix(rows);
    }

    /** What enters, from the kernel for every pair of outputs. */
    private static SimpleMatrix entering(Outputs outputs, SimpleMatrix joint, int number) {
        if (outputs == Outputs.JOINT) {
            return joint;
        }
        SimpleMatrix sum = block(joint, number, 0, 0);
        for (int o = 1; o < number; o++) {
            sum = sum.plus(block(joint, number, o, o));
        }
        return sum.divide(number);
    }

    private static DenseNetwork dense(Network network, SimpleMatrix inputs) {
        network.requireInputs(inputs);
        if (network instanceof DenseNetwork dense) {
            return dense;
        }
        throw new IllegalArgumentException(
                "The kernel is followed, and split into layers, for drawn dense networks only; use"
                        + " EmpiricalKernel.of for a model of another kind.");
    }

    private static KernelBlocks blocks(DenseNetwork network, SimpleMatrix inputs) {
        return KernelBlocks.of(network.architecture(), inputs.getNumRows());
    }
}
