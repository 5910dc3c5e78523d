package org.crucis.kernel;

import org.crucis.network.Activation;
import org.crucis.network.Trained;
import org.crucis.network.TrainedLayers;
import org.ejml.simple.SimpleMatrix;

/**
 * The limiting kernels of a fully connected network whose hidden layers become infinitely wide.
 *
 * <p>With NTK parametrization z_1 = (sw / sqrt(d)) W_1 x + sb b_1, z_(l+1) = (sw / sqrt(m)) W_(l+1) phi(z_l) + sb b_(l+1), all
 * parameters standard normal and f = z_(L+1), the recursion is
 *
 * <pre>
 *   K_0 = sw^2 x.x' / d + sb^2,  Theta_0 = K_0
 *   K_(l+1) = sw^2 E[phi(u) phi(v)] + sb^2,  Theta_(l+1) = K_(l+1) + sw^2 E[phi'(u) phi'(v)] Theta_l
 * </pre>
 *
 * where (u, v) is the Gaussian pair with the covariance of K_l, and K_l is left out of Theta_l where layer l is not trained. After L hidden layers K_L is the covariance of the outputs at
 * initialisation and Theta_L the tangent kernel (Jacot et al. 2018, proposition 1 and theorem 1; Lee et al. 2019, section 2).
 * Note that sw multiplies every layer, the last one included, and that no factor 2 is hidden in the ReLU: He's initialisation is
 * a weight variance of 2.
 *
 * <p>The angle of the first layer is computed from the difference of the inputs (Kahan's formula), so that the kernel of one
 * hidden layer stays right for inputs that almost coincide; equal inputs get the values of the diagonal exactly.
 *
 * <p>ReLU, erf and linear are closed forms and cost O(n^2 (d + L)). Tanh, sigmoid, softplus and GELU have none and go through quadrature:
 * right to about 1e-14, some 10^4 evaluations of the activation for each pair of inputs and layer.
 *
 * @param activation phi of every hidden layer
 * @param depth number L of hidden layers, at least 1
 * @param weightVariance sw^2 &gt; 0
 * @param biasVariance sb^2, at least 0; 0 means that there are no biases
 * @param firstLayer whether the first layer divides by sqrt(d)
 * @param trained which layers the tangent kernel counts
 */
public record AnalyticKernel(
        Activation activation,
        int depth,
        double weightVariance,
        double biasVariance,
        FirstLayer firstLayer,
        TrainedLayers trained) {

    public AnalyticKernel {
        if (depth < 1) {
            throw new IllegalArgumentException("The depth counts hidden layers and must be at least 1, but got " + depth
                    + ": give the number of hidden layers.");
        }
        if (!(weightVariance > 0) || Double.isInfinite(weightVariance)) {
            throw new IllegalArgumentException("The weight variance must be a positive number, but got "
                    + weightVariance + ": give sw^2, for instance 2 for ReLU.");
        }
        if (!(biasVariance >= 0) || Double.isInfinite(biasVariance)) {
            throw new IllegalArgumentException("The bias variance must be 0 or a positive number, but got "
                    + biasVariance + ": give sb^2, or 0 for a network without biases.");
        }
        trained.lowest(depth);
    }

    /** All layers trained, every layer scaled by its number of inputs. */
    public static AnalyticKernel of(Activation activation, int depth, double weightVariance, double biasVariance) {
        return new AnalyticKernel(activation, depth, weightVariance, biasVariance, FirstLayer.SCALED, Trained.ALL);
    }

    /**
     * The same network with another convention for its first layer. With {@link FirstLayer#UNSCALED}, ReLU, weight variance 2 and
     * inputs of length one this is the kernel of the convergence theorems, kappa_0 and kappa_1; with weight variance 1 and only
     * hidden layers trained it is x.x' (pi - theta) / (2 pi), the H of Du et al. 2018.
     */
    public AnalyticKernel withFirstLayer(FirstLayer other) {
        return new AnalyticKernel(activation, depth, weightVariance, biasVariance, other, trained);
    }

    /** The same network with other layers trained. With only the output layer trained, the tangent kernel is the NNGP kernel. */
    public AnalyticKernel training(TrainedLayers layers) {
        return new AnalyticKernel(activation, depth, weightVariance, biasVariance, firstLayer, layers);
    }

    /**
     * Both kernels of a set of inputs with itself.
     *
     * @param inputs n x d, finite
     * @return n x n, symmetric to the last bit
     */
    public Kernels at(SimpleMatrix inputs) {
        double[][] rows = rows(inputs);
        DualActivation dual = DualActivation.of(activation);
        SimpleMatrix nngp = new SimpleMatrix(rows.length, rows.length);
        SimpleMatrix ntk = new SimpleMatrix(rows.length, rows.length);
        double[][] variances = variances(rows, dual);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j <= i; j++) {
                Entry entry = entry(rows[i], rows[j], variances[i], variances[j], dual);
                nngp.set(i, j, entry.nngp);
                nngp.set(j, i, entry.nngp);
                ntk.set(i, j, entry.ntk);
                ntk.set(j, i, entry.ntk);
            }
        }
        return new Kernels(nngp, ntk);
    }

    /**
     * Both kernels between two sets of inputs.
     *
     * @param first k x d, finite
     * @param second n x d, finite
     * @return k x n
     */
    public Kernels between(SimpleMatrix first, SimpleMatrix second) {
        double[][] firstRows = rows(first);
        double[][] secondRows = rows(second);
        if (first.getNumCols() != second.getNumCols()) {
            throw new IllegalArgumentException("Both sets of inputs must have the same number of columns, but got "
                    + first.getNumCols() + " and " + second.getNumCols() + ": one column an input dimension.");
        }
        DualActivation dual = DualActivation.of(activation);
        SimpleMatrix nngp = new SimpleMatrix(firstRows.length, secondRows.length);
        SimpleMatrix ntk = new SimpleMatrix(firstRows.length, secondRows.length);
        double[][] firstVariances = variances(firstRows, dual);
        double[][] secondVariances = variances(secondRows, dual);
        for (int i = 0; i < firstRows.length; i++) {
            for (int j = 0; j < secondRows.length; j++) {
                Entry entry = entry(firstRows[i], secondRows[j], firstVariances[i], secondVariances[j], dual);
                nngp.set(i, j, entry.nngp);
                ntk.set(i, j, entry.ntk);
            }
        }
        return new Kernels(nngp, ntk);
    }

    private record Entry(double nngp, double ntk) {}

    private Entry entry(double[] x, double[] y, double[] xVariances, double[] yVariances, DualActivation dual) {
        GaussianPair pair = firstPair(x, y, xVariances[0], yVariances[0]);
        boolean same = pair.coincides();
        double covariance = pair.c();
        double tangent = trained.include(0, depth) ? covariance : 0;
        for (int layer = 1; layer <= depth; layer++) {
            covariance = same ? xVariances[layer] : weightVariance * dual.values(pair) + biasVariance;
            double fromBelow = weightVariance * dual.slopes(pair) * tangent;
            tangent = trained.include(layer, depth) ? covariance + fromBelow : fromBelow;
            if (layer < depth) {
                pair = same
                        ? GaussianPair.same(covariance)
                        : GaussianPair.of(xVariances[layer], yVariances[layer], covariance);
            }
        }
        return new Entry(covariance, tangent);
    }

    /** K_l(x, x) of every input (rows) and every l from 0 to the depth (columns). */
    private double[][] variances(double[][] rows, DualActivation dual) {
        double[][] variances = new double[rows.length][depth + 1];
        for (int i = 0; i < rows.length; i++) {
            double square = 0;
            for (double x : rows[i]) {
                square += x * x;
            }
            variances[i][0] = inputScale(rows[i].length) * square + biasVariance;
            for (int layer = 1; layer <= depth; layer++) {
                variances[i][layer] =
                        weightVariance * dual.values(GaussianPair.same(variances[i][layer - 1])) + biasVariance;
            }
        }
        return variances;
    }

    private double inputScale(int dimension) {
        return switch (firstLayer) {
            case SCALED -> weightVariance / dimension;
            case UNSCALED -> 1;
        };
    }

    /**
     * The pair of the first layer. Its angle is 2 atan2(| |y|x - |x|y |, | |y|x + |x|y |), after Kahan: right to the last digits
     * for all angles, near 0 and pi too. The bias acts as one more coordinate, the same for all inputs.
     */
    private GaussianPair firstPair(double[] x, double[] y, double xVariance, double yVariance) {
        double scale = inputScale(x.length);
        double xLength = Math.sqrt(xVariance);
        double yLength = Math.sqrt(yVariance);
        double product = 0;
        double difference = 0;
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            product += x[k] * y[k];
            double left = yLength * x[k];
            double right = xLength * y[k];
            difference += (left - right) * (left - right);
            sum += (left + right) * (left + right);
        }
        difference = scale * difference + biasVariance * (yLength - xLength) * (yLength - xLength);
        sum = scale * sum + biasVariance * (yLength + xLength) * (yLength + xLength);
        double angle = 2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum));
        double sine = difference == 0 || sum == 0 ? 0 : xLength * yLength * Math.sin(angle);
        return new GaussianPair(xVariance, yVariance, scale * product + biasVariance, sine);
    }

    private static double[][] rows(SimpleMatrix inputs) {
        if (inputs.getNumRows() == 0 || inputs.getNumCols() == 0) {
            throw new IllegalArgumentException(
                    "The inputs have shape " + inputs.getNumRows() + " x " + inputs.getNumCols()
                            + ", but a kernel needs at least one input of one dimension: give one row an input.");
        }
        double[][] rows = inputs.toArray2();
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < rows[i].length; k++) {
                if (!Double.isFinite(rows[i][k])) {
                    throw new IllegalArgumentException("Row " + (i + 1) + ", column " + (k + 1) + " of the inputs is "
                            + rows[i][k] + ", but inputs must be finite numbers: remove or repair that row.");
                }
            }
        }
        return rows;
    }
}
