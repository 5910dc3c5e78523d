package noy2021;

import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Labels;
import org.crucis.data.Sample;
import org.crucis.data.Spheres;
import org.crucis.data.Tables;

/** The data that the claims of this paper train on: inputs of length one. */
enum Data {
    /** Uniform on the sphere in as many dimensions as there are inputs, Gaussian labels. */
    SPHERE {
        @Override
        Sample draw(int n, UniformRandomProvider random) {
            return new Sample(Spheres.uniform(n, n, random), Labels.gaussian(n, random), "sphere, Gaussian labels");
        }
    },
    /** The same in twice as many dimensions: far apart, so that a training to the end takes few steps. */
    FAR_APART {
        @Override
        Sample draw(int n, UniformRandomProvider random) {
            return new Sample(Spheres.uniform(n, 2 * n, random), Labels.gaussian(n, random), "sphere, far apart");
        }
    },
    /** The same in eight times as many dimensions: nearly orthogonal. */
    NEARLY_ORTHOGONAL {
        @Override
        Sample draw(int n, UniformRandomProvider random) {
            return new Sample(
                    Spheres.uniform(n, 8 * n, random), Labels.gaussian(n, random), "sphere, nearly orthogonal");
        }
    },
    /** Handwritten threes (label -1) and eights (label 1), centred by the mean of all digits. */
    DIGITS {
        @Override
        Sample draw(int n, UniformRandomProvider random) {
            return Tables.digits().draw(n, 3, 8, random);
        }
    },
    /** The same images with labels of no meaning. */
    DIGITS_WITH_RANDOM_LABELS {
        @Override
        Sample draw(int n, UniformRandomProvider random) {
            return DIGITS.draw(n, random).withTargets(Labels.gaussian(n, random));
        }
    },
    /** As {@link #SPHERE}, with the first input given twice and two labels for it, 1 and -1. */
    CONFLICT {
        @Override
        Sample draw(int n, UniformRandomProvider random) {
            Sample sample = SPHERE.draw(n, random);
            var inputs = sample.inputs();
            var targets = sample.targets();
            inputs.insertIntoThis(1, 0, inputs.getRow(0));
            targets.set(0, 1);
            targets.set(1, -1);
            return new Sample(inputs, targets, "sphere, one input with two labels");
        }
    };

    /** n inputs, dealt by this source. */
    abstract Sample draw(int n, UniformRandomProvider random);
}
