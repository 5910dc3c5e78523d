package org.crucis.network;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The exact GELU z Phi(z) as a DeepLearning4J layer function; the library's two GELUs are approximations that differ from
 * it by 2e-2 and 3e-2. Public with a public constructor, because a saved network names its layer functions by class. All
 * instances are equal.
 */
public final class GeluActivation extends BaseActivationFunction {

    /** Creates the function, which has no parameters. */
    public GeluActivation() {}

    /** Overwrites {@code z} with z Phi(z), as DeepLearning4J's own activations do. */
    @Override
    public INDArray getActivation(INDArray z, boolean training) {
        return z.muli(distribution(z));
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray z, INDArray epsilon) {
        assertShape(z, epsilon);
        INDArray density = Transforms.exp(z.mul(z).muli(-0.5), false).muli(1 / Math.sqrt(2 * Math.PI));
        INDArray slope = density.muli(z).addi(distribution(z));
        return new Pair<>(slope.muli(epsilon), null);
    }

    /** Phi(z), in a new array. */
    private static INDArray distribution(INDArray z) {
        INDArray scaled = z.mul(Math.sqrt(0.5));
        return Nd4j.getExecutioner().exec(new Erf(scaled, scaled)).addi(1).muli(0.5);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GeluActivation;
    }

    @Override
    public int hashCode() {
        return GeluActivation.class.hashCode();
    }

    @Override
    public String toString() {
        return "gelu";
    }
}
