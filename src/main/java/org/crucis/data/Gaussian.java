package org.crucis.data;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.ejml.simple.SimpleMatrix;

/** Inputs with independent standard normal coordinates: length sqrt(d) on average, no two parallel. */
public final class Gaussian {

    private Gaussian() {}

    /**
     * Independent standard normal coordinates.
     *
     * @param n number of inputs
     * @param d dimension
     * @return n x d
     */
    public static SimpleMatrix inputs(int n, int d, UniformRandomProvider random) {
        Matrices.requireCount(n, "inputs");
        Matrices.requireCount(d, "input dimensions");
        ZigguratSampler.NormalizedGaussian sampler = ZigguratSampler.NormalizedGaussian.of(random);
        SimpleMatrix matrix = new SimpleMatrix(n, d);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                matrix.set(i, j, sampler.sample());
            }
        }
        return matrix;
    }
}
