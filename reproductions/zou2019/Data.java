package zou2019;

import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Labels;
import org.crucis.data.Sample;
import org.crucis.data.SmallSamples;
import org.crucis.data.Spheres;
import org.crucis.lab.Trial;
import org.ejml.simple.SimpleMatrix;

/**
 * Inputs as the paper assumes them: of one length, apart from each other, the last coordinate the same constant for all, which
 * stands for biases and keeps x and -x from both being inputs.
 */
enum Data {
    /** Random directions, random signs as labels. */
    SPHERE {
        @Override
        Sample draw(int n, UniformRandomProvider random) {
            SimpleMatrix inputs = withConstant(Spheres.uniform(n, 9, random));
            return new Sample(inputs, Labels.signs(n, random), "sphere with a constant coordinate, random signs");
        }
    },
    /** Handwritten threes and eights, labels -1 and 1. */
    DIGITS {
        @Override
        Sample draw(int n, UniformRandomProvider random) {
            Sample digits = SmallSamples.ofDigits(n, random).onUnitSphere();
            return new Sample(withConstant(digits.inputs()), digits.targets(), digits.name());
        }
    };

    /** Inputs nearer than this, as a multiple of their length, count as equal. */
    static final double SEPARATED = 1e-3;

    private static final double CONSTANT = 0.5;

    abstract Sample draw(int n, UniformRandomProvider random);

    /**
     * Adds the constant coordinate.
     *
     * @param directions n x d, rows of length one
     * @return n x (d + 1), rows of length sqrt(d + 1), half of it in the constant
     */
    static SimpleMatrix withConstant(SimpleMatrix directions) {
        int n = directions.getNumRows();
        double length = Math.sqrt(directions.getNumCols() + 1);
        return directions
                .scale(Math.sqrt(1 - CONSTANT * CONSTANT) * length)
                .concatColumns(SimpleMatrix.filled(n, 1, CONSTANT * length));
    }

    /** phi = min |x_i - x_j| over the length of the inputs; the paper's assumption, which x and -x do not break. */
    static double separation(SimpleMatrix inputs) {
        double closest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < inputs.getNumRows(); i++) {
            for (int j = 0; j < i; j++) {
                closest = Math.min(
                        closest, inputs.getRow(i).minus(inputs.getRow(j)).normF());
            }
        }
        return closest / inputs.getRow(0).normF();
    }

    /** The hypothesis phi &gt; 0, measured on the data of a trial that draws n inputs under the name "data". */
    double separation(Trial trial, int n) {
        return separation(draw(n, trial.blockRandom("data")).inputs());
    }

    /** phi = 0: the last input becomes the first one with another label. No network fits both. */
    static Sample withConflict(Sample sample) {
        int last = sample.size() - 1;
        SimpleMatrix inputs = sample.inputs();
        SimpleMatrix targets = sample.targets();
        inputs.insertIntoThis(last, 0, inputs.getRow(0));
        targets.set(last, -targets.get(0));
        return new Sample(inputs, targets, sample.name() + ", one twice with both labels");
    }
}
