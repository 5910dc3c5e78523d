package du2018;

import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Labels;
import org.crucis.data.Sample;
import org.crucis.data.Separation;
import org.crucis.data.SmallSamples;
import org.crucis.data.Spheres;
import org.crucis.data.Tables;
import org.ejml.simple.SimpleMatrix;

/** What the claims of this paper train on: inputs of length one, as many dimensions as inputs unless they are digits. */
enum Data {
    /** Uniform on the sphere, Gaussian labels: the paper's own experiment. */
    SPHERE {
        @Override
        Sample draw(int n, UniformRandomProvider random) {
            SimpleMatrix inputs = Spheres.uniform(n, n, random);
            return new Sample(inputs, Labels.gaussian(n, random), "uniform on the sphere, Gaussian labels");
        }
    },
    /** Orthogonal inputs with random signs as labels: no input's gradient moves the pre-activations of another. */
    ORTHOGONAL {
        @Override
        Sample draw(int n, UniformRandomProvider random) {
            return SmallSamples.orthogonal(n, random).onUnitSphere();
        }
    },
    /** Handwritten threes and eights with their labels, -1 and 1. */
    DIGITS {
        @Override
        Sample draw(int n, UniformRandomProvider random) {
            return Tables.digits().draw(n, 3, 8, random);
        }
    },
    /** The same digits with labels by chance. */
    DIGITS_AT_RANDOM {
        @Override
        Sample draw(int n, UniformRandomProvider random) {
            return DIGITS.draw(n, random).withTargets(Labels.signs(n, random));
        }
    },
    /** Breaks the hypothesis: as {@link #SPHERE}, but the last input is the first one again, with labels 1 and -1. */
    DUPLICATE {
        @Override
        Sample draw(int n, UniformRandomProvider random) {
            Sample sample = SPHERE.draw(n, random);
            SimpleMatrix inputs = sample.inputs();
            SimpleMatrix targets = sample.targets();
            inputs.insertIntoThis(n - 1, 0, inputs.getRow(0));
            targets.set(0, 1);
            targets.set(n - 1, -1);
            return new Sample(inputs, targets, "one input twice, with labels 1 and -1");
        }
    };

    /** Inputs nearer than this to each other, or to each other's negative, count as parallel. */
    static final double SEPARATED = 1e-6;

    abstract Sample draw(int n, UniformRandomProvider random);

    /** The theorems' hypothesis that no two inputs are parallel. */
    static double separation(Sample sample) {
        return Separation.of(sample.inputs()).distance();
    }
}
