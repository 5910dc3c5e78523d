package org.crucis.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.bytedeco.javacpp.DoublePointer;
import org.junit.jupiter.api.Test;

class NumericSelfTestTest {

    @Test
    void theRoutinesOfThisMachineAreRight() {
        assertThat(NumericSelfTest.failure(Blas.Native.OPENBLAS)).isEmpty();
        assertThatCode(NumericSelfTest::require).doesNotThrowAnyException();
    }

    /** A kernel that forgets one term of a large product, as a wrong blocked kernel would. */
    @Test
    void aWrongGeneralProductIsNoticed() {
        Blas.Routines wrong = new Delegate() {
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
                super.gemm(formA, formB, m, n, m > 128 ? k - 1 : k, alpha, a, lda, b, ldb, beta, c, ldc);
            }
        };
        assertThat(NumericSelfTest.failure(wrong))
                .hasValueSatisfying(
                        message -> assertThat(message).contains("dgemm").contains("OPENBLAS_CORETYPE=Haswell"));
    }

    @Test
    void aProductThatIsNotANumberIsNoticed() {
        Blas.Routines wrong = new Delegate() {
            @Override
            public void syrk(
                    int form,
                    int n,
                    int k,
                    double alpha,
                    DoublePointer a,
                    int lda,
                    double beta,
                    DoublePointer c,
                    int ldc) {
                super.syrk(form, n, k, alpha, a, lda, beta, c, ldc);
                if (n == 129) {
                    c.put(5, Double.NaN);
                }
            }
        };
        assertThat(NumericSelfTest.failure(wrong))
                .hasValueSatisfying(
                        message -> assertThat(message).contains("dsyrk").contains("OPENBLAS_CORETYPE=Haswell"));
    }

    @Test
    void aWrongSumIsNoticed() {
        Blas.Routines wrong = new Delegate() {
            @Override
            public void axpy(int n, double alpha, DoublePointer x, DoublePointer y) {
                super.axpy(n > 1000 ? n - 1 : n, alpha, x, y);
            }
        };
        assertThat(NumericSelfTest.failure(wrong))
                .hasValueSatisfying(message -> assertThat(message).contains("daxpy"));
    }

    private static class Delegate implements Blas.Routines {
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
            Blas.Native.OPENBLAS.gemm(formA, formB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
        }

        @Override
        public void syrk(
                int form, int n, int k, double alpha, DoublePointer a, int lda, double beta, DoublePointer c, int ldc) {
            Blas.Native.OPENBLAS.syrk(form, n, k, alpha, a, lda, beta, c, ldc);
        }

        @Override
        public void axpy(int n, double alpha, DoublePointer x, DoublePointer y) {
            Blas.Native.OPENBLAS.axpy(n, alpha, x, y);
        }
    }
}
