package org.crucis.training;

/** Who computes the gradient. All ways move the same memory and agree to rounding; a test holds them together. */
public enum Arithmetic {
    /** Raw products where the network is of layers that they can follow, else DeepLearning4J. */
    FASTEST,
    /** Raw products on the network's memory: many times faster. For networks drawn from an architecture. */
    RAW_PRODUCTS,
    /** DeepLearning4J's own {@code computeGradientAndScore}, with one rate a parameter: the reference. For any network. */
    DEEPLEARNING4J
}
