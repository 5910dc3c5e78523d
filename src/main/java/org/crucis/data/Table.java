package org.crucis.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.ejml.simple.SimpleMatrix;

/**
 * A real data set, as it was published, and the way to deal out samples of it.
 *
 * <p>A sample has the form that the theorems ask for: the columns of the whole table are centred (and scaled to variance 1 where
 * they have different units), each input is scaled to length one, and no two inputs are equal.
 *
 * <p>Immutable: matrices are copied in and out.
 */
public final class Table {

    /** What the columns of a table have in common. */
    public enum Columns {
        /** One unit, such as pixels: their relative scale carries meaning and is kept. */
        OF_ONE_UNIT,
        /** Different units, such as years and millimetres: each is scaled to variance 1. */
        OF_DIFFERENT_UNITS
    }

    /** What the targets of a table are. */
    public enum Response {
        /** Class numbers; a sample has two classes, as -1 and +1. */
        CLASSES,
        /** Real numbers; a sample has them shifted to mean 0 and scaled to variance 1 over the whole table. */
        REAL
    }

    private final String name;
    private final SimpleMatrix inputs;
    private final SimpleMatrix targets;
    private final Response response;
    private final SimpleMatrix preparedInputs;
    private final SimpleMatrix preparedTargets;

    /**
     * A table as published.
     *
     * @param name as a reader of the report knows it
     * @param inputs n x d, finite
     * @param targets n x 1: class numbers 0, 1, 2, ... or the measured response
     * @param columns whether the columns share a unit
     * @param response what the targets are
     */
    Table(String name, SimpleMatrix inputs, SimpleMatrix targets, Columns columns, Response response) {
        this.name = name;
        this.inputs = inputs.copy();
        this.targets = targets.copy();
        this.response = response;
        SimpleMatrix shifted = switch (columns) {
            case OF_ONE_UNIT -> Matrices.withoutMean(inputs);
            case OF_DIFFERENT_UNITS -> Matrices.standardized(inputs);
        };
        // Prepared once: a claim draws from the same table in thousands of trials.
        this.preparedInputs = Matrices.withRowLength(shifted, 1);
        this.preparedTargets = response == Response.REAL ? Matrices.standardized(targets) : this.targets;
    }

    /** As a reader of the report knows it. */
    public String name() {
        return name;
    }

    /** As published, n x d. */
    public SimpleMatrix inputs() {
        return inputs.copy();
    }

    /** Class numbers 0, 1, 2, ... or the measured response, as published, n x 1. */
    public SimpleMatrix targets() {
        return targets.copy();
    }

    /** What the targets are. */
    public Response response() {
        return response;
    }

    /** Number of examples. */
    public int size() {
        return inputs.getNumRows();
    }

    /** Number of columns of the inputs. */
    public int dimension() {
        return inputs.getNumCols();
    }

    /**
     * Draws distinct examples without replacement: of classes 0 (as -1) and 1 (as +1), as equally many as n allows, or of all
     * examples when the targets are real numbers.
     *
     * @param n number of examples, at least 1
     * @return inputs of length one, centred by the mean of the whole table
     */
    public Sample draw(int n, UniformRandomProvider random) {
        return switch (response) {
            case CLASSES -> draw(n, 0, 1, random);
            case REAL -> {
                Matrices.requireCount(n, "examples");
                int[] rows = distinct(n, IntStream.range(0, size()).toArray(), random);
                yield sample(rows, Matrices.rows(preparedTargets, rows), name);
            }
        };
    }

    /**
     * Draws distinct examples of two classes without replacement, as equally many as n allows (one more of the first when n is odd).
     *
     * @param n number of examples, at least 1
     * @param negative number of the class whose target is -1
     * @param positive number of the class whose target is +1
     * @return inputs of length one, centred by the mean of the whole table; the classes alternate
     */
    public Sample draw(int n, int negative, int positive, UniformRandomProvider random) {
        Matrices.requireCount(n, "examples");
        if (response != Response.CLASSES) {
            throw new IllegalArgumentException("The table '" + name
                    + "' has real targets, but two classes were asked for: draw without naming classes.");
        }
        if (negative == positive) {
            throw new IllegalArgumentException("Class " + negative + " of the table '" + name
                    + "' was asked for on both sides, but two different classes were expected: change one of them.");
        }
        int[] minus = distinct((n + 1) / 2, ofClass(negative), random);
        int[] plus = distinct(n / 2, ofClass(positive), random);
        int[] rows = new int[n];
        SimpleMatrix signs = new SimpleMatrix(n, 1);
        for (int i = 0; i < n; i++) {
            boolean first = i % 2 == 0;
            rows[i] = first ? minus[i / 2] : plus[i / 2];
            signs.set(i, first ? -1 : 1);
        }
        return sample(rows, signs, name + ", class " + negative + " against " + positive);
    }

    private Sample sample(int[] rows, SimpleMatrix labels, String description) {
        return new Sample(Matrices.rows(preparedInputs, rows), labels, description);
    }

    private int[] ofClass(int label) {
        int[] rows =
                IntStream.range(0, size()).filter(i -> targets.get(i) == label).toArray();
        if (rows.length == 0) {
            throw new IllegalArgumentException("The table '" + name + "' has no class " + label
                    + ": its classes are 0 to " + (int) targets.elementMax() + ".");
        }
        return rows;
    }

    /** The first n rows of a random order, leaving out those whose input has been chosen already. */
    private int[] distinct(int n, int[] candidates, UniformRandomProvider random) {
        int[] order = candidates.clone();
        PermutationSampler.shuffle(random, order);
        Set<List<Double>> seen = new HashSet<>();
        int[] chosen = new int[n];
        for (int i = 0; i < order.length && seen.size() < n; i++) {
            double[] input = preparedInputs.getRow(order[i]).getDDRM().getData();
            if (seen.add(Arrays.stream(input).boxed().toList())) {
                chosen[seen.size() - 1] = order[i];
            }
        }
        if (seen.size() < n) {
            throw new IllegalArgumentException("The table '" + name + "' has " + seen.size()
                    + " distinct examples of the kind asked for, but " + n + " were wanted: draw fewer.");
        }
        return chosen;
    }
}
