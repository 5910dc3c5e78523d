package org.crucis.feature;

import org.ejml.simple.SimpleMatrix;

/**
 * Points of a space, coordinate by coordinate, so that sums over pairs run through consecutive memory: one point against a
 * chunk of others at a time, which stays in the cache. No distance is kept. O(m n k) for m and n points.
 */
final class Points {

    /** Points handled at once. */
    private static final int CHUNK = 512;

    private final double[][] coordinates;
    private final int size;

    private Points(SimpleMatrix sample) {
        this.size = sample.getNumRows();
        this.coordinates = new double[sample.getNumCols()][];
        for (int k = 0; k < coordinates.length; k++) {
            coordinates[k] = sample.getColumn(k).getDDRM().getData();
        }
    }

    /** A function of squared distances, summed over many of them at once: a call for each would cost more than the sum. */
    interface Summand {
        double sum(double[] squaredDistances, int length);
    }

    static Points of(SimpleMatrix sample) {
        requireUsable(sample, "points");
        return new Points(sample);
    }

    /** @throws IllegalArgumentException if the two samples do not lie in the same space, or either has no points */
    static void requireSameSpace(SimpleMatrix a, SimpleMatrix b) {
        requireUsable(a, "points of the first sample");
        requireUsable(b, "points of the second sample");
        if (a.getNumCols() != b.getNumCols()) {
            throw new IllegalArgumentException("The first sample has " + a.getNumCols() + " columns, the second "
                    + b.getNumCols() + "; points to be compared need the same number of coordinates.");
        }
    }

    static void requireUsable(SimpleMatrix matrix, String what) {
        if (matrix.getNumRows() == 0 || matrix.getNumCols() == 0) {
            throw new IllegalArgumentException("The " + what + " are " + matrix.getNumRows() + " x "
                    + matrix.getNumCols() + ", but at least one row and one column are needed: pass one point a row.");
        }
        for (int i = 0; i < matrix.getNumRows(); i++) {
            for (int k = 0; k < matrix.getNumCols(); k++) {
                if (!Double.isFinite(matrix.get(i, k))) {
                    throw new IllegalArgumentException(
                            "Row " + (i + 1) + ", column " + (k + 1) + " of the " + what + " is " + matrix.get(i, k)
                                    + ", but every entry must be finite: a training may have diverged.");
                }
            }
        }
    }

    int size() {
        return size;
    }

    /** The sum over all pairs of one of these points and one of the others. */
    double sumAgainst(Points others, Summand summand) {
        double[] squares = new double[CHUNK];
        double sum = 0;
        for (int from = 0; from < others.size; from += CHUNK) {
            int length = Math.min(CHUNK, others.size - from);
            for (int i = 0; i < size; i++) {
                squaredDistances(i, others, from, length, squares);
                sum += summand.sum(squares, length);
            }
        }
        return sum;
    }

    /** The sum over all pairs of different points, each pair once. */
    double sumWithin(Summand summand) {
        double[] squares = new double[CHUNK];
        double sum = 0;
        for (int from = 0; from < size; from += CHUNK) {
            int to = Math.min(from + CHUNK, size);
            for (int i = 0; i < to - 1; i++) {
                int first = Math.max(from, i + 1);
                squaredDistances(i, this, first, to - first, squares);
                sum += summand.sum(squares, to - first);
            }
        }
        return sum;
    }

    private void squaredDistances(int i, Points others, int from, int length, double[] squares) {
        double[] first = others.coordinates[0];
        double x = coordinates[0][i];
        for (int j = 0; j < length; j++) {
            double difference = first[from + j] - x;
            squares[j] = difference * difference;
        }
        for (int k = 1; k < coordinates.length; k++) {
            double[] next = others.coordinates[k];
            double y = coordinates[k][i];
            for (int j = 0; j < length; j++) {
                double difference = next[from + j] - y;
                squares[j] += difference * difference;
            }
        }
    }
}
