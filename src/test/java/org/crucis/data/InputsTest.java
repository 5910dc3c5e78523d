package org.crucis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void sphereHasOneLength(int d) {
        SimpleMatrix unit = Spheres.uniform(20, d, random(1));
        SimpleMatrix wide = Spheres.ofDimension(20, d, random(1));

        for (int i = 0; i < 20; i++) {
            assertThat(unit.getRow(i).normF()).isCloseTo(1, within(1e-15));
            assertThat(wide.getRow(i).normF()).isCloseTo(Math.sqrt(d), within(1e-14));
        }
    }

    /** Oracle: on the sphere in R^d, E x = 0, E x_i^2 = 1/d and E x_i^4 = 3/(d (d + 2)); for Gaussian inputs 0, 1, 3. */
    @Test
    void lawsHaveTheirMoments() {
        int n = 40_000;
        int d = 3;
        SimpleMatrix sphere = Spheres.uniform(n, d, random(2));
        SimpleMatrix gaussian = Gaussian.inputs(n, d, random(3));

        for (int j = 0; j < d; j++) {
            assertThat(moment(sphere, j, 1)).isCloseTo(0, within(5 * Math.sqrt(1.0 / 3 / n)));
            assertThat(moment(sphere, j, 2)).isCloseTo(1.0 / 3, within(5 * 0.3 / Math.sqrt(n)));
            assertThat(moment(sphere, j, 4)).isCloseTo(0.2, within(5 * 0.3 / Math.sqrt(n)));
            assertThat(moment(gaussian, j, 1)).isCloseTo(0, within(5 / Math.sqrt(n)));
            assertThat(moment(gaussian, j, 2)).isCloseTo(1, within(5 * Math.sqrt(2.0 / n)));
            assertThat(moment(gaussian, j, 4)).isCloseTo(3, within(5 * Math.sqrt(96.0 / n)));
        }
    }

    @Test
    void sameSeedSameInputs() {
        assertThat(Spheres.uniform(4, 3, random(5)).isIdentical(Spheres.uniform(4, 3, random(5)), 0))
                .isTrue();
        assertThat(Spheres.uniform(4, 3, random(5)).isIdentical(Spheres.uniform(4, 3, random(6)), 1e-3))
                .isFalse();
        assertThat(Labels.signs(40, random(5)).isIdentical(Labels.signs(40, random(5)), 0))
                .isTrue();
    }

    @Test
    void pairsHaveTheirAngle() {
        SimpleMatrix inputs = Spheres.pairs(6, 20, 0.25, random(7));

        for (int i = 0; i < 6; i += 2) {
            assertThat(inputs.getRow(i).dot(inputs.getRow(i + 1))).isCloseTo(Math.cos(0.25), within(1e-15));
            assertThat(inputs.getRow(i + 1).normF()).isCloseTo(1, within(1e-15));
        }
        assertThat(Separation.of(inputs).distance()).isCloseTo(2 * Math.sin(0.125), within(1e-14));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Spheres.pairs(5, 3, 0.1, random(1)))
                .withMessageContaining("even number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Spheres.pairs(4, 3, 4, random(1)))
                .withMessageContaining("between 0 and pi");
    }

    /** Oracle: the chord of the smallest angle, antipodes counted: 2 sin(pi / (2 n)) on the half circle. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 9})
    void halfCircleIsEquallySpaced(int n) {
        assertThat(Separation.of(Circle.half(n)).distance()).isCloseTo(2 * Math.sin(Math.PI / (2 * n)), within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"5, 0.6180339887498949", "6, 0"})
    void wholeCircleHasAntipodesWhenEven(int n, double separation) {
        assertThat(Separation.of(Circle.whole(n)).distance()).isCloseTo(separation, within(1e-15));
    }

    @Test
    void separationCountsNegativesAndNamesThePair() {
        SimpleMatrix inputs = new SimpleMatrix(new double[][] {{1, 0}, {0, 1}, {-1, 0.1}});

        assertThat(Separation.of(inputs)).isEqualTo(new Separation(0.1, 0, 2));
        assertThat(Separation.of(inputs.getRow(0)).distance()).isInfinite();
    }

    @Test
    void teachersAreFunctionsOfTheInput() {
        SimpleMatrix inputs = new SimpleMatrix(new double[][] {{1, 2}, {-3, 0.5}});

        assertThat(Teacher.linear(2, -1).targets(inputs).getDDRM().getData()).containsExactly(0, -6.5);
        assertThat(Teacher.singleIndex(z -> z * z, 1, 1)
                        .targets(inputs)
                        .getDDRM()
                        .getData())
                .containsExactly(9, 6.25);
        assertThat(Teacher.product().targets(inputs).getDDRM().getData()).containsExactly(2, -1.5);
        assertThat(Teacher.product().sample(inputs, "product").name()).isEqualTo("product");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Teacher.linear(1, 2, 3).targets(inputs))
                .withMessageContaining("reads 3 coordinates, but the inputs have 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Teacher.singleIndex(Math::log, 1, 0).targets(inputs))
                .withMessageContaining("Row 2, column 1 of the targets is NaN");
    }

    @Test
    void labelsIgnoreTheInput() {
        SimpleMatrix signs = Labels.signs(10_000, random(9));
        SimpleMatrix gaussian = Labels.gaussian(10_000, random(9));

        assertThat(signs.getDDRM().getData()).containsOnly(1, -1);
        assertThat(moment(signs, 0, 1)).isCloseTo(0, within(0.05));
        assertThat(moment(gaussian, 0, 2)).isCloseTo(1, within(5 * Math.sqrt(2e-4)));
    }

    @Test
    void nothingCannotBeDrawn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Gaussian.inputs(0, 3, random(1)))
                .withMessageContaining("inputs must be at least 1, but got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Spheres.uniform(3, 0, random(1)))
                .withMessageContaining("input dimensions must be at least 1");
    }

    private static double moment(SimpleMatrix matrix, int column, int power) {
        return matrix.getColumn(column).elementPower(power).elementSum() / matrix.getNumRows();
    }

    private static UniformRandomProvider random(long seed) {
        return RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    }
}
