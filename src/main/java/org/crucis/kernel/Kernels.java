package org.crucis.kernel;

import org.ejml.simple.SimpleMatrix;

/**
 * The two limiting kernels of one architecture on the same pairs of inputs.
 *
 * @param nngp covariance of the outputs at initialisation, one row an input of the first set, one column an input of the second
 * @param ntk tangent kernel of the trained layers, of the same shape
 */
public record Kernels(SimpleMatrix nngp, SimpleMatrix ntk) {}
