package fang2019;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.crucis.data.Circle;
import org.crucis.data.Gaussian;
import org.crucis.data.Mnist;
import org.crucis.data.Sample;
import org.crucis.data.Table;
import org.crucis.data.Tables;
import org.crucis.data.Teacher;
import org.ejml.simple.SimpleMatrix;

/** What networks learn whose features are drawn again. Inputs have squared length d, at least on average. */
enum RepopulationData {
    /** Three of ten directions matter: relu(x_1) - relu(x_2) + 0.7 relu(x_3), standard normal x. */
    THREE_DIRECTIONS {
        @Override
        Split draw(UniformRandomProvider random) {
            Teacher teacher = Teacher.of(x -> Math.max(x[0], 0) - Math.max(x[1], 0) + 0.7 * Math.max(x[2], 0));
            return Split.of(teacher.sample(Gaussian.inputs(TRAINING + TEST, 10, random), "three of ten directions"));
        }
    },
    /** sin(2 phi) + cos(phi) at uniform angles phi: a few directions drawn at random lie close to any other. */
    CIRCLE {
        @Override
        Split draw(UniformRandomProvider random) {
            double[] angles = random.doubles(TRAINING + TEST)
                    .map(turn -> 2 * Math.PI * turn)
                    .toArray();
            SimpleMatrix targets = new SimpleMatrix(angles.length, 1);
            for (int i = 0; i < angles.length; i++) {
                targets.set(i, Math.sin(2 * angles[i]) + Math.cos(angles[i]));
            }
            return Split.of(new Sample(Circle.at(angles), targets, "circle").onSphereOfDimension());
        }
    },
    /** Handwritten digits of 8 x 8 pixels, centred: even (-1) against odd (1). */
    DIGITS {
        @Override
        Split draw(UniformRandomProvider random) {
            return evenAgainstOdd(Tables.digits(), random);
        }
    },
    /** Test images of MNIST, 28 x 28 pixels, centred: even (-1) against odd (1). */
    MNIST {
        @Override
        Split draw(UniformRandomProvider random) {
            return evenAgainstOdd(Mnist.table(), random);
        }
    };

    private static final int TRAINING = 200;
    private static final int TEST = 400;

    /** Examples to train on, and others to test on. */
    record Split(Sample training, Sample test) {

        static Split of(Sample sample) {
            return new Split(sample.first(TRAINING), sample.after(TRAINING));
        }

        /** The same inputs with the targets of all examples dealt out again: there is nothing left to learn. */
        Split withTargetsByChance(UniformRandomProvider random) {
            return Split.of(withTargetsByChance(joined(List.of(training, test)), random));
        }

        private static Sample withTargetsByChance(Sample sample, UniformRandomProvider random) {
            int[] order = PermutationSampler.natural(sample.size());
            PermutationSampler.shuffle(random, order);
            SimpleMatrix targets = sample.targets();
            SimpleMatrix dealt = new SimpleMatrix(order.length, 1);
            for (int i = 0; i < order.length; i++) {
                dealt.set(i, targets.get(order[i]));
            }
            return sample.withTargets(dealt);
        }
    }

    abstract Split draw(UniformRandomProvider random);

    /** Five pairs of classes, so that all ten digits are equally frequent. */
    private static Split evenAgainstOdd(Table table, UniformRandomProvider random) {
        int pairs = 5;
        List<Sample> training = new ArrayList<>();
        List<Sample> test = new ArrayList<>();
        for (int even = 0; even < 2 * pairs; even += 2) {
            Sample pair = table.draw((TRAINING + TEST) / pairs, even, even + 1, random)
                    .onSphereOfDimension();
            training.add(pair.first(TRAINING / pairs));
            test.add(pair.after(TRAINING / pairs));
        }
        return new Split(joined(training), joined(test));
    }

    private static Sample joined(List<Sample> samples) {
        Sample first = samples.get(0);
        SimpleMatrix inputs = first.inputs();
        SimpleMatrix targets = first.targets();
        for (Sample sample : samples.subList(1, samples.size())) {
            inputs = inputs.concatRows(sample.inputs());
            targets = targets.concatRows(sample.targets());
        }
        return new Sample(inputs, targets, first.name());
    }
}
