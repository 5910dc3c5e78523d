package org.crucis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.identity;
import static org.crucis.statistics.Observed.values;

import java.util.List;
import org.crucis.claim.Criterion;
import org.crucis.claim.Estimate;
import org.crucis.claim.Figure;
import org.crucis.claim.Observations;
import org.crucis.claim.Unjudgeable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Criteria that are judged in every single trial; the oracles are the definitions of maximum and logarithm. */
class PointwiseTest {

    @Nested
    class AnInequality {

        @Test
        void isJudgedByItsWorstTrial() {
            Observations observations = values(0.2, 0.9, -5, 0.3);
            assertThat(everywhere("y").atMost(1).estimate(observations, 0.99)).isEqualTo(Estimate.exactly(0.9));
            assertThat(everywhere("y").atLeast(1).estimate(observations, 0.99)).isEqualTo(Estimate.exactly(-5));
            assertThat(everywhere("y").atMost(1).inside(observations, 0.99)).isTrue();
            assertThat(everywhere("y").atMost(0.89).outside(observations, 0.99)).isTrue();
            assertThat(everywhere("y").atMost(0.89).unit()).isEqualTo("largest value");
            assertThat(everywhere("y").atLeast(0.89).unit()).isEqualTo("smallest value");
        }

        @Test
        void allowsForRoundingAndNothingElse() {
            assertThat(everywhere("y").atMost(2).inside(values(2 * (1 + 0.9e-9)), 0.99))
                    .isTrue();
            assertThat(everywhere("y").atMost(2).inside(values(2 * (1 + 1.1e-9)), 0.99))
                    .isFalse();
            assertThat(everywhere("y").atLeast(-2).inside(values(-2 * (1 + 0.9e-9)), 0.99))
                    .isTrue();
            assertThat(everywhere("y").atLeast(-2).inside(values(-2 * (1 + 1.1e-9)), 0.99))
                    .isFalse();
            assertThat(everywhere("y").atMost(0).inside(values(1e-300), 0.99)).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "0, -1, -0.5",
            "0, 0, 0",
            "0, -1e-300, -1e-310",
            "1e-300, -1, 1e-301",
            "1, -1e12, 0.5",
            "-3, -1e12, -4",
            "1e12, 0, 1"
        })
        void isBrokenByItsPlantedDeviation(double bound, double one, double other) {
            Everywhere atMost = everywhere("y").atMost(bound);
            assertThat(atMost.inside(values(one, other), 0.99)).isTrue();
            assertThat(atMost.outside(atMost.tilted(values(one, other)), 0.99)).isTrue();
            Everywhere atLeast = everywhere("y").atLeast(-bound);
            assertThat(atLeast.inside(values(-one, -other), 0.99)).isTrue();
            assertThat(atLeast.outside(atLeast.tilted(values(-one, -other)), 0.99))
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
        void isUnjudgeableWhereAValueIsNotFinite(double value) {
            assertThatThrownBy(() -> everywhere("y").atMost(1).estimate(values(0, value), 0.99))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessageContaining("block 1");
        }

        @Test
        void isUnjudgeableWithoutObservations() {
            assertThatThrownBy(() -> everywhere("y").atMost(1).estimate(new Observations(List.of()), 0.99))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessage("no observations of 'y'");
        }

        @Test
        void readsAsASentence() {
            assertThat(everywhere("loss").atMost(1).sentence()).isEqualTo("loss at most 1 in every trial");
            assertThat(everywhere("loss").atMost(1).remark(values(1, 2, 3))).isEqualTo("(worst of 3 values)");
        }

        @Test
        void isDrawnWithBothExtremes() {
            double[] many = new double[1000];
            for (int index = 0; index < many.length; index++) {
                many[index] = (index * 7919) % 1000;
            }
            Figure.Chart chart = (Figure.Chart) everywhere("y")
                    .atMost(5)
                    .figures(List.of(new Criterion.Arm("A", Criterion.Role.PREDICTION, values(many))))
                    .get(0);
            Figure.Points points = (Figure.Points) chart.layers().get(1);
            assertThat(points.y()).hasSize(100).startsWith(0.0).endsWith(999.0).isSorted();
        }
    }

    @Nested
    class AnIdentity {

        @Test
        void countsTheDigitsOfItsWorstTrial() {
            Identity criterion = identity("y").toDigits(12);
            assertThat(criterion.estimate(values(1e-14, -1e-13, 0), 0.99).value())
                    .isCloseTo(13, within(1e-12));
            assertThat(criterion.inside(values(1e-14, -1e-13, 0), 0.99)).isTrue();
            assertThat(criterion.outside(values(1e-14, -1e-11, 0), 0.99)).isTrue();
        }

        @Test
        void countsAVanishingErrorAsSixteenDigits() {
            assertThat(identity("y").toDigits(12).estimate(values(0, 0), 0.99).value())
                    .isEqualTo(16);
            assertThat(identity("y")
                            .toDigits(12)
                            .estimate(values(1e-30, 0), 0.99)
                            .value())
                    .isEqualTo(16);
        }

        @ParameterizedTest
        @ValueSource(doubles = {0.5, 3, 12, 15.5})
        void isBrokenByItsPlantedDeviation(double digits) {
            Identity criterion = identity("y").toDigits(digits);
            Observations exact = values(0, 1e-17, -1e-17);
            assertThat(criterion.inside(exact, 0.99)).isTrue();
            assertThat(criterion.outside(criterion.tilted(exact), 0.99)).isTrue();
            assertThat(criterion.estimate(criterion.tilted(exact), 0.99).value())
                    .as("one digit less than was asked for")
                    .isCloseTo(digits - 1, within(0.01));
        }

        @Test
        void isUnjudgeableWhereAnErrorIsNotANumber() {
            assertThatThrownBy(() -> identity("y").toDigits(12).estimate(values(0, Double.NaN), 0.99))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessage("'y' is not a number at the only point, block 1");
        }

        @ParameterizedTest
        @ValueSource(doubles = {0, 16, -3, Double.NaN})
        void asksForDigitsThatADoubleHas(double digits) {
            assertThatThrownBy(() -> identity("y").toDigits(digits))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("digits must lie between 0 and 16, got " + digits);
        }
    }
}
