package org.crucis.network;

/**
 * Whether the on/off patterns of the hidden ReLU neurons follow the weights or are frozen.
 *
 * <p>With frozen gates a hidden layer is {@code a_l = g_l(x) * (W_l a_{l-1} + b_l)}, entry by entry, with g_l(x) of zeros and
 * ones that training does not change: a gated linear network, whose output is linear in the weights of each layer (Noy et
 * al. 2021, arXiv 2101.04243, train it in place of the ReLU network). Every hidden layer is gated, the first one included.
 */
public enum Gates {
    /** No frozen gates: the layers have their activation. */
    NONE,
    /**
     * Those of the ReLU network at initialisation: a neuron is on for the inputs for which its pre-activation is positive
     * before training. Outputs, gradients and tangent kernel are then those of the ReLU network, until the weights move.
     */
    INITIAL,
    /**
     * Independent of the weights: a neuron of layer l is on for the inputs with positive product with its own standard
     * normal vector, the same at every time of training.
     */
    INDEPENDENT
}
