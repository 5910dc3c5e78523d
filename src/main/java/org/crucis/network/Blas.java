package org.crucis.network;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;

/**
 * The matrix products that everything here is made of, and a sum, on the OpenBLAS that ND4J has loaded already, called on
 * pointers: an ND4J operation costs 12 to 20 microseconds a call, these cost well under one.
 */
final class Blas {

    /** How an operand enters a product. */
    enum Form {
        AS_IS(CblasNoTrans),
        TRANSPOSED(CblasTrans);

        private final int code;

        Form(int code) {
            this.code = code;
        }

        private int rows(Block block) {
            return this == AS_IS ? block.rows() : block.columns();
        }

        private int columns(Block block) {
            return this == AS_IS ? block.columns() : block.rows();
        }
    }

    /** The native routines relied on, apart so that the self-test can be given wrong ones. */
    interface Routines {
        void gemm(
                int formA,
                int formB,
                int m,
                int n,
                int k,
                double alpha,
                DoublePointer a,
                int lda,
                DoublePointer b,
                int ldb,
                double beta,
                DoublePointer c,
                int ldc);

        void syrk(
                int form, int n, int k, double alpha, DoublePointer a, int lda, double beta, DoublePointer c, int ldc);

        void axpy(int n, double alpha, DoublePointer x, DoublePointer y);
    }

    /** OpenBLAS. */
    enum Native implements Routines {
        OPENBLAS;

        @Override
        public void gemm(
                int formA,
                int formB,
                int m,
                int n,
                int k,
                double alpha,
                DoublePointer a,
                int lda,
                DoublePointer b,
                int ldb,
                double beta,
                DoublePointer c,
                int ldc) {
            openblas.cblas_dgemm(CblasColMajor, formA, formB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
        }

        @Override
        public void syrk(
                int form, int n, int k, double alpha, DoublePointer a, int lda, double beta, DoublePointer c, int ldc) {
            openblas.cblas_dsyrk(CblasColMajor, CblasLower, form, n, k, alpha, a, lda, beta, c, ldc);
        }

        @Override
        public void axpy(int n, double alpha, DoublePointer x, DoublePointer y) {
            openblas.cblas_daxpy(n, alpha, x, 1, y, 1);
        }
    }

    private final Routines routines;

    Blas(Routines routines) {
        this.routines = routines;
    }

    /** c = alpha a b + beta c. */
    void multiply(Form formA, Block a, Form formB, Block b, double alpha, double beta, Block c) {
        int k = formA.columns(a);
        if (formA.rows(a) != c.rows() || formB.columns(b) != c.columns() || formB.rows(b) != k) {
            throw new IllegalStateException("Shapes do not fit: " + formA + " " + a + " times " + formB + " " + b
                    + " into " + c + "; this is a defect of org.crucis.network.");
        }
        routines.gemm(
                formA.code,
                formB.code,
                c.rows(),
                c.columns(),
                k,
                alpha,
                a.pointer(),
                a.rows(),
                b.pointer(),
                b.rows(),
                beta,
                c.pointer(),
                c.rows());
    }

    /** y += alpha x. */
    void add(double alpha, Block x, Block y) {
        if (x.rows() != y.rows() || x.columns() != y.columns()) {
            throw new IllegalStateException(
                    "Shapes do not fit: " + x + " added to " + y + "; this is a defect of org.crucis.network.");
        }
        routines.axpy(Math.toIntExact(x.size()), alpha, x.pointer(), y.pointer());
    }

    /** The lower triangle of c = a a^T; what stands above it is undefined. */
    void rowProducts(Block a, Block c) {
        if (a.rows() != c.rows() || a.rows() != c.columns()) {
            throw new IllegalStateException("Shapes do not fit: the row products of " + a + " into " + c
                    + "; this is a defect of org.crucis.network.");
        }
        routines.syrk(CblasNoTrans, c.rows(), a.columns(), 1, a.pointer(), a.rows(), 0, c.pointer(), c.rows());
    }

    /** One BLAS thread for each caller: trials run in parallel, and more threads inside each only wait for each other. */
    static void useOneThread() {
        openblas.blas_set_num_threads(1);
    }
}
