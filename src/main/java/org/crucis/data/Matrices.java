package org.crucis.data;

import org.ejml.simple.SimpleMatrix;

/** The checks that every set of inputs or targets must pass. */
final class Matrices {

    private Matrices() {}

    static void requireCount(int n, String what) {
        if (n < 1) {
            throw new IllegalArgumentException(
                    "The number of " + what + " must be at least 1, but got " + n + ": ask for one or more.");
        }
    }

    static void requireFinite(SimpleMatrix matrix, String what) {
        for (int i = 0; i < matrix.getNumRows(); i++) {
            for (int j = 0; j < matrix.getNumCols(); j++) {
                if (!Double.isFinite(matrix.get(i, j))) {
                    throw new IllegalArgumentException(
                            "Row " + (i + 1) + ", column " + (j + 1) + " of the " + what + " is " + matrix.get(i, j)
                                    + ", but only finite numbers can be learned: remove or repair that row.");
                }
            }
        }
    }

    static double rowLength(SimpleMatrix matrix, int row) {
        double square = 0;
        for (int j = 0; j < matrix.getNumCols(); j++) {
            square += matrix.get(row, j) * matrix.get(row, j);
        }
        return Math.sqrt(square);
    }

    /** Every row scaled to the given length. */
    static SimpleMatrix withRowLength(SimpleMatrix matrix, double length) {
        SimpleMatrix scaled = matrix.copy();
        for (int i = 0; i < matrix.getNumRows(); i++) {
            double factor = length / rowLength(matrix, i);
            if (!Double.isFinite(factor)) {
                throw new IllegalArgumentException("Row " + (i + 1)
                        + " of the inputs is 0 and cannot be scaled to length " + length + ": remove that row.");
            }
            for (int j = 0; j < matrix.getNumCols(); j++) {
                scaled.set(i, j, factor * matrix.get(i, j));
            }
        }
        return scaled;
    }

    /** Every column shifted to mean 0. */
    static SimpleMatrix withoutMean(SimpleMatrix matrix) {
        SimpleMatrix centred = matrix.copy();
        int n = matrix.getNumRows();
        for (int j = 0; j < matrix.getNumCols(); j++) {
            double mean = matrix.getColumn(j).elementSum() / n;
            for (int i = 0; i < n; i++) {
                centred.set(i, j, matrix.get(i, j) - mean);
            }
        }
        return centred;
    }

    /** Every column shifted to mean 0 and scaled to variance 1 (divided by n); a constant column becomes 0. */
    static SimpleMatrix standardized(SimpleMatrix matrix) {
        SimpleMatrix centred = withoutMean(matrix);
        int n = matrix.getNumRows();
        for (int j = 0; j < matrix.getNumCols(); j++) {
            double deviation = centred.getColumn(j).normF() / Math.sqrt(n);
            for (int i = 0; i < n && deviation > 0; i++) {
                centred.set(i, j, centred.get(i, j) / deviation);
            }
        }
        return centred;
    }

    static SimpleMatrix rows(SimpleMatrix matrix, int[] rows) {
        SimpleMatrix chosen = new SimpleMatrix(rows.length, matrix.getNumCols());
        for (int i = 0; i < rows.length; i++) {
            chosen.insertIntoThis(i, 0, matrix.getRow(rows[i]));
        }
        return chosen;
    }
}
