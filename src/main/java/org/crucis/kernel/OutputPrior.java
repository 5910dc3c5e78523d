package org.crucis.kernel;

import org.ejml.simple.SimpleMatrix;

/**
 * The centred Gaussian law of the outputs at initialisation, jointly on n training inputs and k further inputs: the three blocks
 * of the NNGP kernel.
 *
 * @param train n x n
 * @param cross k x n, further inputs against training inputs
 * @param further k x k
 */
public record OutputPrior(SimpleMatrix train, SimpleMatrix cross, SimpleMatrix further) {

    public OutputPrior {
        int n = train.getNumRows();
        int k = further.getNumRows();
        if (train.getNumCols() != n
                || further.getNumCols() != k
                || cross.getNumRows() != k
                || cross.getNumCols() != n) {
            throw new IllegalArgumentException("The blocks of a prior must be n x n, k x n and k x k, but got "
                    + LinearizedDynamics.shape(train) + ", " + LinearizedDynamics.shape(cross) + " and "
                    + LinearizedDynamics.shape(further)
                    + ": pass train, cross (further against train) and further, in this order.");
        }
    }

    /**
     * The prior of infinitely wide networks.
     *
     * @param kernel their architecture
     * @param train n x d
     * @param further k x d
     */
    public static OutputPrior of(AnalyticKernel kernel, SimpleMatrix train, SimpleMatrix further) {
        return new OutputPrior(
                kernel.at(train).nngp(),
                kernel.between(further, train).nngp(),
                kernel.at(further).nngp());
    }
}
