package org.crucis.network;

/** How the hidden neurons are drawn relative to each other. */
public enum Neurons {
    /** Independent, as every theorem assumes. */
    INDEPENDENT,
    /**
     * The second half of the last hidden layer copies the first half and takes its output weights with the other sign
     * (the doubling trick): the initial output is 0 up to rounding, output bias included. The halves are trained apart.
     */
    MIRRORED,
    /**
     * All neurons of a layer share one draw of incoming weights and bias; output weights stay independent. Nothing
     * averages out over the width then: a control for laws of large numbers.
     */
    SHARED
}
