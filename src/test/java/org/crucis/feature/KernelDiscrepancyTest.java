package org.crucis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.feature.Clouds.drawn;
import static org.crucis.feature.Clouds.line;
import static org.crucis.feature.Clouds.normal;
import static org.crucis.feature.Clouds.points;

import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.Draw;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelDiscrepancyTest {

    private static final long SEED = 20262;

    /** Oracle: the definition by hand. */
    @Test
    void knownValues() {
        KernelDiscrepancy discrepancy = KernelDiscrepancy.ofWidth(5);
        assertThat(discrepancy.squared(points(new double[] {0, 0}), points(new double[] {3, 4})))
                .isCloseTo(2 - 2 * Math.exp(-0.5), within(1e-15));
        double one = Math.exp(-0.5);
        double two = Math.exp(-2);
        KernelDiscrepancy unit = KernelDiscrepancy.ofWidth(1);
        assertThat(unit.squared(line(0, 2), line(1, 1))).isCloseTo((1 + two) / 2 + 1 - 2 * one, within(1e-15));
        assertThat(unit.unbiased(line(0, 2), line(1, 1))).isCloseTo(two + 1 - 2 * one, within(1e-15));
    }

    /**
     * Oracle: in k independent coordinates E exp(-|X - Y|^2 / (2 w^2)) is the k-th power of w/sqrt(w^2 + 2)
     * exp(-mu^2 / (2 (w^2 + 2))) for N(0, 1) and N(mu, 1). Bound: five standard errors of the mean over draws.
     */
    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, 1, 1", "0.7, 2, 2", "0, 0.5, 3"})
    void isUnbiasedOnTwoNormalLaws(double mu, double width, int dimension) {
        double same = Math.pow(width / Math.sqrt(width * width + 2), dimension);
        double between = same * Math.exp(-dimension * mu * mu / (2 * (width * width + 2)));
        double expected = 2 * same - 2 * between;
        KernelDiscrepancy discrepancy = KernelDiscrepancy.ofWidth(width);
        UniformRandomProvider random = Clouds.random(SEED);

        Clouds.Average measured = Clouds.Average.of(IntStream.range(0, 2000)
                .mapToDouble(draw ->
                        discrepancy.unbiased(normal(20, dimension, 0, random), normal(35, dimension, mu, random)))
                .toArray());

        assertThat(measured.mean()).isCloseTo(expected, within(5 * measured.error()));
        assertThat(5 * measured.error()).isLessThan(0.02);
    }

    /** Oracle: the axioms of a metric for its square root; scaling points and width together changes nothing. */
    @Test
    void isTheSquareOfAMetricThatDependsOnDistancesOnly() {
        Draw.cases(SEED, 100, draw -> {
            SimpleMatrix a = drawn(draw, "a", 2);
            SimpleMatrix b = drawn(draw, "b", 2);
            SimpleMatrix c = drawn(draw, "c", 2);
            double width = draw.real("width", 0.2, 5);
            double factor = draw.real("factor", 0.1, 10);
            double angle = draw.real("angle", 0, 6);
            KernelDiscrepancy discrepancy = KernelDiscrepancy.ofWidth(width);
            double distance = discrepancy.squared(a, b);
            assertThat(discrepancy.squared(b, a)).isCloseTo(distance, within(1e-13));
            assertThat(discrepancy.squared(a, a)).isCloseTo(0, within(1e-13));
            assertThat(distance).isBetween(0.0, 2.0);
            assertThat(Math.sqrt(discrepancy.squared(a, c)))
                    .isLessThanOrEqualTo(Math.sqrt(distance) + Math.sqrt(discrepancy.squared(b, c)) + 1e-9);
            assertThat(KernelDiscrepancy.ofWidth(factor * width).squared(a.scale(factor), b.scale(factor)))
                    .isCloseTo(distance, within(1e-12));
            assertThat(discrepancy.squared(Clouds.rotated(a, angle), Clouds.rotated(b, angle)))
                    .isCloseTo(distance, within(1e-12));
            assertThat(discrepancy.squared(a.plus(angle), b.plus(angle))).isCloseTo(distance, within(1e-12));
        });
    }

    /** Oracle: distances 1, 3, 4 of three points; 1, 1, 2, 3, 4, 5 of four. */
    @Test
    void theMedianDistanceOfFewPoints() {
        assertThat(KernelDiscrepancy.medianDistance(line(0, 1, 4))).isEqualTo(3);
        assertThat(KernelDiscrepancy.medianDistance(line(0, 1, 2, 5))).isCloseTo(2.5, within(1e-15));
    }

    /** Oracle: X - X' is N(0, 2), whose absolute value has the median 0.674490 sqrt(2); more points than are looked at. */
    @Test
    void theMedianDistanceOfManyPoints() {
        SimpleMatrix sample = normal(3000, 1, 7, Clouds.random(SEED));
        assertThat(KernelDiscrepancy.medianDistance(sample)).isCloseTo(0.674490 * Math.sqrt(2), within(0.05));
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelDiscrepancy.ofWidth(0))
                .withMessageContaining("positive and finite, but got 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelDiscrepancy.ofWidth(1).squared(line(1, Double.POSITIVE_INFINITY), line(1)))
                .withMessageContaining("Row 2, column 1 of the points of the first sample is Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelDiscrepancy.ofWidth(1).squared(line(1), points(new double[] {1, 2})))
                .withMessageContaining("1 columns, the second 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelDiscrepancy.ofWidth(1).unbiased(line(1), line(1, 2)))
                .withMessageContaining("at least two points");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelDiscrepancy.medianDistance(line(1, 1, 1, 1, 2)))
                .withMessageContaining("median is no width");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelDiscrepancy.medianDistance(line(1)))
                .withMessageContaining("at least two points");
    }
}
