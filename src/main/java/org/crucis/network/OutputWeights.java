package org.crucis.network;

/** The law of the output weights before training; the deviation is that of the parametrization. */
public enum OutputWeights {
    /** Gaussian with mean zero. */
    CENTRED,
    /** Absolute value of that Gaussian: breaks E a = 0, on which the kernel's 1/m drift rests. */
    POSITIVE,
    /** Plus or minus one deviation with equal probability (Du et al. 2019). */
    SIGNS
}
