package nguyen2020;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * gamma z + (1 - gamma) (log(1 + e^z) - log 2) with gamma = 1/2: smooth, zero at zero, with slopes between gamma and 1, as the paper
 * assumes; the gradient inequality needs the slopes alone. Public with a public constructor, because a saved network names its layer
 * functions by class. All instances are equal.
 */
public final class LeakySoftplus extends BaseActivationFunction {

    /** gamma, the smallest slope. */
    static final double SMALLEST_SLOPE = 0.5;

    /** Creates the function, which has no parameters. */
    public LeakySoftplus() {}

    /** Overwrites {@code z} with its image, as DeepLearning4J's own activations do. */
    @Override
    public INDArray getActivation(INDArray z, boolean training) {
        INDArray soft = Transforms.softPlus(z, true).subi(Math.log(2)).muli(1 - SMALLEST_SLOPE);
        return z.muli(SMALLEST_SLOPE).addi(soft);
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray z, INDArray epsilon) {
        assertShape(z, epsilon);
        INDArray slope = Transforms.sigmoid(z, true).muli(1 - SMALLEST_SLOPE).addi(SMALLEST_SLOPE);
        return new Pair<>(slope.muli(epsilon), null);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LeakySoftplus;
    }

    @Override
    public int hashCode() {
        return LeakySoftplus.class.hashCode();
    }

    @Override
    public String toString() {
        return "leaky softplus";
    }
}
