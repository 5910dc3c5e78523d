package org.crucis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Simulated.over;
import static org.crucis.statistics.Simulated.powersOfTwo;

import java.util.ArrayList;
import java.util.List;
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

/** Oracles: power laws in closed form; {@code numpy.polyfit} and {@code numpy.linalg.lstsq}; {@code scipy.stats.t}. */
class ExponentTest {

    private static final double[] SIX = powersOfTwo(6, 11);
    private static final double[] SEVEN = powersOfTwo(6, 12);

    /** Deviations of the slope from block to block; they add up to nothing. */
    private static final double[] DEVIATIONS = {0.03, -0.01, 0.02, -0.04, 0.05, 0, -0.02, 0.01, -0.03, 0.04, -0.05, 0};

    private static Observations law(double[] sizes, double exponent) {
        return over(sizes, 12, (block, size) -> 7 * Math.pow(size, exponent));
    }

    @Nested
    class TheEstimate {

        @ParameterizedTest
        @CsvSource({"-1", "-0.5", "0", "2"})
        void isTheExponentOfAnExactPowerLawWithNoWidth(double slope) {
            for (double[] sizes : List.of(SIX, SEVEN, powersOfTwo(3, 14))) {
                Estimate estimate =
                        exponent("y", "width").equalTo(slope).margin(0.1).estimate(law(sizes, slope), 0.999);
                assertThat(estimate.value()).isCloseTo(slope, within(1e-12));
                assertThat(estimate.upper() - estimate.lower()).isLessThan(1e-12);
            }
        }

        @ParameterizedTest
        @CsvSource({"0.9, 0.016394110431421336", "0.99, 0.028352004796789718"})
        void hasStudentsIntervalOverTheSlopesOfTheBlocks(double confidence, double halfWidth) {
            // scipy: t.ppf(0.5 + confidence/2, 11) * std(deviations, ddof=1) / sqrt(12)
            Observations observations =
                    over(SIX, 12, (block, size) -> (1 + block) * Math.pow(size, -1 + DEVIATIONS[block]));
            Estimate estimate = exponent("y", "width").equalTo(-1).margin(0.1).estimate(observations, confidence);
            assertThat(estimate.value()).isCloseTo(-1, within(1e-12));
            assertThat(estimate.lower()).isCloseTo(-1 - halfWidth, within(1e-12));
            assertThat(estimate.upper()).isCloseTo(-1 + halfWidth, within(1e-12));
        }

        @Test
        void isTheSlopeOnTheTopHalf() {
            // numpy.polyfit(log(m[3:]), log(m**-1 * (1 + 3*m**-0.5))[3:], 1), m = 64, 128, ...
            Exponent criterion = exponent("y", "width").equalTo(-1).margin(0.1);
            assertThat(criterion.estimate(corrected(SIX), 0.99).value()).isCloseTo(-1.0435073011353415, within(1e-12));
            assertThat(criterion.estimate(corrected(SEVEN), 0.99).value()).isCloseTo(-1.037726238941282, within(1e-12));
        }

        private Observations corrected(double[] sizes) {
            return over(sizes, 12, (block, size) -> (1 + 3 / Math.sqrt(size)) / size);
        }

        @Test
        void isNamedWithItsRangeItsCorrectionAndItsOnset() {
            // numpy.linalg.lstsq([1, log m, m**-0.5], log y): slope -1.01088477
            Exponent criterion = exponent("y", "width").equalTo(-1).margin(0.1);
            assertThat(criterion.remark(corrected(SIX)))
                    .isEqualTo("(on width 512 to 2048, corrected -1.011, holds from width 128)");
            // With the next order 1/m instead: slope -1.04026984
            assertThat(criterion.correctedBy(1).remark(corrected(SIX)))
                    .isEqualTo("(on width 512 to 2048, corrected -1.04, holds from width 128)");
        }

        @Test
        void isCorrectedExactlyForAnExponentialOfTheNextOrder() {
            Exponent criterion = exponent("y", "width").equalTo(-1).margin(0.01);
            Observations observations = over(SIX, 12, (block, size) -> Math.exp(3 / Math.sqrt(size)) / size);
            assertThat(criterion.remark(observations)).isEqualTo("(on width 512 to 2048, corrected -1)");
            // numpy.polyfit of its top half
            assertThat(criterion.estimate(observations, 0.99).value()).isCloseTo(-1.047819036559224, within(1e-12));
        }

        @Test
        void ofSevenSizesTakesTheMiddleOneIntoBothHalves() {
            // A kink at the middle size: slope -1 below it, -2 above it; both halves see one slope only.
            Observations kinked = over(SEVEN, 12, (block, size) -> size <= 512 ? 1 / size : 512 / (size * size));
            Exponent criterion = exponent("y", "width").equalTo(-2).margin(0.1);
            assertThat(criterion.estimate(kinked, 0.99).value()).isCloseTo(-2, within(1e-12));
            assertThat(criterion.remark(kinked)).startsWith("(on width 512 to 4096,");
        }

        @Test
        void doesNotDependOnTheOrderOfRowsOrTheUnits() {
            Observations observations = over(
                    SIX, 12, (block, size) -> Math.pow(size, -1 + DEVIATIONS[block]) * (1 + 0.1 * DEVIATIONS[block]));
            Exponent criterion = exponent("y", "width").equalTo(-1).margin(0.1);
            Estimate estimate = criterion.estimate(observations, 0.99);
            Observations shuffled = Observed.shuffled(observations, new java.util.SplittableRandom(1));
            assertThat(criterion.estimate(shuffled, 0.99)).isEqualTo(estimate);
            Estimate inOtherUnits = criterion.estimate(observations.with("y", row -> 1000 * row.value("y")), 0.99);
            assertThat(inOtherUnits.lower()).isCloseTo(estimate.lower(), within(1e-12));
            assertThat(inOtherUnits.upper()).isCloseTo(estimate.upper(), within(1e-12));
            Observations largerSizes = new Observations(observations.rows().stream()
                    .map(row -> new Observation(
                            Point.ORIGIN.with("width", 3 * row.point().number("width")), row.block(), row.values()))
                    .toList());
            assertThat(criterion.estimate(largerSizes, 0.99).lower()).isCloseTo(estimate.lower(), within(1e-12));
        }
    }

    /** y = m^-1 with a slope that changes from {@code bottom} to {@code top} in the middle. */
    private static Observations bent(double bottom, double top) {
        double middle = Math.sqrt(256 * 512);
        return over(SIX, 12, (block, size) -> Math.pow(size / middle, size < middle ? bottom : top));
    }

    @Nested
    class TheFiniteWidthRule {

        private final Exponent aroundMinusOne =
                exponent("y", "width").equalTo(-1).margin(0.2);
        private final Exponent atMostAHalf = exponent("y", "width").atMost(-0.5).margin(0.1);

        private void assertInside(Criterion criterion, Observations observations) {
            assertThat(criterion.inside(observations, Levels.SUPPORT))
                    .as("inside")
                    .isTrue();
            assertThat(criterion.outside(observations, Levels.EXCLUDE))
                    .as("outside")
                    .isFalse();
        }

        private void assertOutside(Criterion criterion, Observations observations) {
            assertThat(criterion.inside(observations, Levels.SUPPORT))
                    .as("inside")
                    .isFalse();
            assertThat(criterion.outside(observations, Levels.EXCLUDE))
                    .as("outside")
                    .isTrue();
        }

        private void assertUndecided(Criterion criterion, Observations observations) {
            assertThat(criterion.inside(observations, Levels.SUPPORT))
                    .as("inside")
                    .isFalse();
            assertThat(criterion.outside(observations, Levels.EXCLUDE))
                    .as("outside")
                    .isFalse();
        }

        @Test
        void acceptsASteadySlopeInsideAndRejectsOneOutside() {
            assertInside(aroundMinusOne, law(SIX, -0.9));
            assertOutside(aroundMinusOne, law(SIX, -0.7));
            assertOutside(aroundMinusOne, law(SIX, -1.3));
            assertInside(atMostAHalf, law(SIX, -3));
            assertOutside(atMostAHalf, law(SIX, -0.3));
        }

        @Test
        void doesNotAcceptATopHalfThatIsHeadingOut() {
            // Slopes -1.15 then -0.95: once more the same change and -0.75 is outside.
            assertUndecided(aroundMinusOne, bent(-1.15, -0.95));
            // Half of that change stays inside.
            assertInside(aroundMinusOne, bent(-1.05, -0.95));
        }

        @Test
        void acceptsADriftFurtherInsideAOneSidedRegion() {
            assertInside(atMostAHalf, bent(-0.6, -0.9));
        }

        @Test
        void doesNotRejectATopHalfThatIsHeadingBack() {
            // Slopes -0.4 then -0.7: once more the same change and -1 is inside.
            assertUndecided(aroundMinusOne, bent(-0.4, -0.7));
            // Heading away from it instead.
            assertOutside(aroundMinusOne, bent(-0.7, -0.4));
        }

        @Test
        void doesNotAcceptATopHalfWhoseCorrectionLiesOutside() {
            // y = m^-0.5 exp(-8 m^-1/2): the measured slope passes through the region on its way to -1/2.
            Observations passing = over(SIX, 12, (block, size) -> Math.pow(size, -0.5) * Math.exp(4 / Math.sqrt(size)));
            Exponent criterion = exponent("y", "width").equalTo(-0.6).margin(0.05);
            Estimate top = criterion.estimate(passing, 0.99);
            assertThat(top.value()).as("inside on the top half").isBetween(-0.65, -0.55);
            assertThat(criterion.remark(passing)).contains("corrected -0.5");
            assertUndecided(criterion, passing);
        }

        @Test
        void doesNotRejectATopHalfWhoseCorrectionLiesInside() {
            // y = m^-1 exp(-10 m^-1/2): on these widths the slope is far from its limit -1, its correction is there.
            Observations approaching = over(SIX, 12, (block, size) -> Math.exp(-10 / Math.sqrt(size)) / size);
            Exponent criterion = exponent("y", "width").equalTo(-1).margin(0.05);
            assertThat(criterion.estimate(approaching, 0.99).lower()).isGreaterThan(-0.95);
            assertUndecided(criterion, approaching);
        }

        @Test
        void asksTheWholeIntervalToLieInside() {
            Observations noisy = over(SIX, 12, (block, size) -> Math.pow(size, -1 + 4 * DEVIATIONS[block]));
            // scipy: half-widths 0.1361 at SUPPORT and 0.1711 at EXCLUDE, four times those of the deviations.
            assertInside(exponent("y", "width").equalTo(-1).margin(0.14), noisy);
            assertUndecided(exponent("y", "width").equalTo(-1).margin(0.12), noisy);
            assertUndecided(exponent("y", "width").equalTo(-0.8).margin(0.04), noisy);
            assertOutside(exponent("y", "width").equalTo(-0.8).margin(0.02), noisy);
        }
    }

    @Nested
    class Unjudgeables {

        private final Exponent criterion = exponent("y", "width").atMost(-0.5).margin(0.1);

        private void assertUnjudgeable(Observations observations, String reason) {
            assertThatThrownBy(() -> criterion.estimate(observations, 0.99))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessage(reason);
        }

        @Test
        void nothingMoved() {
            assertUnjudgeable(
                    over(SIX, 12, (block, size) -> block == 3 && size == 256 ? 0 : 1),
                    "'y' is 0 at width 256, block 3: a scaling law needs positive values; nothing moved, or the probe is"
                            + " stuck");
        }

        @Test
        void notANumber() {
            assertUnjudgeable(
                    over(SIX, 12, (block, size) -> block == 3 && size == 256 ? Double.NaN : 1),
                    "'y' is not a number at width 256, block 3");
        }

        @Test
        void infinity() {
            assertUnjudgeable(
                    over(SIX, 12, (block, size) -> Double.POSITIVE_INFINITY), "'y' is infinity at width 64, block 0");
        }

        @Test
        void tooFewBlocks() {
            assertUnjudgeable(
                    over(SIX, 11, (block, size) -> 1 / size),
                    "an interval over blocks needs at least 12 blocks, got 11");
        }

        @Test
        void tooFewSizes() {
            assertUnjudgeable(
                    over(powersOfTwo(6, 10), 12, (block, size) -> 1 / size),
                    "an exponent needs at least 6 sizes, got 5");
        }

        @Test
        void sizesTooClose() {
            assertUnjudgeable(
                    over(new double[] {64, 96, 128, 256, 512, 1024}, 12, (block, size) -> 1 / size),
                    "an exponent needs sizes in ratio 2 at least, got 64 and 96");
        }

        @Test
        void sizesThatAreNotPositive() {
            assertUnjudgeable(
                    over(new double[] {0, 2, 4, 8, 16, 32}, 12, (block, size) -> 1),
                    "a scaling law needs positive sizes, got width 0");
        }

        @Test
        void twoRowsOfOneBlock() {
            Observations relu = Simulated.member("activation", "RELU", law(SIX, -1));
            Observations tanh = Simulated.member("activation", "TANH", law(SIX, -1));
            assertUnjudgeable(
                    relu.and(tanh),
                    "several values of 'y' at width 64 in block 0: judge the family with .per(axis) for the other axis of"
                            + " width 64, activation TANH");
        }

        @Test
        void aBlockWithOtherSizes() {
            List<Observation> rows = new ArrayList<>(law(SIX, -1).rows());
            rows.set(71, Simulated.row(Point.ORIGIN.with("width", 4096), 11, 1));
            assertUnjudgeable(
                    new Observations(rows),
                    "block 11 was measured at width [64.0, 128.0, 256.0, 512.0, 1024.0, 4096.0], the first block at"
                            + " [64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0]: every block needs the same sizes");
        }

        @Test
        void nothingObserved() {
            assertUnjudgeable(new Observations(List.of()), "no observations of 'y'");
        }

        @Test
        void anotherMeasure() {
            assertThatThrownBy(() ->
                            exponent("drift", "width").atMost(0).margin(0.1).estimate(law(SIX, -1), 0.99))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessage("no trial measured 'drift'; measured were [y]");
        }
    }

    @Test
    void aMarginIsNeeded() {
        assertThatThrownBy(() -> exponent("y", "width").atMost(-0.5).margin(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the margin of an exponent must be positive, got 0.0");
    }

    @Test
    void theRegionIsTheClaimWithItsMargin() {
        assertThat(exponent("y", "width").atMost(-0.5).margin(0.125).region()).isEqualTo(Interval.atMost(-0.375));
        assertThat(exponent("y", "width").atLeast(-0.5).margin(0.125).region()).isEqualTo(Interval.atLeast(-0.625));
        assertThat(exponent("y", "width").equalTo(-0.5).margin(0.125).region()).isEqualTo(new Interval(-0.625, -0.375));
        assertThat(exponent("y", "width").equalTo(-0.5).margin(0.125).sentence())
                .isEqualTo("exponent of y in width equal to -0.5 (margin 0.125, next order width^-0.5)");
    }

    @Test
    void figuresShowThePredictionItsControlAndTheClaim() {
        Exponent criterion = exponent("y", "width").atMost(-0.5).margin(0.1);
        List<Figure> figures = criterion.figures(List.of(
                new Criterion.Arm("LAZY", Criterion.Role.PREDICTION, law(SIX, -1)),
                new Criterion.Arm("FROZEN", Criterion.Role.CONTROL, law(SIX, 0))));
        assertThat(figures).hasSize(2);
        Figure.Chart values = (Figure.Chart) figures.get(0);
        assertThat(values.x().scale()).isEqualTo(Figure.Scale.LOG);
        assertThat(values.layers())
                .extracting(Figure.Layer::name)
                .containsExactly("LAZY", "fitted on the top half", "claimed slope -0.5", "FROZEN");
        Figure.Points lazy = (Figure.Points) values.layers().get(0);
        assertThat(lazy.x()).containsExactly(64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0);
        assertThat(lazy.y().get(2)).isCloseTo(7 / 256.0, within(1e-12));
        Figure.Line fitted = (Figure.Line) values.layers().get(1);
        assertThat(fitted.y().get(0)).as("through the points").isCloseTo(7 / 64.0, within(1e-12));
        Figure.Chart slopes = (Figure.Chart) figures.get(1);
        Figure.Points local = (Figure.Points) slopes.layers().get(1);
        assertThat(local.x().get(0)).isCloseTo(Math.sqrt(64 * 128), within(1e-9));
        assertThat(local.y()).allSatisfy(slope -> assertThat(slope).isCloseTo(-1, within(1e-12)));
    }
}
