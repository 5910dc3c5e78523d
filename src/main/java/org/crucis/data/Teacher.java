package org.crucis.data;

import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.ejml.simple.SimpleMatrix;

/** A function that gives each input its target: data that there is something to learn from. */
@FunctionalInterface
public interface Teacher {

    /**
     * The target of one input.
     *
     * @param input its d coordinates
     */
    double target(double[] input);

    /**
     * The targets of a set of inputs.
     *
     * @param inputs n x d
     * @return n x 1
     */
    default SimpleMatrix targets(SimpleMatrix inputs) {
        double[][] rows = inputs.toArray2();
        SimpleMatrix targets = new SimpleMatrix(rows.length, 1);
        for (int i = 0; i < rows.length; i++) {
            targets.set(i, target(rows[i]));
        }
        Matrices.requireFinite(targets, "targets");
        return targets;
    }

    /** The targets together with their inputs. */
    default Sample sample(SimpleMatrix inputs, String name) {
        return new Sample(inputs, targets(inputs), name);
    }

    /** x &rarr; w . x. */
    static Teacher linear(double... direction) {
        return singleIndex(DoubleUnaryOperator.identity(), direction);
    }

    /**
     * x &rarr; g(w . x): depends on one direction of the input only, which a network has to find.
     *
     * @param link g
     * @param direction w, as many numbers as the inputs have coordinates
     */
    static Teacher singleIndex(DoubleUnaryOperator link, double... direction) {
        double[] w = direction.clone();
        return input -> {
            requireCoordinates(input, w.length, w.length);
            double product = 0;
            for (int k = 0; k < w.length; k++) {
                product += w[k] * input[k];
            }
            return link.applyAsDouble(product);
        };
    }

    /** x &rarr; x_1 x_2, the target of the experiments in Jacot et al. 2018: no linear function comes near it. */
    static Teacher product() {
        return input -> {
            requireCoordinates(input, 2, Integer.MAX_VALUE);
            return input[0] * input[1];
        };
    }

    /** Any other function of the coordinates. */
    static Teacher of(ToDoubleFunction<double[]> function) {
        return function::applyAsDouble;
    }

    private static void requireCoordinates(double[] input, int least, int most) {
        if (input.length < least || input.length > most) {
            throw new IllegalArgumentException("This teacher reads " + least + " coordinates, but the inputs have "
                    + input.length + ": draw the inputs in that dimension or choose another teacher.");
        }
    }
}
