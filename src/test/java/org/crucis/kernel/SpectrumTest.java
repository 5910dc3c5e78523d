package org.crucis.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectrumTest {

    /** Oracle: the second-difference matrix of size n has the eigenvalues 2 - 2 cos(k pi / (n + 1)). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 250}) // 250: from size 100 on the BLAS-based routines go wrong on AVX-512 processors
    void eigenvaluesOfTheSecondDifference(int n) {
        Spectrum spectrum = Spectrum.of(secondDifference(n));

        for (int k = 1; k <= n; k++) {
            double expected = 2 - 2 * Math.cos(k * Math.PI / (n + 1));
            assertThat(spectrum.value(k - 1)).isCloseTo(expected, within(1e-13));
        }
        assertThat(spectrum.values()).isSorted();
        assertThat(spectrum.smallest()).isEqualTo(spectrum.values()[0]);
        assertThat(spectrum.largest()).isEqualTo(spectrum.values()[n - 1]);
        assertThat(spectrum.condition()).isEqualTo(spectrum.largest() / spectrum.smallest());
    }

    /** Oracle: the defining equations A V = V D and V'V = I. */
    @Test
    void vectorsAreOrthonormalAndDiagonalise() {
        int n = 200;
        SimpleMatrix factor = random(n, n, 3);
        SimpleMatrix symmetric = factor.mult(factor.transpose());

        Spectrum spectrum = Spectrum.of(symmetric);
        SimpleMatrix vectors = spectrum.vectors();

        SimpleMatrix identity = SimpleMatrix.identity(n);
        assertThat(vectors.transpose().mult(vectors).isIdentical(identity, 1e-12))
                .isTrue();
        SimpleMatrix residual = symmetric.mult(vectors).minus(vectors.mult(SimpleMatrix.diag(spectrum.values())));
        assertThat(residual.elementMaxAbs()).isLessThan(1e-12 * spectrum.largest());
        assertThat(spectrum.apply(value -> value).isIdentical(symmetric, 1e-11)).isTrue();
        assertThat(spectrum.vector(5).isIdentical(vectors.getColumn(5), 0)).isTrue();
    }

    /** Oracle: a Gram matrix of 3 independent columns has rank 3. */
    @Test
    void rankOfAGramMatrix() {
        SimpleMatrix factor = random(10, 3, 4);

        Spectrum spectrum = Spectrum.of(factor.mult(factor.transpose()));

        assertThat(spectrum.rank(1e-12)).isEqualTo(3);
        assertThat(spectrum.rank(0.999)).isEqualTo(1);
    }

    @Test
    void functionsOfAMatrix() {
        SimpleMatrix symmetric = secondDifference(6);

        SimpleMatrix inverse = Spectrum.of(symmetric).apply(value -> 1 / value);

        assertThat(inverse.mult(symmetric).isIdentical(SimpleMatrix.identity(6), 1e-13))
                .isTrue();
    }

    @Test
    void coordinatesReassembleTheVector() {
        SimpleMatrix vector = random(6, 1, 9);
        Spectrum spectrum = Spectrum.of(secondDifference(6));

        SimpleMatrix again = spectrum.vectors().mult(spectrum.coordinates(vector));

        assertThat(again.isIdentical(vector, 1e-14)).isTrue();
    }

    @Test
    void aSingularMatrixHasInfiniteOrHugeCondition() {
        assertThat(Spectrum.of(new SimpleMatrix(2, 2)).condition()).isInfinite();
    }

    @Test
    void valuesCannotBeChangedFromOutside() {
        Spectrum spectrum = Spectrum.of(secondDifference(3));
        double smallest = spectrum.smallest();

        spectrum.values()[0] = 99;
        spectrum.vectors().set(0, 0, 99);

        assertThat(spectrum.smallest()).isEqualTo(smallest);
        assertThat(spectrum.vectors().get(0, 0)).isLessThan(1);
    }

    @Test
    void badMatricesAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Spectrum.of(new SimpleMatrix(2, 3)))
                .withMessageContaining("2 x 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Spectrum.of(new SimpleMatrix(new double[][] {{1, 2}, {2.001, 1}})))
                .withMessageContaining("2.001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Spectrum.of(new SimpleMatrix(new double[][] {{1, Double.NaN}, {0, 1}})))
                .withMessageContaining("(0, 1)");
    }

    private static SimpleMatrix secondDifference(int n) {
        SimpleMatrix matrix = new SimpleMatrix(n, n);
        for (int i = 0; i < n; i++) {
            matrix.set(i, i, 2);
            if (i > 0) {
                matrix.set(i, i - 1, -1);
                matrix.set(i - 1, i, -1);
            }
        }
        return matrix;
    }

    static SimpleMatrix random(int rows, int columns, long seed) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        SimpleMatrix matrix = new SimpleMatrix(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, 2 * random.nextDouble() - 1);
            }
        }
        return matrix;
    }
}
