package fang2020;

import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Mnist;
import org.crucis.data.Sample;
import org.crucis.data.Separation;
import org.crucis.data.SmallSamples;
import org.crucis.lab.Trial;
import org.ejml.simple.SimpleMatrix;

/** What the networks of this paper are trained on: few inputs, no two of them parallel. */
enum Data {
    /** Six inputs uniform on the sphere in eight dimensions, with Gaussian labels. */
    SPHERE {
        @Override
        Sample draw(UniformRandomProvider random) {
            return SmallSamples.onSphere(6, 8, random);
        }

        @Override
        SimpleMatrix further(UniformRandomProvider random) {
            return SmallSamples.onSphere(4, 8, random).inputs();
        }
    },
    /** Eight handwritten digits of two classes, centred, of squared length 64, with labels -1 and 1. */
    DIGITS {
        @Override
        Sample draw(UniformRandomProvider random) {
            return SmallSamples.ofDigits(8, random);
        }

        @Override
        SimpleMatrix further(UniformRandomProvider random) {
            return SmallSamples.ofDigits(4, random).inputs();
        }
    },
    /** Eight images of MNIST in the same form, of squared length 784. */
    MNIST {
        @Override
        Sample draw(UniformRandomProvider random) {
            return Mnist.table().draw(8, 3, 8, random).onSphereOfDimension();
        }

        @Override
        SimpleMatrix further(UniformRandomProvider random) {
            return Mnist.table().draw(4, 3, 8, random).onSphereOfDimension().inputs();
        }
    };

    /** Less than this counts as the same input: no draw of these data comes near it. */
    static final double SEPARATED = 0.01;

    /**
     * The separation of the inputs of these data in a trial: networks without biases can be trained to any targets only where
     * it is positive.
     */
    double separation(Trial trial) {
        return Separation.of(draw(trial.blockRandom("data")).inputs()).distance();
    }

    /** The same of the data that the trial names. */
    static double separationOfTheNamed(Trial trial) {
        return trial.choice("data", Data.class).separation(trial);
    }

    /** Training data. */
    abstract Sample draw(UniformRandomProvider random);

    /** Inputs to look at beside those that are trained on; the stream must be another than that of the training data. */
    abstract SimpleMatrix further(UniformRandomProvider random);
}
