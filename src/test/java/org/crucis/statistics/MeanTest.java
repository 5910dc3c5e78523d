package org.crucis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.statistics.Criteria.agreement;
import static org.crucis.statistics.Criteria.geometricMean;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Criteria.relativeAgreement;
import static org.crucis.statistics.Observed.pairs;
import static org.crucis.statistics.Observed.values;
import static org.crucis.statistics.Simulated.over;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.crucis.claim.Criterion;
import org.crucis.claim.Estimate;
import org.crucis.claim.Figure;
import org.crucis.claim.Interval;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;
import org.crucis.claim.Unjudgeable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Oracle of the intervals: {@code scipy.stats.t.interval(confidence, 11, loc=mean(x), scale=std(x, ddof=1)/sqrt(12))},
 * which agrees with the printed tables of Student's t: 2.201, 3.106 and 4.437 at two-sided 95, 99 and 99.9 % for 11
 * degrees of freedom.
 */
class MeanTest {

    private static final double[] VALUES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13};
    private static final double[] THEORY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    private static void assertEstimate(Estimate estimate, double lower, double value, double upper) {
        assertThat(estimate.lower()).isCloseTo(lower, within(1e-12));
        assertThat(estimate.value()).isCloseTo(value, within(1e-12));
        assertThat(estimate.upper()).isCloseTo(upper, within(1e-12));
    }

    @Nested
    class ItsFourKinds {

        @Test
        void theMean() {
            assertEstimate(
                    mean("y").equalTo(7).within(1).estimate(values(VALUES), 0.95),
                    4.1989327432340575,
                    79.0 / 12,
                    8.967733923432608);
        }

        @Test
        void theGeometricMean() {
            Estimate estimate = geometricMean("y").equalTo(7).within(1).estimate(values(VALUES), 0.95);
            assertThat(estimate.lower()).isCloseTo(3.2766713, within(1e-7));
            assertThat(estimate.value()).isCloseTo(5.32424775, within(1e-7));
            assertThat(estimate.upper()).isCloseTo(8.65134507, within(1e-7));
        }

        @Test
        void theDifferenceFromAClosedForm() {
            assertEstimate(
                    agreement("y", "theory").within(1).estimate(pairs(VALUES, THEORY), 0.95),
                    -0.10008209667430322,
                    1.0 / 12,
                    0.26674876334096986);
        }

        @Test
        void theRelativeDifferenceFromAClosedForm() {
            assertEstimate(
                    relativeAgreement("y", "theory").within(0.1).estimate(pairs(VALUES, THEORY), 0.95),
                    -0.008340174722858598,
                    1.0 / 144,
                    0.022229063611747472);
        }

        @ParameterizedTest
        @CsvSource({"0.95, 2.201", "0.99, 3.106", "0.999, 4.437"})
        void haveTheQuantilesOfThePrintedTables(double confidence, double quantile) {
            // Six values 1 and six values -1: standard error sqrt(12/11)/sqrt(12).
            double[] signs = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
            Estimate estimate = mean("y").equalTo(0).within(1).estimate(values(signs), confidence);
            assertThat(estimate.upper() * Math.sqrt(11)).isCloseTo(quantile, within(5e-4));
        }
    }

    @Nested
    class TheFiniteSizeAllowance {

        /** Mean 1 + 4/width, without chance. */
        private final Observations observations = over(new double[] {16, 64, 256}, 12, (block, size) -> 1 + 4 / size);

        @Test
        void countsDeviationsInTolerances() {
            // Tolerances 0.02 + 5/width: deviations 0.25/0.3325, 0.0625/0.098125, 0.015625/0.03953125.
            Mean criterion = mean("y").equalTo(1).within(0.02).plus(5, "width");
            Estimate worst = criterion.estimate(observations, 0.99);
            assertThat(worst.value()).isCloseTo(0.25 / 0.3325, within(1e-12));
            assertThat(criterion.region()).isEqualTo(new Interval(-1, 1));
            assertThat(criterion.unit()).isEqualTo("deviation in tolerances");
            assertThat(criterion.remark(observations)).isEqualTo("(farthest of 3 points: width 16)");
            assertThat(criterion.inside(observations, Levels.SUPPORT)).isTrue();
            assertThat(mean("y").equalTo(1).within(0.02).plus(3, "width").outside(observations, Levels.EXCLUDE))
                    .as("0.25 is more than 0.02 + 3/16")
                    .isTrue();
        }

        @Test
        void keepsAnOpenSideOpen() {
            assertThat(mean("y").atMost(1).within(0.02).plus(5, "width").region())
                    .isEqualTo(Interval.atMost(1));
            assertThat(mean("y").atLeast(1).within(0.02).plus(5, "width").region())
                    .isEqualTo(Interval.atLeast(-1));
        }

        @Test
        void isPartOfTheSentence() {
            assertThat(mean("y").equalTo(1).within(0.02).plus(5, "width").sentence())
                    .isEqualTo("mean of y equal to 1, within 0.02 + 5/width");
            assertThat(agreement("y", "theory").within(0.02).sentence())
                    .isEqualTo("y minus theory equal to 0, within 0.02");
            assertThat(relativeAgreement("y", "theory").within(0.02).sentence())
                    .isEqualTo("y over theory minus one equal to 0, within 0.02");
            assertThat(geometricMean("y").atMost(2).within(0.5).sentence())
                    .isEqualTo("geometric mean of y at most 2, within 0.5");
        }
    }

    @Nested
    class SeveralPoints {

        private final SplittableRandom random = new SplittableRandom(7);

        /** Mean 0 at 99 points and the given mean at the last; deviations of one at each. */
        private Observations points(double last) {
            double[] places = java.util.stream.DoubleStream.iterate(1, place -> place + 1)
                    .limit(100)
                    .toArray();
            return over(
                    places,
                    12,
                    (block, place) ->
                            (place == 100 ? last : 0) + (block % 2 == 0 ? 1 : -1) + 1e-9 * random.nextDouble());
        }

        @Test
        void mustAllLieInside() {
            // Half-width at SUPPORT for twelve alternating values, scipy: 1.1241.
            assertThat(mean("y").equalTo(0).within(1.2).inside(points(0), Levels.SUPPORT))
                    .isTrue();
            assertThat(mean("y").equalTo(0).within(1.2).inside(points(0.2), Levels.SUPPORT))
                    .isFalse();
        }

        @Test
        void areRejectedForOneOfThemAtASharedLevel() {
            // Half-widths at EXCLUDE: 1.412 for a single point; 2.407 when 100 points share it,
            // scipy: t.ppf(1 - 1e-3/3/100, 11) * sqrt(12/11)/sqrt(12)
            Mean criterion = mean("y").equalTo(0).within(0.5);
            assertThat(criterion.outside(points(2.7), Levels.EXCLUDE)).isFalse();
            assertThat(criterion.outside(points(3), Levels.EXCLUDE)).isTrue();
            assertThat(criterion.outside(
                            values(2.7 + 1, 2.7 - 1, 3.7, 1.7, 3.7, 1.7, 3.7, 1.7, 3.7, 1.7, 3.7, 1.7), Levels.EXCLUDE))
                    .isTrue();
        }
    }

    @Test
    void doesNotDependOnTheOrderOfRowsAndScalesWithTheUnit() {
        Mean criterion = mean("y").equalTo(7).within(1);
        Estimate estimate = criterion.estimate(values(VALUES), 0.99);
        Estimate shuffled = criterion.estimate(Observed.shuffled(values(VALUES), new SplittableRandom(3)), 0.99);
        assertThat(shuffled.lower()).isCloseTo(estimate.lower(), within(1e-12));
        Estimate larger = criterion.estimate(values(Observed.scaled(1e6, VALUES)), 0.99);
        assertThat(larger.lower()).isCloseTo(1e6 * estimate.lower(), within(1e-6));
        assertThat(larger.upper()).isCloseTo(1e6 * estimate.upper(), within(1e-6));
    }

    @Nested
    class Unjudgeables {

        private void assertUnjudgeable(Criterion criterion, Observations observations, String reason) {
            assertThatThrownBy(() -> criterion.estimate(observations, 0.99))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessage(reason);
        }

        @Test
        void tooFewBlocks() {
            assertUnjudgeable(
                    mean("y").atMost(0).within(1),
                    values(Arrays.copyOf(VALUES, 11)),
                    "an interval over blocks needs at least 12 blocks, got 11");
        }

        @Test
        void notANumber() {
            assertUnjudgeable(
                    mean("y").atMost(0).within(1),
                    values(1, 2, 3, 4, 5, Double.NaN, 7, 8, 9, 10, 11, 12),
                    "'y' is not a number at the only point, block 5");
        }

        @Test
        void aClosedFormThatIsZero() {
            assertUnjudgeable(
                    relativeAgreement("y", "theory").within(0.1),
                    pairs(VALUES, new double[12]),
                    "the mean over blocks is not finite: a block gave no finite number");
        }

        @Test
        void valuesThatOverflow() {
            double[] huge = new double[12];
            Arrays.fill(huge, 1e308);
            assertUnjudgeable(
                    mean("y").atMost(0).within(1),
                    values(huge),
                    "the mean over blocks is not finite: a block gave no finite number");
        }

        @Test
        void aGeometricMeanOfSomethingNotPositive() {
            assertUnjudgeable(
                    geometricMean("y").atMost(1).within(1),
                    values(1, 2, 3, -4, 5, 6, 7, 8, 9, 10, 11, 12),
                    "'y' is -4 at the only point, block 3: a geometric mean needs positive values");
        }

        @Test
        void twoRowsOfOneBlock() {
            List<Observation> rows = new ArrayList<>(values(VALUES).rows());
            rows.add(Simulated.row(Point.ORIGIN, 3, 5));
            assertUnjudgeable(
                    mean("y").atMost(0).within(1),
                    new Observations(rows),
                    "several values of 'y' in one block at the only point: give each its own place on an inner axis");
        }

        @Test
        void nothingObserved() {
            assertUnjudgeable(mean("y").atMost(0).within(1), new Observations(List.of()), "no observations of 'y'");
        }
    }

    @Nested
    class ConditionsThatAreNone {

        @Test
        void aToleranceIsNeeded() {
            assertThatThrownBy(() -> mean("y").atMost(0).within(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the tolerance of a mean must be positive, got 0.0");
        }

        @Test
        void aPositiveNumberIsAtLeastANegativeOne() {
            assertThatThrownBy(() -> geometricMean("y").atLeast(0.01).within(0.02))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a geometric mean at least -0.01 is no condition, for every one is positive: take a"
                            + " smaller tolerance or a bound from above");
        }

        @Test
        void aPositiveNumberIsNotNegative() {
            assertThatThrownBy(() -> geometricMean("y").atMost(-3).within(1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a geometric mean is positive and cannot be at most -2");
        }
    }

    @Test
    void figuresShowWhatIsAcceptedAndTheClosedFormOverTheData() {
        Observations observations = over(new double[] {1, 2, 4, 8}, 12, (block, size) -> size)
                .with("theory", row -> row.point().number("width"));
        List<Figure> figures = agreement("y", "theory")
                .within(0.5)
                .figures(List.of(new Criterion.Arm("A", Criterion.Role.PREDICTION, observations)));
        assertThat(figures).hasSize(2);
        Figure.Band accepted =
                (Figure.Band) ((Figure.Chart) figures.get(0)).layers().get(0);
        assertThat(accepted.x()).containsExactly(1.0, 2.0, 4.0, 8.0);
        assertThat(accepted.lower()).containsOnly(-0.5);
        assertThat(accepted.upper()).containsOnly(0.5);
        Figure.Line theory =
                (Figure.Line) ((Figure.Chart) figures.get(1)).layers().get(0);
        assertThat(theory.y()).containsExactly(1.0, 2.0, 4.0, 8.0);
    }
}
