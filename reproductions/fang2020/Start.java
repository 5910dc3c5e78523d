package fang2020;

import org.crucis.network.Architecture;

/** What the trained function is before training. */
enum Start {
    /** Zero, by neurons in pairs of opposite output weight, whose contributions of second order cancel too. */
    MIRRORED,
    /** Zero, because f - f_0 is trained; neurons are independent. */
    CENTRED,
    /** Not zero: alpha times a random function, a residual that grows with alpha. */
    AS_DRAWN;

    Architecture apply(Architecture architecture) {
        return this == MIRRORED ? architecture.mirrored() : architecture;
    }
}
