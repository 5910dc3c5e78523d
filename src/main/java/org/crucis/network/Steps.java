package org.crucis.network;

import org.ejml.simple.SimpleMatrix;

/**
 * A network under training on fixed inputs: its present outputs, and full-batch steps against a gradient, on the network's
 * own parameter memory. Arrays are column-major, n x outputs. Not thread-safe; may be used while its network is open, by
 * whoever changes its weights by nothing else.
 */
public interface Steps extends AutoCloseable {

    /**
     * Prepares to train this network on these inputs by raw products. All memory is allocated once, and nothing in a step.
     *
     * @param inputs n x d, one input a row
     * @param rule what a gradient does to the parameters
     * @throws IllegalArgumentException if the shape does not fit or an entry is not finite, or for a network that was not
     *     drawn from an architecture
     */
    static Steps of(Network network, SimpleMatrix inputs, UpdateRule rule) {
        DenseNetwork dense = DenseNetwork.require(network, "Steps.byModelGradient, or Arithmetic.DEEPLEARNING4J");
        network.requireInputs(inputs);
        return dense.architecture().isShallow()
                ? new ShallowSteps(dense, inputs, rule)
                : new LayeredSteps(dense, inputs, rule);
    }

    /** {@link #of(Network, SimpleMatrix, UpdateRule)} by {@link UpdateRule.Plain}. */
    static Steps of(Network network, SimpleMatrix inputs) {
        return of(network, inputs, new UpdateRule.Plain());
    }

    /**
     * The same by the gradient that DeepLearning4J computes: for any network, many times slower, and the reference for the
     * other.
     *
     * @throws IllegalArgumentException if the shape does not fit or an entry is not finite
     */
    static Steps byModelGradient(Network network, SimpleMatrix inputs, UpdateRule rule) {
        network.requireInputs(inputs);
        return new ModelSteps(network, inputs, rule);
    }

    /** Copies the present outputs. */
    void readOutputs(double[] into);

    /**
     * Moves the trained parameters against the gradient of {@code (1/2) sum (f - y)^2} and computes the outputs again.
     *
     * @param residuals f - y
     * @param eta step size in the parametrization's time
     */
    void step(double[] residuals, double eta);

    @Override
    void close();
}
