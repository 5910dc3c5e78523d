package org.crucis.network;

import java.util.Optional;
import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Compares the native products with plain Java ones before the first network of a JVM is built.
 *
 * <p>The OpenBLAS inside ND4J 1.0.0-M2.1 (0.3.19) has kernels for AVX-512 processors that return wrong numbers without an
 * error (dtrmm and dtrsm, hence its LAPACK). The products used here were right wherever they were tried; this test makes
 * sure of it on the machine at hand, at shapes that reach both the small-matrix and the blocked kernels and leave
 * remainders in every direction. It takes about ten milliseconds.
 */
public final class NumericSelfTest {

    /** rows of the result, columns of the result, inner dimension. */
    private static final int[][] SHAPES = {
        {1, 1, 1}, {4, 33, 3}, {10, 1, 257}, {3, 257, 10}, {100, 65, 20}, {65, 100, 7}, {37, 41, 300}, {129, 131, 133}
    };

    /** Rounding of a product of 300 terms of size one is below 1e-13; a wrong kernel is off by order one. */
    private static final double TOLERANCE = 1e-12;

    private static final Blas.Form[] FORMS = Blas.Form.values();

    private NumericSelfTest() {}

    /**
     * Runs the test on first call, and reports its outcome on every call.
     *
     * @throws IllegalStateException if a native product is wrong on this machine; the message names the remedy
     */
    public static void require() {
        Outcome.FAILURE.ifPresent(message -> {
            throw new IllegalStateException(message);
        });
    }

    /** Holder: the JVM runs this once, whatever the number of threads that ask. */
    private static final class Outcome {
        static final Optional<String> FAILURE = prepareAndCheck();

        private static Optional<String> prepareAndCheck() {
            NativeLibraries.prepare();
            Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
            Blas.useOneThread();
            return failure(Blas.Native.OPENBLAS);
        }
    }

    static Optional<String> failure(Blas.Routines routines) {
        Blas blas = new Blas(routines);
        for (int[] shape : SHAPES) {
            for (Blas.Form formA : FORMS) {
                for (Blas.Form formB : FORMS) {
                    if (!productIsRight(blas, formA, formB, shape[0], shape[1], shape[2])) {
                        return Optional.of(message("dgemm", formA + " x " + formB, shape));
                    }
                }
            }
            if (!rowProductsAreRight(blas, shape[0], shape[2])) {
                return Optional.of(message("dsyrk", "lower", shape));
            }
            if (!sumIsRight(blas, shape[0], shape[2])) {
                return Optional.of(message("daxpy", "", shape));
            }
        }
        return Optional.empty();
    }

    private static String message(String routine, String form, int[] shape) {
        return "The native routine " + routine + " (" + form + ", " + shape[0] + " x " + shape[1] + ", inner dimension "
                + shape[2] + ") differs from a plain Java product on this processor; start the JVM with"
                + " OPENBLAS_CORETYPE=Haswell in its environment.";
    }

    private static boolean productIsRight(Blas blas, Blas.Form formA, Blas.Form formB, int m, int n, int k) {
        double alpha = -0.75;
        double[] a = entries(m * k, 1);
        double[] b = entries(k * n, 2);
        double[] c = entries(m * n, 3);
        double[] expected = new double[m * n];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < m; i++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += (formA == Blas.Form.AS_IS ? a[i + l * m] : a[l + i * k])
                            * (formB == Blas.Form.AS_IS ? b[l + j * k] : b[j + l * n]);
                }
                expected[i + j * m] = c[i + j * m] + alpha * sum;
            }
        }
        try (DoublePointer pa = new DoublePointer(a);
                DoublePointer pb = new DoublePointer(b);
                DoublePointer pc = new DoublePointer(c)) {
            Block blockA = formA == Blas.Form.AS_IS ? new Block(pa, m, k) : new Block(pa, k, m);
            Block blockB = formB == Blas.Form.AS_IS ? new Block(pb, k, n) : new Block(pb, n, k);
            Block blockC = new Block(pc, m, n);
            blas.multiply(formA, blockA, formB, blockB, alpha, 1, blockC);
            blockC.read(0, c, c.length);
        }
        for (int i = 0; i < c.length; i++) {
            if (!(Math.abs(c[i] - expected[i]) <= TOLERANCE)) { // NaN is wrong too
                return false;
            }
        }
        return true;
    }

    private static boolean rowProductsAreRight(Blas blas, int n, int k) {
        double[] a = entries(n * k, 4);
        double[] c = new double[n * n];
        try (DoublePointer pa = new DoublePointer(a);
                DoublePointer pc = new DoublePointer(c)) {
            Block blockC = new Block(pc, n, n);
            blas.rowProducts(new Block(pa, n, k), blockC);
            blockC.read(0, c, c.length);
        }
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += a[i + l * n] * a[j + l * n];
                }
                if (!(Math.abs(c[i + j * n] - sum) <= TOLERANCE)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean sumIsRight(Blas blas, int rows, int columns) {
        double alpha = -0.75;
        double[] x = entries(rows * columns, 5);
        double[] before = entries(rows * columns, 6);
        double[] after = new double[rows * columns];
        try (DoublePointer px = new DoublePointer(x);
                DoublePointer py = new DoublePointer(before)) {
            Block y = new Block(py, rows, columns);
            blas.add(alpha, new Block(px, rows, columns), y);
            y.read(0, after, after.length);
        }
        for (int i = 0; i < after.length; i++) {
            if (!(Math.abs(after[i] - (before[i] + alpha * x[i])) <= TOLERANCE)) {
                return false;
            }
        }
        return true;
    }

    /** Numbers in [-1, 1] without structure: a golden-ratio sequence, the same in every run. */
    private static double[] entries(int length, int stream) {
        double[] entries = new double[length];
        for (int i = 0; i < length; i++) {
            entries[i] = 2 * ((i + 1) * 0.6180339887498949 * stream % 1) - 1;
        }
        return entries;
    }
}
