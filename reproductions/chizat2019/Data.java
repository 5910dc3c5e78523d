package chizat2019;

import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Sample;
import org.crucis.data.Separation;
import org.crucis.data.SmallSamples;
import org.crucis.lab.Trial;

/** The data that the claims of this paper train on: few inputs of squared length d, no two of them parallel. */
enum Data {
    /** Uniform on the sphere in eight dimensions, Gaussian labels. */
    SPHERE {
        @Override
        Sample draw(UniformRandomProvider random) {
            return SmallSamples.onSphere(SIZE, 8, random);
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
    static final int SIZE = 4;

    /** Less than this counts as the same input: no draw of these data comes near it. */
    static final double SEPARATED = 0.01;

    abstract Sample draw(UniformRandomProvider random);

    /** The separation of a trial's inputs: an odd network without biases can be trained to any targets only where it is positive. */
    static double separation(Trial trial) {
        return Separation.of(trial.choice("data", Data.class)
                        .draw(trial.blockRandom("data"))
                        .inputs())
                .distance();
    }
}
