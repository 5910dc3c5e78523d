package org.crucis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.feature.Clouds.drawn;
import static org.crucis.feature.Clouds.line;
import static org.crucis.feature.Clouds.normal;
import static org.crucis.feature.Clouds.points;

import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.Draw;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnergyDistanceTest {

    private static final long SEED = 20261;

    /** Oracle: the definition by hand, mean distances 2 between, 1 and 3/2 within. */
    @Test
    void knownValues() {
        assertThat(EnergyDistance.squared(points(new double[] {0, 0}), points(new double[] {3, 4})))
                .isEqualTo(10);
        SimpleMatrix a = line(0, 2);
        SimpleMatrix b = line(4, 1);
        assertThat(EnergyDistance.squared(a, b)).isCloseTo(1.5, within(1e-15));
        assertThat(EnergyDistance.unbiased(a, b)).isCloseTo(-1, within(1e-15));
        assertThat(EnergyDistance.squared(a, line(1))).isCloseTo(1, within(1e-15));
    }

    /** Oracle: the definition as a double loop, on sizes beside the bounds of the chunks that are summed at once. */
    @ParameterizedTest
    @CsvSource({"511, 1, 3", "512, 513, 3", "1025, 512, 2", "1, 1, 4", "600, 7, 1"})
    void isTheDefinition(int m, int n, int k) {
        UniformRandomProvider random = Clouds.random(SEED);
        SimpleMatrix a = normal(m, k, 0, random);
        SimpleMatrix b = normal(n, k, 0.5, random);

        double expected = 2 * meanDistance(a, b) - meanDistance(a, a) - meanDistance(b, b);

        assertThat(EnergyDistance.squared(a, b)).isCloseTo(expected, within(1e-12));
    }

    private static double meanDistance(SimpleMatrix a, SimpleMatrix b) {
        double sum = 0;
        for (int i = 0; i < a.getNumRows(); i++) {
            for (int j = 0; j < b.getNumRows(); j++) {
                sum += a.getRow(i).minus(b.getRow(j)).normF();
            }
        }
        return sum / a.getNumRows() / b.getNumRows();
    }

    /** Oracle: a second coordinate that is 0 everywhere changes no distance; one column goes by sorting, two by pairs. */
    @Test
    void sortingAndPairsAgree() {
        Draw.cases(SEED, 100, draw -> {
            SimpleMatrix a = drawn(draw, "a", 1);
            SimpleMatrix b = drawn(draw, "b", 1);
            SimpleMatrix planeA = a.concatColumns(new SimpleMatrix(a.getNumRows(), 1));
            SimpleMatrix planeB = b.concatColumns(new SimpleMatrix(b.getNumRows(), 1));
            assertThat(EnergyDistance.squared(a, b)).isCloseTo(EnergyDistance.squared(planeA, planeB), within(1e-12));
            assertThat(EnergyDistance.unbiased(a, b)).isCloseTo(EnergyDistance.unbiased(planeA, planeB), within(1e-12));
        });
    }

    /** Points that occur more than once, in one sample or in both, are passed at once when sorting. Oracle: the pairs. */
    @Test
    void tiesAreCounted() {
        SimpleMatrix a = line(1, 1, 2, 2, 2);
        SimpleMatrix b = line(2, 1, 3);
        assertThat(EnergyDistance.squared(a, b))
                .isCloseTo(2 * meanDistance(a, b) - meanDistance(a, a) - meanDistance(b, b), within(1e-15));
    }

    /**
     * Oracle: for N(0, 1) and N(mu, 1) on a line E|X - Y| = 2/sqrt(pi) exp(-mu^2/4) + mu erf(mu/2). Bound: five standard errors
     * of the mean over draws.
     */
    @ParameterizedTest
    @CsvSource({"0", "0.5", "2"})
    void isUnbiasedOnTwoNormalLaws(double mu) {
        double between = 2 / Math.sqrt(Math.PI) * Math.exp(-mu * mu / 4) + mu * Erf.value(mu / 2);
        double expected = 2 * between - 4 / Math.sqrt(Math.PI);
        UniformRandomProvider random = Clouds.random(SEED);

        Clouds.Average measured = Clouds.Average.of(IntStream.range(0, 2000)
                .mapToDouble(draw -> EnergyDistance.unbiased(normal(20, 1, 0, random), normal(35, 1, mu, random)))
                .toArray());

        assertThat(measured.mean()).isCloseTo(expected, within(5 * measured.error()));
        assertThat(5 * measured.error()).isLessThan(0.06);
    }

    /** Oracle: the diagonal gives samples of one law the mean (1/m + 1/n) E|X - X'|, here (1/20 + 1/35) 2/sqrt(pi). */
    @Test
    void theBiasOfTheFirstFormIsTheDiagonal() {
        UniformRandomProvider random = Clouds.random(SEED);
        Clouds.Average measured = Clouds.Average.of(IntStream.range(0, 2000)
                .mapToDouble(draw -> EnergyDistance.squared(normal(20, 1, 0, random), normal(35, 1, 0, random)))
                .toArray());
        double expected = (1.0 / 20 + 1.0 / 35) * 2 / Math.sqrt(Math.PI);
        assertThat(measured.mean()).isCloseTo(expected, within(5 * measured.error()));
        assertThat(5 * measured.error()).isLessThan(0.1 * expected);
    }

    /** Oracle: the axioms of a metric for its square root, and the invariances of distances. */
    @Test
    void isTheSquareOfAMetricThatDependsOnDistancesOnly() {
        Draw.cases(SEED, 100, draw -> {
            SimpleMatrix a = drawn(draw, "a", 2);
            SimpleMatrix b = drawn(draw, "b", 2);
            SimpleMatrix c = drawn(draw, "c", 2);
            double factor = draw.real("factor", 0.1, 10);
            double angle = draw.real("angle", 0, 6);
            double distance = EnergyDistance.squared(a, b);
            assertThat(EnergyDistance.squared(b, a)).isCloseTo(distance, within(1e-13));
            assertThat(EnergyDistance.squared(a, a)).isCloseTo(0, within(1e-13));
            assertThat(Math.sqrt(EnergyDistance.squared(a, c)))
                    .isLessThanOrEqualTo(Math.sqrt(distance) + Math.sqrt(EnergyDistance.squared(b, c)) + 1e-9);
            assertThat(EnergyDistance.squared(a.scale(factor), b.scale(factor)))
                    .isCloseTo(factor * distance, within(1e-12));
            assertThat(EnergyDistance.squared(a.plus(angle), b.plus(angle))).isCloseTo(distance, within(1e-12));
            assertThat(EnergyDistance.squared(Clouds.rotated(a, angle), Clouds.rotated(b, angle)))
                    .isCloseTo(distance, within(1e-12));
            assertThat(EnergyDistance.unbiased(a.scale(factor), b.scale(factor)))
                    .isCloseTo(factor * EnergyDistance.unbiased(a, b), within(1e-12));
        });
    }

    @Test
    void badSamplesAreNamed() {
        SimpleMatrix good = points(new double[] {0, 1}, new double[] {2, 3});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnergyDistance.squared(good, line(1, 2)))
                .withMessage(
                        "The first sample has 2 columns, the second 1; points to be compared need the same number of"
                                + " coordinates.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnergyDistance.squared(good, points(new double[] {0, Double.NaN})))
                .withMessageContaining("Row 1, column 2 of the points of the second sample is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnergyDistance.unbiased(new SimpleMatrix(0, 2), good))
                .withMessageContaining("0 x 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnergyDistance.unbiased(good, points(new double[] {0, 1})))
                .withMessageContaining("at least two points in each sample, but got 2 and 1");
    }
}
