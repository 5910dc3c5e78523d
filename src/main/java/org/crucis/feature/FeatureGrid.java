package org.crucis.feature;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.simple.SimpleMatrix;

/**
 * A regression problem with every feature that a neuron could have, up to the fineness of a grid: G features on N inputs. Inputs carry
 * weight 1/N each, so that E is their mean and &lt;a, b&gt; = (1/N) sum_i a_i b_i; the base law of features carries 1/G on each.
 *
 * @param features h(theta_g, x_i), N x G: one row an input, one column a feature
 * @param targets y, N x 1
 * @param penalty r(theta_g), G x 1: what a penalty on features charges each of them
 */
public record FeatureGrid(SimpleMatrix features, SimpleMatrix targets, SimpleMatrix penalty) {

    public FeatureGrid {
        if (features.getNumElements() == 0) {
            throw new IllegalArgumentException("A feature grid needs one input and one feature at least, but got "
                    + shape(features) + ": one row an input, one column a feature.");
        }
        requireShape(targets, features.getNumRows(), "targets");
        requireShape(penalty, features.getNumCols(), "penalty on features");
        requireFinite(features, "features");
        requireFinite(targets, "targets");
        requireFinite(penalty, "penalty on features");
    }

    /** Without a penalty on features. */
    public static FeatureGrid of(SimpleMatrix features, SimpleMatrix targets) {
        return new FeatureGrid(features, targets, new SimpleMatrix(features.getNumCols(), 1));
    }

    /**
     * Features with one parameter on one-dimensional inputs.
     *
     * @param inputs N numbers
     * @param parameters G numbers, spread as the base law of features is
     * @param feature h(parameter, input)
     * @param target y(input)
     */
    public static FeatureGrid over(
            double[] inputs, double[] parameters, DoubleBinaryOperator feature, DoubleUnaryOperator target) {
        SimpleMatrix features = new SimpleMatrix(inputs.length, parameters.length);
        SimpleMatrix targets = new SimpleMatrix(inputs.length, 1);
        for (int i = 0; i < inputs.length; i++) {
            targets.set(i, target.applyAsDouble(inputs[i]));
            for (int g = 0; g < parameters.length; g++) {
                features.set(i, g, feature.applyAsDouble(parameters[g], inputs[i]));
            }
        }
        return of(features, targets);
    }

    /** The same problem with a penalty on features (G x 1). */
    public FeatureGrid penalizing(SimpleMatrix penalty) {
        return new FeatureGrid(features, targets, penalty);
    }

    /**
     * The angles 2 pi k / n, k from 0 to n - 1: inputs or features around the whole circle.
     *
     * @param n at least 1
     */
    public static double[] angles(int n) {
        if (n < 1) {
            throw new IllegalArgumentException(
                    "The number of angles must be at least 1, but got " + n + ": ask for one or more.");
        }
        double[] angles = new double[n];
        for (int k = 0; k < n; k++) {
            angles[k] = 2 * Math.PI * k / n;
        }
        return angles;
    }

    /** N, the number of inputs. */
    public int inputs() {
        return features.getNumRows();
    }

    /** G, the number of features. */
    public int points() {
        return features.getNumCols();
    }

    /** (1/2) E (f - y)^2 of outputs f (N x 1). */
    public double loss(SimpleMatrix outputs) {
        SimpleMatrix error = residual(outputs);
        return inner(error, error) / 2;
    }

    /** y - f (N x 1) of outputs f. */
    SimpleMatrix residual(SimpleMatrix outputs) {
        requireShape(outputs, inputs(), "outputs");
        return targets.minus(outputs);
    }

    /** &lt;h_g, v&gt; of every feature (G x 1) with a function v on the inputs (N x 1). */
    SimpleMatrix correlations(SimpleMatrix function) {
        return features.transpose().mult(function).divide(inputs());
    }

    /** (1/N) sum_g w_g h_g h_g' (N x N) with weights of at least 0 (G x 1): for a law, the kernel of its random features over N. */
    SimpleMatrix kernel(SimpleMatrix weights) {
        SimpleMatrix roots = features.copy();
        CommonOps_DDRM.multCols(
                roots.getDDRM(), weights.elementPower(0.5).getDDRM().getData());
        SimpleMatrix kernel = new SimpleMatrix(inputs(), inputs());
        CommonOps_DDRM.multOuter(roots.getDDRM(), kernel.getDDRM());
        return kernel.divide(inputs());
    }

    /** E h_g^2 of every feature (G x 1). */
    SimpleMatrix squaredNorms() {
        SimpleMatrix sums = new SimpleMatrix(1, points());
        CommonOps_DDRM.sumCols(features.elementMult(features).getDDRM(), sums.getDDRM());
        return sums.transpose().divide(inputs());
    }

    /** &lt;a, b&gt; of two functions on the inputs. */
    double inner(SimpleMatrix a, SimpleMatrix b) {
        return a.dot(b) / inputs();
    }

    /** The base law (G x 1): 1/G on each feature. */
    public SimpleMatrix baseLaw() {
        return SimpleMatrix.filled(points(), 1, 1.0 / points());
    }

    static void requireShape(SimpleMatrix column, int rows, String what) {
        if (column.getNumRows() != rows || column.getNumCols() != 1) {
            throw new IllegalArgumentException("The " + what + " must have shape " + rows + " x 1, but got "
                    + shape(column) + ": one row an input or a feature, in the order of the grid.");
        }
    }

    static void requireFinite(SimpleMatrix matrix, String what) {
        if (matrix.hasUncountable()) {
            throw new IllegalArgumentException("The " + what
                    + " must be finite, but hold NaN or infinity: look for where they overflowed or divided by 0.");
        }
    }

    static String shape(SimpleMatrix matrix) {
        return matrix.getNumRows() + " x " + matrix.getNumCols();
    }
}
