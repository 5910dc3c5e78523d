package org.crucis.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.crucis.network.LayerScale;
import org.crucis.network.ModelPropagation;
import org.crucis.network.Network;
import org.crucis.network.Propagation;
import org.ejml.simple.SimpleMatrix;

/**
 * The tangent kernel of a network at its present weights, in the time of its parametrization: one step of size eta
 * multiplies the linearised residual by {@code I - eta Theta}, whatever the parametrization and whichever layers are
 * trained.
 *
 * <p>With a_{l-1} the input of layer l and D_l = df/dz_l its signal, the gradient of f at one input with respect to W_l is
 * the outer product of the two, so that
 *
 * <pre>Theta(x, x') = sum_l (weightRate_l &lt;a_{l-1}(x), a_{l-1}(x')&gt; + biasRate_l) &lt;D_l(x), D_l(x')&gt;</pre>
 *
 * over the trained layers, without any Jacobian (Novak, Sohl-Dickstein and Schoenholz 2022, arXiv 2206.08720, "structured
 * derivatives" for dense networks). For n inputs, L hidden layers of width m and P parameters: 4 n P operations for the
 * passes and 2 L m n^2 for the products, against n^2 P for contracted Jacobians. {@link #byPerExampleGradients} contracts
 * them all the same, from DeepLearning4J's own gradients: the oracle.
 *
 * <p>For networks with one output.
 */
public final class EmpiricalKernel {

    private EmpiricalKernel() {}

    /**
     * The kernel of some inputs.
     *
     * @param inputs n x d, one input a row
     * @return n x n, symmetric positive semidefinite
     * @throws IllegalArgumentException if the shape does not fit, an entry is not finite or there are several outputs
     */
    public static SimpleMatrix of(Network network, SimpleMatrix inputs) {
        try (Propagation propagation = propagate(network, inputs)) {
            Sum sum = new Sum(square(propagation));
            for (int layer = 0; layer < propagation.network().layers(); layer++) {
                sum.addShare(propagation, propagation, layer);
            }
            return symmetric(sum.entries, propagation.size());
        }
    }

    /**
     * The kernel between two sets of inputs.
     *
     * @param a n x d, one input a row
     * @param b n' x d
     * @return n x n'
     * @throws IllegalArgumentException as {@link #of}
     */
    public static SimpleMatrix between(Network network, SimpleMatrix a, SimpleMatrix b) {
        try (Propagation left = propagate(network, a);
                Propagation right = propagate(network, b)) {
            Sum sum = new Sum(Math.multiplyExact(left.size(), right.size()));
            for (int layer = 0; layer < left.network().layers(); layer++) {
                sum.addShare(left, right, layer);
            }
            return new SimpleMatrix(left.size(), right.size(), false, sum.entries);
        }
    }

    /**
     * What each layer contributes, input side first; the kernel is their sum. A layer that is not trained contributes
     * zeros.
     *
     * @param inputs n x d, one input a row
     * @return one n x n matrix a layer
     * @throws IllegalArgumentException as {@link #of}
     */
    public static List<SimpleMatrix> layerShares(Network network, SimpleMatrix inputs) {
        try (Propagation propagation = propagate(network, inputs)) {
            List<SimpleMatrix> shares = new ArrayList<>();
            for (int layer = 0; layer < propagation.network().layers(); layer++) {
                Sum share = new Sum(square(propagation));
                share.addShare(propagation, propagation, layer);
                shares.add(symmetric(share.entries, propagation.size()));
            }
            return List.copyOf(shares);
        }
    }

    /**
     * The same kernel from DeepLearning4J's own gradient of each single output: J R J^T with R the diagonal of rates.
     * Slow (half a millisecond and P numbers an input); for audits.
     *
     * @param inputs n x d, one input a row
     * @return n x n
     * @throws IllegalArgumentException as {@link #of}
     */
    public static SimpleMatrix byPerExampleGradients(Network network, SimpleMatrix inputs) {
        requireOneOutput(network);
        network.requireInputs(inputs);
        double[][] rows = scaledGradients(network, inputs);
        int n = rows.length;
        double[] products = new double[n * n];
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                double sum = 0;
                for (int p = 0; p < rows[i].length; p++) {
                    sum += rows[i][p] * rows[j][p];
                }
                products[i + j * n] = sum;
            }
        }
        return symmetric(products, n);
    }

    private static Propagation propagate(Network network, SimpleMatrix inputs) {
        requireOneOutput(network);
        Propagation propagation = Propagation.of(network, inputs);
        double[] ones = new double[propagation.size()];
        Arrays.fill(ones, 1);
        propagation.forward();
        propagation.backward(ones);
        return propagation;
    }

    /** Row i: the gradient of f(x_i), each entry times the root of its rate. */
    private static double[][] scaledGradients(Network network, SimpleMatrix inputs) {
        double[] rates = network.rates();
        double[][] rows = new double[inputs.getNumRows()][];
        for (int i = 0; i < rows.length; i++) {
            try (ModelPropagation propagation = ModelPropagation.of(network, inputs.getRow(i))) {
                propagation.forward();
                rows[i] = propagation.gradient(new double[] {1});
            }
            for (int p = 0; p < rates.length; p++) {
                rows[i][p] *= Math.sqrt(rates[p]);
            }
        }
        return rows;
    }

    private static void requireOneOutput(Network network) {
        int outputs = network.outputSize();
        if (outputs != 1) {
            throw new IllegalArgumentException("The network has " + outputs
                    + " outputs; the empirical kernel is for one output, so draw it with outputs(1).");
        }
    }

    /** A kernel under construction, column-major, with working arrays for one layer's products. */
    private static final class Sum {

        private final double[] entries;
        private final double[] inputs;
        private final double[] signals;

        Sum(int size) {
            entries = new double[size];
            inputs = new double[size];
            signals = new double[size];
        }

        void addShare(Propagation left, Propagation right, int layer) {
            if (!left.network().architecture().trains(layer)) {
                return;
            }
            left.inputProducts(layer, right, inputs);
            left.signalProducts(layer, right, signals);
            LayerScale scale = left.network().scale(layer);
            add(entries, inputs, signals, scale.weightRate(), scale.biasRate());
        }

        private static void add(double[] sum, double[] a, double[] d, double weightRate, double biasRate) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (weightRate * a[i] + biasRate) * d[i];
            }
        }
    }

    /** Mirrors the lower triangle; above it stands whatever the symmetric product left there. */
    private static SimpleMatrix symmetric(double[] lower, int n) {
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < j; i++) {
                lower[i + j * n] = lower[j + i * n];
            }
        }
        return new SimpleMatrix(n, n, false, lower);
    }

    private static int square(Propagation propagation) {
        return Math.multiplyExact(propagation.size(), propagation.size());
    }
}
