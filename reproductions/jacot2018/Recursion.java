package jacot2018;

import java.util.function.DoubleUnaryOperator;
import org.crucis.network.Activation;
import org.ejml.simple.SimpleMatrix;

/**
 * The paper's recursion for the limiting tangent kernel, taken literally: the Gaussian expectations of every layer by {@link
 * PanelQuadrature}, whatever the activation, and no closed form anywhere. The second route to {@link
 * org.crucis.kernel.AnalyticKernel}, and with a mistake planted the wrong theories that a check must reject.
 *
 * @param activation phi of every hidden layer
 * @param depth number of hidden layers
 * @param weightVariance sw^2
 * @param biasVariance sb^2
 * @param mistake what is done wrong
 */
record Recursion(Activation activation, int depth, double weightVariance, double biasVariance, Mistake mistake) {

    /** Ways to get the recursion wrong that a glance does not see. */
    enum Mistake {
        NONE,
        /** Half of the weight variance behind every hidden layer: the factor 2 of ReLU forgotten. */
        FACTOR_TWO_DROPPED,
        /** Biases counted in the outputs' covariance, but not as parameters of the tangent kernel. */
        BIAS_DROPPED,
        /** The derivative's expectation of every layer taken at the first layer's pre-activations. */
        ANGLE_OF_THE_INPUTS
    }

    static Recursion of(Activation activation, int depth, double weightVariance, double biasVariance) {
        return new Recursion(activation, depth, weightVariance, biasVariance, Mistake.NONE);
    }

    Recursion with(Mistake planted) {
        return new Recursion(activation, depth, weightVariance, biasVariance, planted);
    }

    /**
     * The tangent kernel.
     *
     * @param x n x d
     * @param quadrature how finely to integrate
     * @return n x n
     */
    SimpleMatrix ntk(SimpleMatrix x, PanelQuadrature quadrature) {
        int n = x.getNumRows();
        SimpleMatrix kernel = new SimpleMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double entry = ntk(x.getRow(i), x.getRow(j), i == j, quadrature);
                kernel.set(i, j, entry);
                kernel.set(j, i, entry);
            }
        }
        return kernel;
    }

    private double ntk(SimpleMatrix x, SimpleMatrix y, boolean same, PanelQuadrature quadrature) {
        double scale = weightVariance / x.getNumElements();
        double a = scale * x.dot(x) + biasVariance;
        double b = scale * y.dot(y) + biasVariance;
        double c = same ? a : scale * x.dot(y) + biasVariance;
        double inTangent = mistake == Mistake.BIAS_DROPPED ? 0 : biasVariance;
        double variance = mistake == Mistake.FACTOR_TWO_DROPPED ? weightVariance / 2 : weightVariance;
        double tangent = c - biasVariance + inTangent;
        double slopesOfInputs = expectation(activation::derivative, a, b, c, quadrature);
        for (int layer = 1; layer <= depth; layer++) {
            double slopes = mistake == Mistake.ANGLE_OF_THE_INPUTS
                    ? slopesOfInputs
                    : expectation(activation::derivative, a, b, c, quadrature);
            c = variance * expectation(activation::value, a, b, c, quadrature);
            tangent = c + inTangent + variance * slopes * tangent;
            a = variance * expectation(activation::value, a, a, a, quadrature) + biasVariance;
            b = variance * expectation(activation::value, b, b, b, quadrature) + biasVariance;
            c = same ? a : c + biasVariance;
        }
        return tangent;
    }

    private static double expectation(
            DoubleUnaryOperator function, double a, double b, double c, PanelQuadrature quadrature) {
        return quadrature.expectation(function, a, b, c);
    }
}
