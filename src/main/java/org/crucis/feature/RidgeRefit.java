package org.crucis.feature;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.ejml.simple.SimpleMatrix;

/**
 * New output weights on fixed features: the c that minimises (1/n) |H c - y|^2 + ridge |c|^2, without an intercept.
 *
 * <p>Solved by Cholesky, of k x k equations (H'H + n ridge I) c = H'y or, when there are more features than examples, of n x n
 * ones c = H'(HH' + n ridge I)^-1 y: the smaller of the two. Either squares the condition of H, so that a ridge below 1e-12 of
 * |H|^2 / n drowns in rounding.
 */
public final class RidgeRefit {

    /** Which equations are solved. */
    enum Form {
        PRIMAL,
        DUAL
    }

    private final SimpleMatrix coefficients;

    private RidgeRefit(SimpleMatrix coefficients) {
        this.coefficients = coefficients;
    }

    /**
     * Fits the targets.
     *
     * @param features H, n x k: activations of k neurons on n inputs
     * @param targets y, n x c
     * @param ridge positive
     * @throws IllegalArgumentException if the shapes do not fit, an entry is not finite, or the ridge is not positive or too
     *     small for rounding
     */
    public static RidgeRefit of(SimpleMatrix features, SimpleMatrix targets, double ridge) {
        return of(features, targets, ridge, features.getNumCols() <= features.getNumRows() ? Form.PRIMAL : Form.DUAL);
    }

    static RidgeRefit of(SimpleMatrix features, SimpleMatrix targets, double ridge, Form form) {
        Points.requireUsable(features, "features");
        Points.requireUsable(targets, "targets");
        requireRows(features, targets);
        if (!(ridge > 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException(
                    "The ridge must be positive and finite, but got " + ridge + ": take 1e-4, for instance.");
        }
        int n = features.getNumRows();
        DMatrixRMaj h = features.getDDRM();
        int unknowns = form == Form.PRIMAL ? features.getNumCols() : n;
        DMatrixRMaj gram = new DMatrixRMaj(unknowns, unknowns);
        if (form == Form.PRIMAL) {
            CommonOps_DDRM.multInner(h, gram);
        } else {
            CommonOps_DDRM.multOuter(h, gram);
        }
        for (int i = 0; i < unknowns; i++) {
            gram.add(i, i, n * ridge);
        }
        return new RidgeRefit(
                form == Form.PRIMAL
                        ? solved(gram, features.transpose().mult(targets), ridge)
                        : features.transpose().mult(solved(gram, targets, ridge)));
    }

    private static SimpleMatrix solved(DMatrixRMaj gram, SimpleMatrix right, double ridge) {
        LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.chol(gram.numRows);
        if (!cholesky.setA(gram)) {
            throw new IllegalArgumentException("With ridge " + ridge + " the equations of " + gram.numRows
                    + " unknowns are singular to rounding: features are nearly dependent, so take a larger ridge.");
        }
        SimpleMatrix solution = new SimpleMatrix(gram.numRows, right.getNumCols());
        cholesky.solve(right.copy().getDDRM(), solution.getDDRM());
        return solution;
    }

    /** c, k x the number of targets. */
    public SimpleMatrix coefficients() {
        return coefficients.copy();
    }

    /**
     * H c.
     *
     * @param features n x k: activations of the same neurons on any inputs
     */
    public SimpleMatrix predict(SimpleMatrix features) {
        if (features.getNumCols() != coefficients.getNumRows()) {
            throw new IllegalArgumentException("The fit has " + coefficients.getNumRows() + " features, but got "
                    + features.getNumCols() + " columns; pass the activations of the same neurons.");
        }
        return features.mult(coefficients);
    }

    /** (1/n) |H c - y|^2 on any examples: n x k activations of the same neurons, and their targets. */
    public double meanSquaredError(SimpleMatrix features, SimpleMatrix targets) {
        requireRows(features, targets);
        SimpleMatrix predicted = predict(features);
        if (targets.getNumCols() != predicted.getNumCols()) {
            throw new IllegalArgumentException("The fit has " + predicted.getNumCols() + " targets an example, but got "
                    + targets.getNumCols() + " columns; pass targets of the same kind.");
        }
        double residual = predicted.minus(targets).normF();
        return residual * residual / features.getNumRows();
    }

    private static void requireRows(SimpleMatrix features, SimpleMatrix targets) {
        if (features.getNumRows() != targets.getNumRows()) {
            throw new IllegalArgumentException("Got " + features.getNumRows() + " rows of features and "
                    + targets.getNumRows() + " rows of targets; pass one row of each for every example.");
        }
    }
}
