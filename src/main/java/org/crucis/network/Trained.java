package org.crucis.network;

/** Which layers gradient descent moves; the others keep their initial weights and are left out of the tangent kernel. */
public enum Trained {
    /** Every layer. */
    ALL,
    /** Every layer but the output layer. */
    HIDDEN,
    /** The output layer alone: a random-feature model. */
    OUTPUT
}
