package chizat2019;

import org.crucis.network.Architecture;

/** What the trained function is before training. */
enum Start {
    /** f - f_0 is trained: zero, with independent neurons. */
    CENTRED,
    /** Zero, by neurons in pairs of opposite output weight. */
    MIRRORED,
    /** Not zero: breaks the hypothesis h(w_0) = 0. */
    AS_DRAWN;

    Architecture apply(Architecture architecture) {
        return this == MIRRORED ? architecture.mirrored() : architecture;
    }
}
