package org.crucis.data;

import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;

/**
 * Inputs with one real target each: what a network is trained on. Immutable: matrices are copied in and out.
 *
 * @param inputs n x d, finite, n and d at least 1
 * @param targets n x 1, finite
 * @param name what the data are, for a reader of the report
 */
public record Sample(SimpleMatrix inputs, SimpleMatrix targets, String name) {

    public Sample {
        Matrices.requireCount(inputs.getNumRows(), "inputs");
        Matrices.requireCount(inputs.getNumCols(), "input dimensions");
        if (targets.getNumRows() != inputs.getNumRows() || targets.getNumCols() != 1) {
            throw new IllegalArgumentException("The targets must have shape " + inputs.getNumRows()
                    + " x 1, one row an input, but got " + targets.getNumRows() + " x " + targets.getNumCols()
                    + ": pass one number for each input.");
        }
        Matrices.requireFinite(inputs, "inputs");
        Matrices.requireFinite(targets, "targets");
        inputs = inputs.copy();
        targets = targets.copy();
    }

    @Override
    public SimpleMatrix inputs() {
        return inputs.copy();
    }

    @Override
    public SimpleMatrix targets() {
        return targets.copy();
    }

    /** n, the number of inputs. */
    public int size() {
        return inputs.getNumRows();
    }

    /** d, the number of coordinates of an input. */
    public int dimension() {
        return inputs.getNumCols();
    }

    /** Each input scaled to length one. */
    public Sample onUnitSphere() {
        return new Sample(Matrices.withRowLength(inputs, 1), targets, name);
    }

    /** Each input scaled to length sqrt(d), so that its coordinates are of order one. */
    public Sample onSphereOfDimension() {
        return new Sample(Matrices.withRowLength(inputs, Math.sqrt(dimension())), targets, name);
    }

    /** The mean of the inputs removed. */
    public Sample centred() {
        return new Sample(Matrices.withoutMean(inputs), targets, name);
    }

    /** Each coordinate of the inputs shifted to mean 0 and scaled to variance 1; a constant coordinate becomes 0. */
    public Sample standardized() {
        return new Sample(Matrices.standardized(inputs), targets, name);
    }

    /** The targets shifted to mean 0 and scaled to variance 1; constant targets become 0. */
    public Sample withStandardizedTargets() {
        return new Sample(inputs, Matrices.standardized(targets), name);
    }

    /** The same inputs with other targets (n x 1). */
    public Sample withTargets(SimpleMatrix others) {
        return new Sample(inputs, others, name);
    }

    /** The first n examples. */
    public Sample first(int n) {
        return range(0, n);
    }

    /** The examples that {@link #first} leaves out: together they split a sample into a training and a test part. */
    public Sample after(int n) {
        return range(n, size());
    }

    private Sample range(int from, int to) {
        if (from < 0 || to > size() || from >= to) {
            throw new IllegalArgumentException("Examples " + from + " to " + to + " were asked for, but the sample '"
                    + name + "' has " + size() + ": split it at a number between 1 and " + (size() - 1) + ".");
        }
        int[] rows = IntStream.range(from, to).toArray();
        return new Sample(Matrices.rows(inputs, rows), Matrices.rows(targets, rows), name);
    }
}
