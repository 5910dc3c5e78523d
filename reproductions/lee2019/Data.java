package lee2019;

import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Sample;
import org.crucis.data.Separation;
import org.crucis.data.SmallSamples;
import org.crucis.lab.Trial;

/** The data that the claims of this paper train on: few inputs of squared length d, no two of them parallel. */
enum Data {
    /** Uniform on the sphere in ten dimensions, Gaussian labels. */
    SPHERE {
        @Override
        Sample draw(UniformRandomProvider random) {
            return SmallSamples.onSphere(SIZE, 10, random);
        }
    },
    /** Handwritten digits of two classes, centred, with labels -1 and 1. */
    DIGITS {
        @Override
        Sample draw(UniformRandomProvider random) {
            return SmallSamples.ofDigits(SIZE, random);
        }
    };

    /** Number of inputs. */
    static final int SIZE = 6;

    abstract Sample draw(UniformRandomProvider random);

    /** Inputs of length sqrt(d) nearer than this to each other, or to each other's negative, count as parallel. */
    static final double SEPARATED = 0.01;

    /** The theorem's hypothesis that no two inputs are parallel, measured on the block's data. */
    double separation(Trial trial) {
        return Separation.of(draw(trial.blockRandom("data")).inputs()).distance();
    }
}
