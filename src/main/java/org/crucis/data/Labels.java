package org.crucis.data;

import org.apache.commons.rng.UniformRandomProvider;
import org.ejml.simple.SimpleMatrix;

/** Random targets that ignore the input: what theorems mean by "for all labels", and the hardest case for a kernel. */
public final class Labels {

    private Labels() {}

    /**
     * Independent standard normal targets.
     *
     * @return n x 1
     */
    public static SimpleMatrix gaussian(int n, UniformRandomProvider random) {
        Matrices.requireCount(n, "targets");
        return Gaussian.inputs(n, 1, random);
    }

    /**
     * Independent fair signs, +1 or -1.
     *
     * @return n x 1
     */
    public static SimpleMatrix signs(int n, UniformRandomProvider random) {
        Matrices.requireCount(n, "targets");
        SimpleMatrix targets = new SimpleMatrix(n, 1);
        for (int i = 0; i < n; i++) {
            targets.set(i, random.nextBoolean() ? 1 : -1);
        }
        return targets;
    }
}
