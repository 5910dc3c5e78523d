package org.crucis.network;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/**
 * 1 for z > 0, else 0, as a DeepLearning4J layer function: the gate of a ReLU neuron. Its derivative is 0. Public with a
 * public constructor, because a saved network names its layer functions by class. All instances are equal.
 */
public final class StepActivation extends BaseActivationFunction {

    /** Creates the function, which has no parameters. */
    public StepActivation() {}

    /** Overwrites {@code z} with its gates, as DeepLearning4J's own activations do. */
    @Override
    public INDArray getActivation(INDArray z, boolean training) {
        return Nd4j.getExecutioner().exec(new Step(z, z, 0.0));
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray z, INDArray epsilon) {
        assertShape(z, epsilon);
        return new Pair<>(epsilon.assign(0.0), null);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StepActivation;
    }

    @Override
    public int hashCode() {
        return StepActivation.class.hashCode();
    }

    @Override
    public String toString() {
        return "step";
    }
}
