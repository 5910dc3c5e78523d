package dyer2019;

import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Labels;
import org.crucis.data.Sample;
import org.crucis.data.Spheres;
import org.crucis.data.Tables;
import org.ejml.simple.SimpleMatrix;

/** The data that the claims of this paper train on: few inputs of squared length d, no two of them parallel. */
enum Data {
    /** Uniform on the sphere, Gaussian labels. */
    SPHERE {
        @Override
        Sample draw(UniformRandomProvider random) {
            return new Sample(
                    Spheres.ofDimension(SIZE, 8, random),
                    Labels.gaussian(SIZE, random),
                    "uniform on the sphere, Gaussian labels");
        }
    },
    /** Orthogonal inputs, so that no input's gradient moves the pre-activations of another; labels -1 and 1. */
    ORTHOGONAL {
        @Override
        Sample draw(UniformRandomProvider random) {
            return new Sample(
                    SimpleMatrix.identity(SIZE).scale(Math.sqrt(SIZE)),
                    Labels.signs(SIZE, random),
                    "orthogonal, random signs");
        }
    },
    /** Handwritten digits of two classes, centred, with labels -1 and 1. */
    DIGITS {
        @Override
        Sample draw(UniformRandomProvider random) {
            return Tables.digits().draw(SIZE, 3, 8, random).onSphereOfDimension();
        }
    };

    /** Number of inputs. */
    static final int SIZE = 4;

    abstract Sample draw(UniformRandomProvider random);
}
