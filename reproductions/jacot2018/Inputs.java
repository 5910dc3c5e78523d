package jacot2018;

import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Circle;
import org.crucis.data.Tables;
import org.ejml.simple.SimpleMatrix;

/** Three inputs of squared length d on which kernels and outputs of networks are compared with their limits. */
enum Inputs {
    /** In the plane, at angles of 0.93 (cosine 0.6), 1.07 and 2 to each other: both signs of the correlation. */
    CIRCLE {
        @Override
        SimpleMatrix draw(UniformRandomProvider random) {
            return Circle.at(0, Math.acos(0.6), 2).scale(Math.sqrt(2));
        }
    },
    /** Handwritten threes and eights, centred. */
    DIGITS {
        @Override
        SimpleMatrix draw(UniformRandomProvider random) {
            return Tables.digits()
                    .draw(COUNT, 3, 8, random)
                    .onSphereOfDimension()
                    .inputs();
        }
    };

    static final int COUNT = 3;

    /**
     * The inputs of one block.
     *
     * @return {@value #COUNT} x d
     */
    abstract SimpleMatrix draw(UniformRandomProvider random);
}
