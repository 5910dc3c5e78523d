package org.crucis.kernel;

/** How the first layer scales its inputs: the point where the literature's conventions part. */
public enum FirstLayer {
    /** z = (sw / sqrt(d)) W x + sb b, as every other layer (Lee et al. 2019; Jacot et al. 2018 with sw = 1). */
    SCALED,
    /** z = W x + sb b: unit-variance weights on inputs of length one (Du et al. 2018 and most convergence theorems). */
    UNSCALED
}
