package lee2019;

import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Labels;
import org.crucis.data.Sample;
import org.crucis.data.Separation;
import org.crucis.data.Spheres;
import org.crucis.data.Tables;
import org.crucis.lab.Trial;

/** The data that the claims of this paper train on: few inputs, no two of them parallel, of squared length d. */
enum Data {
    /** Uniform on the sphere in ten dimensions, Gaussian labels. */
    SPHERE {
        @Override
        Sample draw(UniformRandomProvider random) {
            return new Sample(Spheres.uniform(SIZE, 10, random), Labels.gaussian(SIZE, random), "uniform on the sphere")
                    .onSphereOfDimension();
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
    static final int SIZE = 6;

    /** Inputs of length sqrt(d) nearer than this to each other, or to each other's negative, count as parallel. */
    static final double SEPARATED = 0.01;

    abstract Sample draw(UniformRandomProvider random);

    /** The theorem's hypothesis that no two inputs are parallel, measured on the block's data. */
    double separation(Trial trial) {
        return Separation.of(draw(trial.blockRandom("data")).inputs()).distance();
    }
}
