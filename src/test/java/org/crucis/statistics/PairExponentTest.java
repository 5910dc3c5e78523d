package org.crucis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.statistics.Criteria.pairs;
import static org.crucis.statistics.Simulated.between;
import static org.crucis.statistics.Simulated.powersOfTwo;
import static org.crucis.statistics.Simulated.squaredDistances;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
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
import org.junit.jupiter.params.provider.ValueSource;

class PairExponentTest {

    private static final double[] SIX = powersOfTwo(6, 11);
    private static final int[] TWELVE = {12};

    /** Of twelve runs; they add up to nothing. */
    private static final double[] DEVIATIONS = {0.3, -0.1, 0.2, -0.4, 0.5, 0, -0.2, 0.1, -0.3, 0.4, -0.5, 0};

    private static final PairExponent.Scaled DISTANCE =
            pairs("y").between("run", "other run").exponentIn("width");
    private static final PairExponent MINUS_ONE = DISTANCE.equalTo(-1).margin(0.15);

    private static Observations law(double exponent) {
        return between(
                SIX,
                TWELVE,
                (block, run, other, size) -> (2 + DEVIATIONS[run] + DEVIATIONS[other]) * Math.pow(size / 64, exponent));
    }

    private static Observations only(Observations observations, Predicate<Observation> kept) {
        return new Observations(observations.rows().stream().filter(kept).toList());
    }

    private static boolean has(Observation row, int run) {
        return row.point().number("run") == run || row.point().number("other run") == run;
    }

    @Nested
    class TheEstimate {

        /** Oracle: a run with the same factor at every size moves no slope. */
        @Test
        void isTheExponentOfAnExactLawWithNoWidth() {
            Estimate estimate = MINUS_ONE.estimate(law(-1), 0.999);
            assertThat(estimate.value()).isCloseTo(-1, within(1e-12));
            assertThat(estimate.upper() - estimate.lower()).isLessThan(1e-12);
        }

        /**
         * Oracle: by hand. Distances are 2, and at the largest size 2 + e_i + e_j. Without run i the mean is there 2 - 2 e_i/11,
         * and the slope is its logarithm over 2 times the weight 1/(7 ln 2) of the last of six sizes in ratio 2. Student's
         * quantile: scipy.stats.t.ppf(0.995, 11).
         */
        @Test
        void hasTheIntervalOfTheJackknife() {
            Observations observations = between(
                    SIX,
                    TWELVE,
                    (block, run, other, size) -> size < 2048 ? 2 : 2 + DEVIATIONS[run] + DEVIATIONS[other]);
            double[] left = Arrays.stream(DEVIATIONS)
                    .map(e -> Math.log1p(-e / 11) / (7 * Math.log(2)))
                    .toArray();
            double centre = Arrays.stream(left).sum() / 12;
            double squares =
                    Arrays.stream(left).map(each -> Math.pow(each - centre, 2)).sum();
            double halfWidth = 3.105806515539 * Math.sqrt(11.0 / 12 * squares);

            Estimate estimate = MINUS_ONE.estimate(observations, 0.99);

            assertThat(estimate.value()).isCloseTo(0, within(1e-14));
            assertThat(estimate.upper()).isCloseTo(halfWidth, within(1e-11));
            assertThat(estimate.lower()).isCloseTo(-halfWidth, within(1e-11));
            assertThat(halfWidth).isGreaterThan(0.02);
        }

        /** Oracle: the estimate itself, from observations in which every pair of a run is missing; two blocks of 7 and 8 runs. */
        @Test
        void leavesOutEachRunOfEachBlockWithAllItsPairs() {
            SplittableRandom random = new SplittableRandom(5);
            Observations observations =
                    between(SIX, new int[] {7, 8}, (block, run, other, size) -> (0.5 + random.nextDouble()) / size);
            double[] left = new double[15];
            for (int deleted = 0; deleted < 15; deleted++) {
                int block = deleted < 7 ? 0 : 1;
                int run = deleted < 7 ? deleted : deleted - 7;
                left[deleted] = MINUS_ONE
                        .estimate(only(observations, row -> row.block() != block || !has(row, run)), 0.99)
                        .value();
            }
            double centre = Arrays.stream(left).sum() / 15;
            double squares =
                    Arrays.stream(left).map(each -> Math.pow(each - centre, 2)).sum();

            Estimate estimate = MINUS_ONE.estimate(observations, 0.99);

            // scipy.stats.t.ppf(0.995, 14)
            assertThat(estimate.upper() - estimate.value())
                    .isCloseTo(2.976842734370834 * Math.sqrt(14.0 / 15 * squares), within(1e-11));
        }

        /** Oracle: the pooled mean by hand, 3 pairs at distance 1 and 66 at 5 where the others are 1: weight 1/(7 ln 2). */
        @Test
        void poolsThePairsOfAllBlocks() {
            Observations observations =
                    between(SIX, new int[] {3, 12}, (block, run, other, size) -> block == 1 && size == 2048 ? 5 : 1);
            double mean = (3 * 1 + 66 * 5) / 69.0;
            assertThat(MINUS_ONE.estimate(observations, 0.99).value())
                    .isCloseTo(Math.log(mean) / (7 * Math.log(2)), within(1e-13));
        }

        @Test
        void dependsOnNeitherTheOrderOfRowsNorOfTheRunsOfAPair() {
            Observations observations = squaredDistances(SIX, 13, 2, -1, new SplittableRandom(3));
            Observations turned = Observed.shuffled(
                    new Observations(observations.rows().stream()
                            .map(row -> Simulated.row(
                                    Point.ORIGIN
                                            .with("width", row.point().number("width"))
                                            .with("run", row.point().number("other run"))
                                            .with("other run", row.point().number("run")),
                                    row.block(),
                                    row.value("y")))
                            .toList()),
                    new SplittableRandom(4));
            Estimate expected = MINUS_ONE.estimate(observations, 0.99);
            Estimate estimate = MINUS_ONE.estimate(turned, 0.99);
            assertThat(estimate.lower()).isCloseTo(expected.lower(), within(1e-12));
            assertThat(estimate.upper()).isCloseTo(expected.upper(), within(1e-12));
        }
    }

    /**
     * Oracle: simulation. Points of one normal coordinate have the most skewed squared distances, of many nearly constant ones.
     * The jackknife's variance may err on the wide side only (Efron and Stein 1981).
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 30})
    void coversTheExponentAndItsVarianceIsThatOfTheSlope(int coordinates) {
        int draws = 1000;
        int covered = 0;
        double sum = 0;
        double squares = 0;
        double variances = 0;
        SplittableRandom random = new SplittableRandom(20260101);
        for (int draw = 0; draw < draws; draw++) {
            Estimate estimate = MINUS_ONE.estimate(squaredDistances(SIX, 12, coordinates, -1, random.split()), 0.99);
            covered += estimate.interval().contains(-1) ? 1 : 0;
            sum += estimate.value();
            squares += Math.pow(estimate.value() + 1, 2);
            variances += Math.pow((estimate.upper() - estimate.value()) / 3.105806515539, 2);
        }
        assertThat((double) covered / draws).isBetween(0.975, 1.0);
        double mean = sum / draws;
        double variance = squares / draws - Math.pow(mean + 1, 2);
        assertThat(mean).isCloseTo(-1, within(5 * Math.sqrt(variance / draws)));
        // The variance of a variance over 1000 draws is 2/1000 of its square: 4 %.
        assertThat(variances / draws / variance).isBetween(0.85, 2.0);
    }

    @Nested
    class Deciding {

        private final Observations noisy = squaredDistances(SIX, 12, 20, -1, new SplittableRandom(7));

        @Test
        void asksTheWholeIntervalToLieInside() {
            assertThat(MINUS_ONE.inside(noisy, Levels.SUPPORT)).isTrue();
            assertThat(DISTANCE.equalTo(-1).margin(0.01).inside(noisy, Levels.SUPPORT))
                    .isFalse();
            assertThat(DISTANCE.equalTo(0).margin(0.15).outside(noisy, Levels.EXCLUDE))
                    .isTrue();
            assertThat(DISTANCE.atMost(-0.8).margin(0.1).inside(noisy, Levels.SUPPORT))
                    .isTrue();
            assertThat(DISTANCE.atLeast(-0.5).margin(0.1).outside(noisy, Levels.EXCLUDE))
                    .isTrue();
        }

        @ParameterizedTest
        @CsvSource({"equalTo, up", "atMost, up", "atLeast, down"})
        void thePlantedDeviationFallsOutside(String relation, String direction) {
            PairExponent.Bounded bounded = switch (relation) {
                case "equalTo" -> DISTANCE.equalTo(-1);
                case "atMost" -> DISTANCE.atMost(-1);
                default -> DISTANCE.atLeast(-1);
            };
            for (double margin : new double[] {0.01, 0.15}) {
                PairExponent criterion = bounded.margin(margin);
                Observations planted = criterion.tilted(noisy);
                assertThat(criterion.outside(planted, Levels.EXCLUDE)).isTrue();
                double slope = criterion.estimate(planted, 0.99).value();
                double past = direction.equals("up")
                        ? slope - criterion.region().upper()
                        : criterion.region().lower() - slope;
                assertThat(past).isGreaterThanOrEqualTo(2 * margin - 1e-12);
            }
        }

        @Test
        void isAskedOfEveryMemberOfAFamily() {
            Criterion each = MINUS_ONE.per("activation");
            Observations tanh = Simulated.member("activation", "TANH", noisy);
            assertThat(each.inside(tanh.and(Simulated.member("activation", "RELU", law(-1))), Levels.SUPPORT))
                    .isTrue();
            assertThat(each.outside(tanh.and(Simulated.member("activation", "RELU", law(0))), Levels.EXCLUDE))
                    .isTrue();
        }
    }

    @Nested
    class Unjudgeables {

        private void assertUnjudgeable(Observations observations, String reason) {
            assertThatThrownBy(() -> MINUS_ONE.estimate(observations, 0.99))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessage(reason);
        }

        private Observations constant(double[] sizes, int... runs) {
            return between(sizes, runs, (block, run, other, size) -> 1);
        }

        @Test
        void tooFewRuns() {
            assertUnjudgeable(
                    constant(SIX, 11), "an interval over pairs of runs needs at least 12 runs, got 11: train more");
            assertThat(MINUS_ONE.estimate(constant(SIX, 6, 6), 0.99).value()).isCloseTo(0, within(1e-14));
        }

        @Test
        void tooFewSizes() {
            assertUnjudgeable(constant(powersOfTwo(6, 10), 12), "an exponent needs at least 6 sizes, got 5");
            assertUnjudgeable(
                    constant(new double[] {1, 2, 4, 8, 16, 24}, 12),
                    "an exponent needs sizes in ratio 2 at least, got 16 and 24");
            assertUnjudgeable(
                    constant(new double[] {-1, 2, 4, 8, 16, 32}, 12),
                    "a scaling law needs positive sizes, got width -1");
        }

        @Test
        void missingPairs() {
            assertUnjudgeable(
                    only(constant(SIX, 12), row -> !(row.point().number("width") == 256 && has(row, 3) && has(row, 7))),
                    "only 65 of 66 pairs were measured at width 256: measure all pairs of the runs of a block");
        }

        @Test
        void otherRunsAtOneSize() {
            assertUnjudgeable(
                    only(constant(SIX, 13), row -> row.point().number("width") != 512 || !has(row, 12)),
                    "the runs at width 512 are not those of the smallest size: every size needs the same runs, for a run is"
                            + " left out at all sizes");
        }

        @Test
        void aPairMeasuredTwiceOrNoPair() {
            Observations twice = constant(SIX, 12);
            Point turned = Point.ORIGIN.with("width", 64).with("run", 5).with("other run", 2);
            assertUnjudgeable(
                    twice.and(new Observations(List.of(Simulated.row(turned, 0, 1)))),
                    "several values for run 5 of block 0 and run 2 at width 64, run 5, other run 2: measure each pair once,"
                            + " and judge families with .per(axis)");
            Point itself = Point.ORIGIN.with("width", 64).with("run", 5).with("other run", 5);
            assertUnjudgeable(
                    twice.and(new Observations(List.of(Simulated.row(itself, 0, 0)))),
                    "a pair needs two runs, but run 5 of block 0 is paired with itself at width 64, run 5, other run 5");
        }

        @Test
        void meansWithoutALogarithm() {
            assertUnjudgeable(
                    between(SIX, TWELVE, (block, run, other, size) -> size == 128 ? -0.5 : 1),
                    "the mean of 'y' is -0.5 at width 128: a scaling law needs positive means; an unbiased distance has"
                            + " mean 0 between equal laws");
            // Positive over all pairs, but not without the run at which the others are far.
            assertUnjudgeable(
                    between(
                            SIX,
                            TWELVE,
                            (block, run, other, size) -> size == 128 && run == 0 ? 100 : size == 128 ? -1 : 1),
                    "the mean of 'y' is -1 at width 128 without run 0 of block 0: a scaling law needs positive means; an"
                            + " unbiased distance has mean 0 between equal laws");
        }

        @Test
        void nothingObserved() {
            assertUnjudgeable(new Observations(List.of()), "no observations of 'y'");
        }
    }

    @Test
    void aMarginIsNeeded() {
        assertThatThrownBy(() -> DISTANCE.equalTo(-1).margin(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the margin of an exponent must be positive, got 0.0");
    }

    @Test
    void theClaimIsSaidInOneSentence() {
        assertThat(MINUS_ONE.sentence())
                .isEqualTo("exponent of mean y between run and other run in width equal to -1 (margin 0.15)");
        assertThat(DISTANCE.atMost(-0.5).margin(0.125).sentence())
                .isEqualTo("exponent of mean y between run and other run in width at most -0.5 (margin 0.125)");
        assertThat(DISTANCE.equalTo(-1).margin(0.125).region()).isEqualTo(new Interval(-1.125, -0.875));
        assertThat(DISTANCE.atMost(-0.5).margin(0.125).region()).isEqualTo(Interval.atMost(-0.375));
        assertThat(DISTANCE.atLeast(-0.5).margin(0.125).region()).isEqualTo(Interval.atLeast(-0.625));
        assertThat(MINUS_ONE.unit()).isEqualTo("exponent");
        assertThat(MINUS_ONE.reads()).containsExactly("y");
        assertThat(MINUS_ONE.remark(law(-1))).isEqualTo("(on width 64 to 2048, 66 pairs of 12 runs)");
    }

    @Test
    void theFigureShowsThePredictionItsControlAndTheClaim() {
        List<Figure> figures = MINUS_ONE.figures(List.of(
                new Criterion.Arm("MEAN_FIELD", Criterion.Role.PREDICTION, law(-1)),
                new Criterion.Arm("FROZEN", Criterion.Role.CONTROL, law(0))));
        assertThat(figures).hasSize(1);
        Figure.Chart chart = (Figure.Chart) figures.get(0);
        assertThat(chart.x().scale()).isEqualTo(Figure.Scale.LOG);
        assertThat(chart.y().scale()).isEqualTo(Figure.Scale.LOG);
        assertThat(chart.layers())
                .extracting(Figure.Layer::name)
                .containsExactly("MEAN_FIELD", "fitted", "claimed slope -1", "FROZEN");
        Figure.Points measured = (Figure.Points) chart.layers().get(0);
        assertThat(measured.x()).containsExactly(64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0);
        // The deviations add up to nothing: 2 at the smallest size.
        assertThat(measured.y().get(0)).isCloseTo(2, within(1e-12));
        assertThat(measured.y().get(5)).isCloseTo(2 / 32.0, within(1e-12));
        assertThat(measured.lower().get(0)).isBetween(1.0, 1.99);
        assertThat(measured.upper().get(0)).isBetween(2.01, 3.0);
        assertThat(((Figure.Line) chart.layers().get(1)).y().get(0))
                .as("through the points")
                .isCloseTo(2, within(1e-12));
        assertThat(chart.layers().get(3).role()).isEqualTo(Figure.Role.CONTROL);
    }
}
