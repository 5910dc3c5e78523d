package org.crucis.data;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.UnitSphereSampler;
import org.ejml.simple.SimpleMatrix;

/** Inputs of one length, in random directions. */
public final class Spheres {

    private Spheres() {}

    /**
     * Independent uniform directions of length one: the inputs of most convergence theorems.
     *
     * @param n number of inputs
     * @param d dimension, at least 1
     * @return n x d
     */
    public static SimpleMatrix uniform(int n, int d, UniformRandomProvider random) {
        return uniform(n, d, 1, random);
    }

    /**
     * Independent uniform directions of length sqrt(d): coordinates of order one, the habit of the NTK papers.
     *
     * @return n x d
     */
    public static SimpleMatrix ofDimension(int n, int d, UniformRandomProvider random) {
        return uniform(n, d, Math.sqrt(d), random);
    }

    /**
     * Pairs at a fixed angle: directions 0, 2, 4, ... are uniform, and each is followed by a partner at the given angle in a random
     * plane through it. All lengths are one. The separation of the data, which decides the width that theorems ask for, is thereby
     * set from outside.
     *
     * @param n number of inputs, even
     * @param d dimension, at least 2
     * @param angle in radians, in (0, pi)
     * @return n x d
     */
    public static SimpleMatrix pairs(int n, int d, double angle, UniformRandomProvider random) {
        Matrices.requireCount(n, "inputs");
        if (n % 2 != 0 || d < 2) {
            throw new IllegalArgumentException("Pairs need an even number of inputs in 2 or more dimensions, but got "
                    + n + " in " + d + ": change either number.");
        }
        if (!(angle > 0 && angle < Math.PI)) {
            throw new IllegalArgumentException(
                    "The angle of a pair must lie between 0 and pi, but got " + angle + ": give it in radians.");
        }
        SimpleMatrix inputs = new SimpleMatrix(n, d);
        for (int i = 0; i < n; i += 2) {
            SimpleMatrix direction = uniform(1, d, random);
            SimpleMatrix other = Gaussian.inputs(1, d, random);
            SimpleMatrix across = other.minus(direction.scale(other.dot(direction)));
            inputs.insertIntoThis(i, 0, direction);
            inputs.insertIntoThis(
                    i + 1, 0, direction.scale(Math.cos(angle)).plus(across.scale(Math.sin(angle) / across.normF())));
        }
        return inputs;
    }

    private static SimpleMatrix uniform(int n, int d, double radius, UniformRandomProvider random) {
        Matrices.requireCount(n, "inputs");
        Matrices.requireCount(d, "input dimensions");
        UnitSphereSampler sampler = UnitSphereSampler.of(random, d);
        SimpleMatrix inputs = new SimpleMatrix(n, d);
        for (int i = 0; i < n; i++) {
            double[] direction = sampler.sample();
            for (int j = 0; j < d; j++) {
                inputs.set(i, j, radius * direction[j]);
            }
        }
        return inputs;
    }
}
