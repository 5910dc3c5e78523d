package org.crucis.data;

import org.apache.commons.rng.UniformRandomProvider;
import org.ejml.simple.SimpleMatrix;

/**
 * Samples of a few inputs of squared length d, no two of them parallel and not more than their dimension: what theorems about
 * training assume of the data, with a tangent kernel that is well conditioned, so that a training to the end takes tens of steps.
 */
public final class SmallSamples {

    private SmallSamples() {}

    /**
     * Uniform on the sphere, with independent standard normal labels.
     *
     * @param n number of inputs
     * @param d dimension; fewer inputs than that keep the kernel well conditioned
     * @return n inputs of length sqrt(d)
     */
    public static Sample onSphere(int n, int d, UniformRandomProvider random) {
        SimpleMatrix inputs = Spheres.ofDimension(n, d, random);
        return new Sample(inputs, Labels.gaussian(n, random), "uniform on the sphere, Gaussian labels");
    }

    /**
     * Handwritten threes (label -1) and eights (label 1) in turn, centred by the mean of the whole table.
     *
     * @param n number of inputs
     * @return n inputs of length 8, the root of d = 64
     */
    public static Sample ofDigits(int n, UniformRandomProvider random) {
        return Tables.digits().draw(n, 3, 8, random).onSphereOfDimension();
    }

    /**
     * As many orthogonal inputs as dimensions, so that with a single hidden layer no input's gradient moves the pre-activations
     * of another; labels -1 and 1 by chance, the only chance there is.
     *
     * @param n number of inputs and dimension
     * @return n inputs of length sqrt(n), multiples of the unit vectors
     */
    public static Sample orthogonal(int n, UniformRandomProvider random) {
        SimpleMatrix inputs = SimpleMatrix.identity(n).scale(Math.sqrt(n));
        return new Sample(inputs, Labels.signs(n, random), "orthogonal, random signs");
    }
}
