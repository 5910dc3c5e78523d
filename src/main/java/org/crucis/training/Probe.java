package org.crucis.training;

import org.crucis.network.Network;
import org.ejml.simple.SimpleMatrix;

/** Looks at a network during training. It must leave the weights as they are. */
@FunctionalInterface
public interface Probe {

    /**
     * Called with the state after {@code step} steps.
     *
     * @param step 0 for the initial state
     * @param network the network in that state
     * @param outputs its outputs on the training inputs, n x outputs, as the network computes them (not centred); finite
     */
    void observe(int step, Network network, SimpleMatrix outputs);
}
