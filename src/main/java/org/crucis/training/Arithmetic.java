package org.crucis.training;

/** Who computes the gradient. Both ways move the same memory and agree to rounding; a test holds them together. */
public enum Arithmetic {
    /** Raw products on the network's memory: many times faster. */
    RAW_PRODUCTS,
    /** DeepLearning4J's own {@code computeGradientAndScore}, with one rate a parameter: the reference. */
    DEEPLEARNING4J
}
