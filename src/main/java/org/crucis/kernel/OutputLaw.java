package org.crucis.kernel;

import org.ejml.simple.SimpleMatrix;

/**
 * The Gaussian law of a network's outputs over random initialisations.
 *
 * @param mean k x 1
 * @param covariance k x k
 */
public record OutputLaw(SimpleMatrix mean, SimpleMatrix covariance) {}
