package org.crucis.kernel;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.simple.SimpleMatrix;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, usually a kernel on n inputs.
 *
 * <p>Computed by EJML's tridiagonal QR iteration in plain Java, the same bits on every processor. Eigenvalues are right to about
 * 1e-15 times the largest one in absolute value: the small eigenvalues of an ill-conditioned kernel carry fewer digits. Cost
 * O(n^3), some seconds at n = 1500.
 */
public final class Spectrum {

    /** Asymmetry beyond this multiple of the largest entry is a mistake of the caller, not rounding. */
    private static final double SYMMETRY_TOLERANCE = 1e-12;

    private final double[] values;
    private final SimpleMatrix vectors;

    private Spectrum(double[] values, SimpleMatrix vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * Decomposes a symmetric matrix.
     *
     * @param symmetric n x n, n at least 1, finite
     * @throws IllegalArgumentException when the matrix is not square, not finite or not symmetric
     */
    public static Spectrum of(SimpleMatrix symmetric) {
        requireSymmetric(symmetric);
        int n = symmetric.getNumRows();
        EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(n, true, true);
        if (!decomposition.decompose(
                symmetric.plus(symmetric.transpose()).scale(0.5).getDDRM())) {
            throw new IllegalStateException("The eigenvalue iteration did not converge on a symmetric matrix of size "
                    + n + ": check it for extreme entries.");
        }
        double[] unordered = IntStream.range(0, n)
                .mapToDouble(i -> decomposition.getEigenvalue(i).getReal())
                .toArray();
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> unordered[i]));
        double[] values = new double[n];
        SimpleMatrix vectors = new SimpleMatrix(n, n);
        for (int k = 0; k < n; k++) {
            values[k] = unordered[order[k]];
            vectors.insertIntoThis(0, k, SimpleMatrix.wrap(decomposition.getEigenVector(order[k])));
        }
        return new Spectrum(values, vectors);
    }

    /** n, the number of eigenvalues. */
    public int size() {
        return values.length;
    }

    /** All eigenvalues, ascending. */
    public double[] values() {
        return values.clone();
    }

    /** The k-th smallest eigenvalue, k from 0. */
    public double value(int k) {
        return values[k];
    }

    /** Orthonormal eigenvectors as columns (n x n), in the order of the values. The sign of each is arbitrary. */
    public SimpleMatrix vectors() {
        return vectors.copy();
    }

    /** The eigenvector (n x 1) of the k-th smallest eigenvalue, k from 0. */
    public SimpleMatrix vector(int k) {
        return vectors.getColumn(k);
    }

    public double smallest() {
        return values[0];
    }

    public double largest() {
        return values[values.length - 1];
    }

    /** Largest over smallest eigenvalue of a positive definite matrix; infinite when it is singular, negative when indefinite. */
    public double condition() {
        return smallest() == 0 ? Double.POSITIVE_INFINITY : largest() / smallest();
    }

    /**
     * Number of eigenvalues whose absolute value exceeds a multiple of the largest absolute value.
     *
     * @param tolerance the multiple, for instance 1e-12
     */
    public int rank(double tolerance) {
        double threshold = tolerance * magnitude();
        return (int) Arrays.stream(values)
                .filter(value -> Math.abs(value) > threshold)
                .count();
    }

    /** The coordinates v_k . r of a vector r (n x 1) in the eigenvectors, in the order of the values. */
    public SimpleMatrix coordinates(SimpleMatrix vector) {
        return vectors.transpose().mult(vector);
    }

    /** The matrix with the same eigenvectors and each eigenvalue replaced by its image: sum_k g(l_k) v_k v_k'. */
    public SimpleMatrix apply(DoubleUnaryOperator function) {
        SimpleMatrix scaled = vectors.copy();
        for (int k = 0; k < values.length; k++) {
            double image = function.applyAsDouble(values[k]);
            for (int i = 0; i < values.length; i++) {
                scaled.set(i, k, scaled.get(i, k) * image);
            }
        }
        return scaled.mult(vectors.transpose());
    }

    /** The largest absolute value of an eigenvalue: the spectral norm. */
    double magnitude() {
        return Math.max(Math.abs(smallest()), Math.abs(largest()));
    }

    private static void requireSymmetric(SimpleMatrix matrix) {
        int n = matrix.getNumRows();
        if (n == 0 || n != matrix.getNumCols()) {
            throw new IllegalArgumentException("A spectrum needs a square matrix with at least one row, but got " + n
                    + " x " + matrix.getNumCols() + ": pass a kernel of one set of inputs with itself.");
        }
        double largest = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double entry = matrix.get(i, j);
                if (!Double.isFinite(entry)) {
                    throw new IllegalArgumentException(
                            "Entry (" + i + ", " + j + ") of the matrix is " + entry
                                    + ", but a spectrum needs finite entries: look for where the kernel overflowed or divided by 0.");
                }
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                if (Math.abs(matrix.get(i, j) - matrix.get(j, i)) > SYMMETRY_TOLERANCE * largest) {
                    throw new IllegalArgumentException(
                            "Entries (" + i + ", " + j + ") and (" + j + ", " + i + ") of the matrix are "
                                    + matrix.get(i, j) + " and " + matrix.get(j, i)
                                    + ", but a symmetric matrix was expected: symmetrise it if the difference is rounding.");
                }
            }
        }
    }
}
