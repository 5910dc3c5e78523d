package chizat2019;

import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Sample;
import org.crucis.data.SmallSamples;

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

    abstract Sample draw(UniformRandomProvider random);
}
