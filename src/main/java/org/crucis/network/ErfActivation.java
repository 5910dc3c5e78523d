package org.crucis.network;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * erf(z) as a DeepLearning4J layer function, which the library lacks. Public with a public constructor, because a saved
 * network names its layer functions by class. All instances are equal.
 */
public final class ErfActivation extends BaseActivationFunction {

    /** Creates the function, which has no parameters. */
    public ErfActivation() {}

    /** Overwrites {@code z} with erf(z), as DeepLearning4J's own activations do. */
    @Override
    public INDArray getActivation(INDArray z, boolean training) {
        return Nd4j.getExecutioner().exec(new Erf(z, z));
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray z, INDArray epsilon) {
        assertShape(z, epsilon);
        INDArray slope = Transforms.exp(z.mul(z).negi(), false).muli(2 / Math.sqrt(Math.PI));
        return new Pair<>(slope.muli(epsilon), null);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ErfActivation;
    }

    @Override
    public int hashCode() {
        return ErfActivation.class.hashCode();
    }

    @Override
    public String toString() {
        return "erf";
    }
}
