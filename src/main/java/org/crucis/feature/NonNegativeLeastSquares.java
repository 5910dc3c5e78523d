package org.crucis.feature;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.simple.SimpleMatrix;

/**
 * min (1/2) |A z - b|^2 + c sum_j z_j over z &gt;= 0, by the active-set method of Lawson and Hanson 1974 (chapter 23), to which the linear
 * term adds c in the gradient and one triangular solve.
 *
 * <p>Exact up to rounding after finitely many steps, each one QR decomposition of the columns with z_j &gt; 0, of which there are few
 * here. Not by the normal equations: neighbours on a fine grid are nearly parallel.
 */
final class NonNegativeLeastSquares {

    /** A descent direction steeper than this, relative to the steepest one at 0, is more than rounding. */
    private static final double TOLERANCE = 1e-12;

    private static final int STEPS_PER_COLUMN = 3;

    private final SimpleMatrix matrix;
    private final SimpleMatrix right;
    private final double linear;
    private final SimpleMatrix solution;
    private final List<Integer> positive = new ArrayList<>();

    private NonNegativeLeastSquares(SimpleMatrix matrix, SimpleMatrix right, double linear) {
        this.matrix = matrix;
        this.right = right;
        this.linear = linear;
        this.solution = new SimpleMatrix(matrix.getNumCols(), 1);
    }

    /**
     * @param matrix A, m x n
     * @param right b, m x 1
     * @param linear c, at least 0
     * @return z, n x 1
     */
    static SimpleMatrix solve(SimpleMatrix matrix, SimpleMatrix right, double linear) {
        return new NonNegativeLeastSquares(matrix, right, linear).solve();
    }

    private SimpleMatrix solve() {
        SimpleMatrix transposed = matrix.transpose();
        double tolerance = TOLERANCE * transposed.mult(right).elementMaxAbs();
        Set<Integer> rejected = new HashSet<>();
        for (int step = 0; step < STEPS_PER_COLUMN * matrix.getNumCols(); step++) {
            SimpleMatrix descent = transposed.mult(right.minus(matrix.mult(solution)));
            int steepest = -1;
            for (int j = 0; j < descent.getNumElements(); j++) {
                if (descent.get(j) - linear > tolerance
                        && !positive.contains(j)
                        && !rejected.contains(j)
                        && (steepest < 0 || descent.get(j) > descent.get(steepest))) {
                    steepest = j;
                }
            }
            if (steepest < 0) {
                return solution;
            }
            positive.add(steepest);
            SimpleMatrix optimum = unconstrained();
            if (optimum.get(positive.size() - 1) <= 0) {
                positive.remove(positive.size() - 1);
                rejected.add(steepest); // it descends by rounding only: Lawson and Hanson's guard against a cycle
            } else {
                rejected.clear();
                moveTowards(optimum);
            }
        }
        throw new IllegalStateException("Nonnegative least squares did not end after " + STEPS_PER_COLUMN
                + " steps a column of " + matrix.getNumCols() + ": look for columns that repeat.");
    }

    /** Moves to the optimum on the positive columns, dropping on the way those that would turn negative. */
    private void moveTowards(SimpleMatrix first) {
        SimpleMatrix optimum = first;
        while (optimum.elementMin() <= 0) {
            double share = 1;
            int blocking = -1;
            for (int k = 0; k < positive.size(); k++) {
                double now = solution.get(positive.get(k));
                if (optimum.get(k) <= 0 && now / (now - optimum.get(k)) <= share) {
                    share = now / (now - optimum.get(k));
                    blocking = k;
                }
            }
            for (int k = 0; k < positive.size(); k++) {
                double now = solution.get(positive.get(k));
                solution.set(positive.get(k), now + share * (optimum.get(k) - now));
            }
            solution.set(positive.get(blocking), 0);
            positive.remove(blocking);
            optimum = unconstrained();
        }
        for (int k = 0; k < positive.size(); k++) {
            solution.set(positive.get(k), optimum.get(k));
        }
    }

    /** The minimum over the positive columns alone: R z = Q' b - R'^-1 c 1. */
    private SimpleMatrix unconstrained() {
        int columns = positive.size();
        DMatrixRMaj chosen = new DMatrixRMaj(matrix.getNumRows(), columns);
        for (int k = 0; k < columns; k++) {
            for (int i = 0; i < matrix.getNumRows(); i++) {
                chosen.set(i, k, matrix.get(i, positive.get(k)));
            }
        }
        QRDecomposition<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.qr(matrix.getNumRows(), columns);
        decomposition.decompose(chosen);
        SimpleMatrix triangle = SimpleMatrix.wrap(decomposition.getR(null, true));
        SimpleMatrix projected =
                SimpleMatrix.wrap(decomposition.getQ(null, true)).transpose().mult(right);
        if (linear > 0) {
            projected = projected.minus(triangle.transpose().solve(SimpleMatrix.filled(columns, 1, linear)));
        }
        return triangle.solve(projected);
    }
}
