package org.crucis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.statistics.Bisected.law;
import static org.crucis.statistics.Criteria.minimalSize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
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
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Oracles: laws with known exponents, simulated with fixed seeds; the likelihood maximized by scipy and by a search over a
 * grid; coverage counted and held to the promised level by Clopper and Pearson's interval at 1 - 1e-6.
 */
class ThresholdTest {

    private static final Threshold IN_INPUTS =
            minimalSize("width").exponentIn("inputs").equalTo(2).margin(0.2);

    private static Observations drawn(Bisected law, long seed) {
        return law.draw(new SplittableRandom(seed));
    }

    private static Observations changed(Observations observations, UnaryOperator<Observation> change) {
        return new Observations(observations.rows().stream().map(change).toList());
    }

    private static Observations scaled(double factor, Observations observations) {
        return observations
                .with("width above", row -> factor * row.value("width above"))
                .with("width at most", row -> factor * row.value("width at most"));
    }

    private static Observation row(double inputs, int block, double above, double atMost) {
        return new Observation(
                Point.ORIGIN.with("inputs", inputs), block, Map.of("width above", above, "width at most", atMost));
    }

    private static void assertClose(Estimate actual, Estimate expected, double tolerance) {
        assertThat(actual.lower()).isCloseTo(expected.lower(), within(tolerance));
        assertThat(actual.value()).isCloseTo(expected.value(), within(tolerance));
        assertThat(actual.upper()).isCloseTo(expected.upper(), within(tolerance));
    }

    @Nested
    class TheEstimate {

        private static final int[] NOISE = {-2, -1, 0, 1, 2, 0, -1};
        private static final int[] BLOCK = {0, 1, -1, 2, 0, -2, 1, 0, -1, 1, 0, -1};

        /** On the grid 2^(3/2), 2^2, ..., 2^(13/2); of 48 rows 7 have no size that failed and 4 none that succeeded. */
        private static Observations fixed() {
            List<Observation> rows = new ArrayList<>();
            for (int block = 0; block < 12; block++) {
                for (int i = 0; i < 4; i++) {
                    int step = 4 + 3 * i + NOISE[(5 * block + 3 * i) % 7] + BLOCK[block];
                    double above = step <= 3 ? 0 : Math.pow(2, Math.min(step - 1, 13) / 2.0);
                    double atMost = step > 13 ? 0 : Math.pow(2, Math.max(step, 3) / 2.0);
                    rows.add(row(Math.pow(2, 4 + 2 * i), block, above, atMost));
                }
            }
            return new Observations(rows);
        }

        @ParameterizedTest
        @CsvSource({"0.9, 0.6927176125911472, 0.7982939109494704", "0.99, 0.6546196444911287, 0.837639805251464"})
        void isTheMaximumOfTheLikelihoodWithItsProfile(double confidence, double lower, double upper) {
            // scipy: Nelder-Mead on -sum log(expit(k u - m) - expit(k l - m)); derivatives by differences, the
            // jackknife
            // sandwich over blocks, brentq on the profile at the fitted scale.
            assertClose(IN_INPUTS.estimate(fixed(), confidence), new Estimate(lower, 0.7451983119133493, upper), 1e-5);
        }

        /** Without brackets to speak of, it is the location of a logistic law, here found by a search over a grid. */
        @Test
        void ofNarrowBracketsIsTheRegressionOfTheSizes() {
            SplittableRandom random = new SplittableRandom(3);
            List<Observation> rows = new ArrayList<>();
            List<double[]> places = new ArrayList<>();
            for (int block = 0; block < 12; block++) {
                for (double inputs : new double[] {16, 32, 64, 128}) {
                    double size = 1.7 * Math.log(inputs) + 0.4 * Bisected.logistic(random);
                    places.add(new double[] {Math.log(inputs) - Math.log(16) - 1.5 * Math.log(2), size});
                    rows.add(row(inputs, block, Math.exp(size - 5e-7), Math.exp(size + 5e-7)));
                }
            }
            double[] best = {7, 1.5, -1};
            for (double width = 2; width > 1e-6; width *= 0.8) {
                double[] centre = best.clone();
                for (int node = 0; node < 343; node++) {
                    double[] next = {
                        centre[0] + width * (node % 7 - 3) / 3,
                        centre[1] + width * (node / 7 % 7 - 3) / 3,
                        centre[2] + width * (node / 49 - 3) / 3
                    };
                    if (density(places, next) > density(places, best)) {
                        best = next;
                    }
                }
            }
            assertThat(IN_INPUTS.estimate(new Observations(rows), 0.99).value()).isCloseTo(best[1], within(1e-5));
        }

        /** Of a logistic law with location c + a x and log scale s. */
        private static double density(List<double[]> places, double[] at) {
            return places.stream()
                    .mapToDouble(place -> {
                        double z = (place[1] - at[0] - at[1] * place[0]) / Math.exp(at[2]);
                        return -Math.abs(z) - 2 * Math.log1p(Math.exp(-Math.abs(z))) - at[2];
                    })
                    .sum();
        }

        @Test
        void recoversTheExponentsOfALaw() {
            Observations observations =
                    drawn(law(48).exponents(1.7, -0.6).noise(0.3).blockDeviation(0.3), 1);
            Estimate inputs = minimalSize("width")
                    .exponentIn("inputs")
                    .equalTo(2)
                    .margin(0.2)
                    .adjustedFor("gap")
                    .estimate(observations, 0.99);
            Estimate gap = minimalSize("width")
                    .exponentIn("gap")
                    .equalTo(2)
                    .margin(0.2)
                    .adjustedFor("inputs")
                    .estimate(observations, 0.99);
            assertThat(inputs.value()).isCloseTo(1.7, within(0.06));
            assertThat(inputs.interval().contains(1.7)).isTrue();
            assertThat(gap.value()).isCloseTo(-0.6, within(0.06));
            assertThat(gap.interval().contains(-0.6)).isTrue();
        }

        @Test
        void isNotBentByTheEndsOfTheGrid() {
            // A third of the rows at each end of the sweep is cut off there; least squares through known ends gives
            // 1.6.
            Bisected cut = law(12).exponents(2, 0).noise(0.3).grid(-1.5, 1.5);
            SplittableRandom random = new SplittableRandom(5);
            double[] values = Stream.generate(() ->
                            IN_INPUTS.estimate(cut.draw(random.split()), 0.5).value())
                    .limit(100)
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            assertThat(StudentT.mean(values, 0.9999).interval().contains(2))
                    .as("%s", StudentT.mean(values, 0.9999))
                    .isTrue();
        }

        @Test
        void dependsNeitherOnUnitsNorOnTheOrderOfRows() {
            Observations observations =
                    drawn(law(12).noise(0.3).blockDeviation(0.4).grid(-2, 2), 2);
            Estimate estimate = IN_INPUTS.estimate(observations, 0.99);
            assertClose(IN_INPUTS.estimate(scaled(7, observations), 0.99), estimate, 1e-8);
            assertClose(
                    IN_INPUTS.estimate(Observed.shuffled(observations, new SplittableRandom(1)), 0.99), estimate, 1e-8);
            Observations otherUnits = changed(
                    observations,
                    row -> new Observation(
                            Point.ORIGIN.with("inputs", 1000 * row.point().number("inputs")),
                            row.block(),
                            row.values()));
            assertClose(IN_INPUTS.estimate(otherUnits, 0.99), estimate, 1e-8);
        }

        @Test
        void readsACovariateFromTheAxisOrFromTheMeasure() {
            Observations observations = drawn(law(12).noise(0.3), 2);
            Observations measured = changed(
                    observations.with("inputs", row -> row.point().number("inputs")),
                    row -> new Observation(
                            Point.ORIGIN.with("place", row.point().label("inputs") + " inputs"),
                            row.block(),
                            row.values()));
            assertThat(IN_INPUTS.estimate(measured, 0.99)).isEqualTo(IN_INPUTS.estimate(observations, 0.99));
        }

        @Test
        void ofALawWithoutNoiseIsAsWideAsTheGridAllows() {
            // 2^(j/2) holds 16^1.9, ..., 128^1.9 in brackets that agree with many exponents; more blocks tell nothing
            // new.
            for (double exponent : new double[] {1.7, 1.9, 2, 2.05}) {
                Estimate few = IN_INPUTS.estimate(drawn(law(12).exponents(exponent, 0), 1), 0.99);
                Estimate many = IN_INPUTS.estimate(drawn(law(48).exponents(exponent, 0), 1), 0.99);
                assertThat(few.interval().contains(exponent))
                        .as("%s in %s", exponent, few)
                        .isTrue();
                assertThat(many.interval().contains(exponent))
                        .as("%s in %s", exponent, many)
                        .isTrue();
                assertThat(many.upper() - many.lower()).isGreaterThan(0.15);
            }
            assertThat(IN_INPUTS.remark(drawn(law(12), 1))).contains("the noise is finer than the grid");
        }

        /** On its floor, the scale must not be rounded beyond it on the way along the profile. */
        @Test
        void hasAnIntervalAtEveryLevelWhereTheScaleStandsOnItsFloor() {
            SplittableRandom random = new SplittableRandom(5);
            for (int run = 0; run < 100; run++) {
                Observations observations =
                        law(12).exponents(1.7, 0).noise(0.01).draw(random.split());
                for (double confidence : new double[] {0.9, 0.99, Levels.EXCLUDE}) {
                    Estimate estimate = IN_INPUTS.estimate(observations, confidence);
                    assertThat(estimate.upper() - estimate.lower()).isFinite().isGreaterThan(0.1);
                }
            }
        }

        @Test
        void isWideWhereOneBlockDecides() {
            // Above 16 inputs nothing succeeded in all but one block: without that one any large exponent would do.
            Observations observations = changed(
                    drawn(law(12).noise(0.3), 4),
                    row -> row.point().number("inputs") > 16 && row.block() > 0
                            ? row(row.point().number("inputs"), row.block(), 300, 0)
                            : row);
            Estimate estimate = IN_INPUTS.estimate(observations, Levels.EXCLUDE);
            assertThat(estimate.upper() - estimate.lower()).isGreaterThan(3);
        }
    }

    /** A law, the criterion, and its true exponent. */
    record Covered(String name, Bisected law, Threshold criterion, double truth) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Covered> covered() {
        Threshold inGap =
                minimalSize("width").exponentIn("gap").equalTo(1).margin(0.2).adjustedFor("inputs");
        return Stream.of(
                new Covered(
                        "slopes that differ from block to block",
                        law(12).noise(0.15).slopeDeviation(0.8),
                        IN_INPUTS,
                        2),
                new Covered(
                        "a covariate of the block",
                        law(12).exponents(2, 1).noise(0.15).blockDeviation(0.8),
                        inGap,
                        1),
                new Covered(
                        "the ends of the grid",
                        law(12).noise(0.3).blockDeviation(0.3).grid(-2, 2),
                        IN_INPUTS,
                        2));
    }

    private static void countMisses(Covered each, UnaryOperator<Observations> change, int runs, int[] misses) {
        SplittableRandom random = new SplittableRandom(20260101);
        for (int run = 0; run < runs; run++) {
            Observations observations = change.apply(each.law.draw(random.split()));
            for (int level = 0; level < LEVELS.length; level++) {
                boolean holds = each.criterion
                        .estimate(observations, LEVELS[level])
                        .interval()
                        .contains(each.truth);
                misses[level] += holds ? 0 : 1;
            }
        }
    }

    private static final double[] LEVELS = {0.99, Levels.EXCLUDE};

    /** The smallest chance of a miss that agrees with the count. */
    private static double atLeast(int misses, int runs) {
        return BinomialConfidenceInterval.CLOPPER_PEARSON
                .fromErrorRate(runs, misses, 1e-6)
                .getLowerBound();
    }

    @ParameterizedTest
    @MethodSource("covered")
    void theIntervalCoversTheTruthAsOftenAsItPromises(Covered each) {
        int runs = 250;
        int[] misses = new int[LEVELS.length];
        countMisses(each, observations -> observations, runs, misses);
        for (int level = 0; level < LEVELS.length; level++) {
            assertThat(atLeast(misses[level], runs))
                    .as("%d misses in %d runs at %s", misses[level], runs, LEVELS[level])
                    .isLessThanOrEqualTo(1 - LEVELS[level]);
        }
    }

    /** The same interval over rows, as though each were a draw of its own, fails the count that the one over blocks passes. */
    @ParameterizedTest
    @MethodSource("covered")
    void anIntervalThatForgetsTheBlocksDoesNot(Covered each) {
        if (each.name.startsWith("the ends")) {
            return;
        }
        int runs = 100;
        int[] misses = new int[LEVELS.length];
        countMisses(each, ThresholdTest::unclustered, runs, misses);
        assertThat(atLeast(misses[0], runs))
                .as("%d misses in %d runs at %s", misses[0], runs, LEVELS[0])
                .isGreaterThan(1 - LEVELS[0]);
    }

    private static Observations unclustered(Observations observations) {
        List<Observation> rows = new ArrayList<>();
        for (Observation row : observations.rows()) {
            rows.add(new Observation(row.point(), rows.size(), row.values()));
        }
        return new Observations(rows);
    }

    @Nested
    class Judging {

        private final Observations observations = drawn(law(12).noise(0.1).blockDeviation(0.3), 6);

        private Threshold equalTo(double exponent, double margin) {
            return minimalSize("width").exponentIn("inputs").equalTo(exponent).margin(margin);
        }

        @Test
        void asksTheWholeIntervalToLieInsideOrOutside() {
            Estimate support = IN_INPUTS.estimate(observations, Levels.SUPPORT);
            Estimate exclude = IN_INPUTS.estimate(observations, Levels.EXCLUDE);
            double above = support.upper() - support.value();
            double below = support.value() - support.lower();
            double farther = exclude.upper() - exclude.value();
            double just = Math.max(above, below) + 1e-9;
            assertThat(equalTo(support.value(), just).inside(observations, Levels.SUPPORT))
                    .isTrue();
            assertThat(equalTo(support.value(), just - 2e-9).inside(observations, Levels.SUPPORT))
                    .isFalse();
            assertThat(equalTo(support.value() + farther + 0.1 + 1e-9, 0.1).outside(observations, Levels.EXCLUDE))
                    .isTrue();
            assertThat(equalTo(support.value() + farther + 0.1 - 1e-9, 0.1).outside(observations, Levels.EXCLUDE))
                    .isFalse();
        }

        @Test
        void judgesControlsLikePredictions() {
            Observations cubic = drawn(law(12).exponents(3, 0).noise(0.3), 7);
            Threshold atMost =
                    minimalSize("width").exponentIn("inputs").atMost(2).margin(0.4);
            assertThat(atMost.accepts(observations, Levels.SUPPORT)).isTrue();
            assertThat(atMost.rejects(cubic, Levels.EXCLUDE)).isTrue();
            assertThat(atMost.rejects(observations, Levels.EXCLUDE)).isFalse();
        }

        @Test
        void rejectsWhatIsTilted() {
            for (Threshold each : List.of(
                    equalTo(2, 0.9),
                    minimalSize("width").exponentIn("inputs").atMost(2).margin(0.9),
                    minimalSize("width").exponentIn("inputs").atLeast(2).margin(0.9))) {
                for (Observations all : List.of(
                        observations,
                        drawn(law(12), 1),
                        drawn(law(12).noise(0.1).grid(-2, 2), 2))) {
                    Observations tilted = each.tilted(all);
                    assertThat(each.inside(all, Levels.SUPPORT))
                            .as("%s", each.estimate(all, Levels.SUPPORT))
                            .isTrue();
                    assertThat(each.outside(tilted, Levels.PLANTED))
                            .as("%s", each.estimate(tilted, Levels.PLANTED))
                            .isTrue();
                    assertThat(each.accepts(tilted, Levels.SUPPORT)).isFalse();
                }
            }
        }
    }

    @Nested
    class Unjudgeables {

        private void assertUnjudgeable(Criterion criterion, Observations observations, String reason) {
            assertThatThrownBy(() -> criterion.estimate(observations, 0.99))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessage(reason);
        }

        private void assertUnjudgeable(double above, double atMost, String reason) {
            List<Observation> rows =
                    new ArrayList<>(drawn(law(12).noise(0.3), 1).rows());
            rows.set(5, row(32, 1, above, atMost));
            assertUnjudgeable(IN_INPUTS, new Observations(rows), reason);
        }

        @Test
        void impossibleBrackets() {
            assertUnjudgeable(
                    64,
                    64,
                    "'width' is above 64 and at most 64 at inputs 32, block 1: a size that failed must be smaller than one"
                            + " that succeeded");
            assertUnjudgeable(
                    -1,
                    64,
                    "'width' is above -1 and at most 64 at inputs 32, block 1: sizes are positive, or 0 where none failed or"
                            + " none succeeded");
            assertUnjudgeable(0, 0, "no size failed and none succeeded at inputs 32, block 1: nothing was tried");
            assertUnjudgeable(Double.NaN, 64, "'width above' is not a number at inputs 32, block 1");
            assertUnjudgeable(16, Double.POSITIVE_INFINITY, "'width at most' is infinity at inputs 32, block 1");
        }

        @Test
        void everythingKnownFromOneSide() {
            Observations observations = drawn(law(12).noise(0.3), 1);
            assertUnjudgeable(
                    IN_INPUTS,
                    observations.with("width above", row -> 0),
                    "no size failed in any row: start the grid at smaller sizes");
            assertUnjudgeable(
                    IN_INPUTS,
                    observations.with("width at most", row -> 0),
                    "no size succeeded in any row: let the grid go on to larger sizes");
            assertUnjudgeable(
                    IN_INPUTS,
                    observations
                            .with("width above", row -> row.block() < 6 ? 0 : row.value("width above"))
                            .with("width at most", row -> row.block() < 6 ? row.value("width at most") : 0),
                    "no row has both a size that failed and one that succeeded: widen the grid");
        }

        @Test
        void noMaximum() {
            // Above 16 inputs nothing succeeded: any exponent that is large enough will do.
            assertUnjudgeable(
                    IN_INPUTS,
                    changed(
                            drawn(law(12).noise(0.3), 1),
                            row -> row.point().number("inputs") > 16
                                    ? row(row.point().number("inputs"), row.block(), 4000, 0)
                                    : row),
                    "the likelihood has no maximum: too many sizes are known from one side only, so widen the grid");
        }

        @Test
        void tooFewBlocksOrValues() {
            assertUnjudgeable(
                    IN_INPUTS,
                    drawn(law(11).noise(0.3), 1),
                    "an interval over blocks needs at least 12 blocks, got 11");
            assertUnjudgeable(
                    IN_INPUTS,
                    changed(
                            drawn(law(12).noise(0.3), 1),
                            row -> row(
                                    row.point().number("inputs") > 32 ? 64 : 16,
                                    row.block(),
                                    row.value("width above"),
                                    row.value("width at most"))),
                    "an exponent needs at least 3 values of 'inputs', got 2");
        }

        @Test
        void covariatesThatCannotBeToldApart() {
            Observations observations = drawn(law(12).noise(0.3), 1);
            assertUnjudgeable(
                    IN_INPUTS.adjustedFor("depth"),
                    observations.with("depth", row -> 3),
                    "'depth' has one value only: no exponent can be told from it");
            assertUnjudgeable(
                    IN_INPUTS.adjustedFor("depth"),
                    observations.with("depth", row -> 5 * Math.pow(row.point().number("inputs"), -2)),
                    "the exponents in inputs, depth cannot be told apart: vary the covariates independently of each other");
        }

        @Test
        void covariatesThatAreNoPositiveNumbers() {
            Observations observations = drawn(law(12).noise(0.3), 1);
            assertUnjudgeable(
                    IN_INPUTS.adjustedFor("gap"),
                    observations.with("gap", row -> row.block() == 2 ? 0 : 1),
                    "'gap' is 0 at inputs 16, block 2: a power law needs positive numbers");
            assertUnjudgeable(
                    IN_INPUTS.adjustedFor("activation"),
                    Simulated.member("activation", "RELU", observations),
                    "'activation' is 'RELU' at inputs 16, activation RELU: a power law needs numbers, so judge the family"
                            + " with .per(axis)");
            assertThatThrownBy(() -> IN_INPUTS.adjustedFor("depth").estimate(observations, 0.99))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessageStartingWith("'depth' is neither an axis nor measured at inputs 16; measured were [");
        }

        @Test
        void nothingObserved() {
            assertUnjudgeable(IN_INPUTS, new Observations(List.of()), "no observations of 'width'");
        }
    }

    @Test
    void readsAsASentenceAndNamesWhatItReads() {
        Threshold criterion = minimalSize("minimal width")
                .exponentIn("inputs")
                .atMost(2)
                .margin(0.25)
                .adjustedFor("1/lambda_0")
                .beside("n^2 L", "n^6/lambda_0^4");
        assertThat(criterion.sentence())
                .isEqualTo("exponent of minimal width in inputs at most 2 (margin 0.25, adjusted for 1/lambda_0)");
        assertThat(criterion.region()).isEqualTo(Interval.atMost(2.25));
        assertThat(criterion.reads())
                .containsExactly(
                        "minimal width above",
                        "minimal width at most",
                        "inputs",
                        "1/lambda_0",
                        "n^2 L",
                        "n^6/lambda_0^4");
        assertThatThrownBy(() ->
                        minimalSize("width").exponentIn("inputs").atMost(2).margin(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the margin of an exponent must be positive, got 0.0");
        assertThatThrownBy(() -> IN_INPUTS.adjustedFor("inputs"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the exponent in inputs is judged, not adjusted for");
    }

    @Test
    void theRemarkNamesRangeExponentsDriftCensoringAndConstants() {
        Observations observations = drawn(law(12).exponents(2, 1).noise(0.2).grid(-2, 9), 8)
                .with("n^4", row -> Math.pow(row.point().number("inputs"), 4));
        Threshold criterion = IN_INPUTS.adjustedFor("gap").beside("n^4");
        Estimate gap = minimalSize("width")
                .exponentIn("gap")
                .equalTo(1)
                .margin(1)
                .adjustedFor("inputs")
                .estimate(observations, Levels.SUPPORT);
        assertThat(criterion.remark(observations))
                .startsWith("(on inputs 16 to 128; exponent in gap " + gap + "; ")
                .containsPattern(
                        "; (1\\.\\d+|2(\\.\\d+)?) on the lower half, (1\\.\\d+|2(\\.\\d+)?) on the upper; \\d+ of 48 rows"
                                + " censored \\(no size failed in \\d+, none succeeded in 0\\); width over n\\^4"
                                + " \\S+ at inputs 128, exponent -[12]\\.\\d+ \\[-\\d");
    }

    /** Oracle: brackets around c n^2 in every block, so that the constant of the bound n^3 is c/n and its exponent -1. */
    @Test
    void constantsOfBoundsAreMeasuredSizesOverThem() {
        List<Observation> rows = new ArrayList<>();
        for (int block = 0; block < 12; block++) {
            for (double inputs : new double[] {16, 32, 64, 128}) {
                double size = 3 * inputs * inputs * Math.pow(2, (block % 3 - 1) / 4.0);
                rows.add(new Observation(
                        Point.ORIGIN.with("inputs", inputs),
                        block,
                        Map.of(
                                "width above",
                                size / Math.pow(2, 0.25),
                                "width at most",
                                size * Math.pow(2, 0.25),
                                "n^3",
                                Math.pow(inputs, 3))));
            }
        }
        Observations observations = new Observations(rows);
        Threshold criterion = IN_INPUTS.beside("n^3");
        assertThat(criterion.remark(observations))
                .contains("; 2 on the lower half, 2 on the upper;")
                .contains("width over n^3 0.02344 at inputs 128, exponent -1 [");
        List<Figure> figures = criterion.figures(List.of(
                new Criterion.Arm("DEEP", Criterion.Role.PREDICTION, observations),
                new Criterion.Arm(
                        "LINEAR",
                        Criterion.Role.CONTROL,
                        drawn(law(12).exponents(1, 0).noise(0.3), 1))));
        assertThat(figures).hasSize(3);
        Figure.Chart law = (Figure.Chart) figures.get(0);
        assertThat(law.layers())
                .extracting(Figure.Layer::name)
                .containsExactly("DEEP", "fitted", "claimed exponent 2", "LINEAR");
        assertThat(law.layers())
                .extracting(Figure.Layer::role)
                .containsExactly(Figure.Role.MEASURED, Figure.Role.FITTED, Figure.Role.CLAIMED, Figure.Role.CONTROL);
        Figure.Points measured = (Figure.Points) law.layers().get(0);
        assertThat(measured.x()).containsExactly(16.0, 32.0, 64.0, 128.0);
        assertThat(measured.y().get(3)).isCloseTo(3 * 128 * 128, within(1e-6));
        // scipy.stats.t.ppf(0.995, 11) * std of log(2)/4 * (-1, 0, 1) four times, ddof = 1, over sqrt(12)
        assertThat(Math.log(measured.upper().get(3) / measured.y().get(3)))
                .isCloseTo(0.13249451334340576, within(1e-9));
        Figure.Line fitted = (Figure.Line) law.layers().get(1);
        assertThat(fitted.y().get(1)).isCloseTo(3 * 128 * 128, within(1e-3));
        Figure.Line bound =
                (Figure.Line) ((Figure.Chart) figures.get(1)).layers().get(2);
        assertThat(bound.x()).containsExactly(16.0, 32.0, 64.0, 128.0);
        assertThat(bound.y().get(0)).isCloseTo(4096, within(1e-9));
        Figure.Table table = (Figure.Table) figures.get(2);
        assertThat(table.columns()).containsExactly("inputs", "width", "n^3", "width over n^3");
        assertThat(table.rows().get(0)).startsWith("16").endsWith("4096", "0.1875");
        assertThat(table.rows().get(0).get(1)).startsWith("768 [672.7");
    }

    @Test
    void censoredPointsAreShownWhereTheFittedLawLies() {
        Bisected cut = law(12).noise(0.3).grid(-1.3, 9);
        Observations observations = drawn(cut, 9);
        List<Figure> figures =
                IN_INPUTS.figures(List.of(new Criterion.Arm("DEEP", Criterion.Role.PREDICTION, observations)));
        assertThat(figures).hasSize(2);
        assertThat(figures.get(0).caption())
                .contains("Where a bracket has one end only")
                .contains("inputs 16");
        List<Figure.Layer> layers = ((Figure.Chart) figures.get(0)).layers();
        Figure.Points measured = (Figure.Points) layers.get(0);
        Figure.Points points = (Figure.Points) layers.get(1);
        assertThat(measured.role()).isEqualTo(Figure.Role.MEASURED);
        assertThat(measured.x()).isNotEmpty().doesNotContain(16.0);
        assertThat(points.role()).isEqualTo(Figure.Role.FITTED);
        assertThat(points.x()).startsWith(16.0).doesNotContainAnyElementsOf(measured.x());
        // The law stands at 2 (log 16 - mean of log inputs) above its middle, exp(5).
        double truth = 5 - 3 * Math.log(2);
        assertThat(Math.log(points.y().get(0))).isCloseTo(truth, within(0.4));
        assertThat(points.lower().get(0)).isEqualTo(points.y().get(0));
        Figure.Table table = (Figure.Table) figures.get(1);
        assertThat(table.columns()).containsExactly("inputs", "width", "rows censored");
        assertThat(table.rows().get(0).get(2)).matches("\\d+ of 12").isNotEqualTo("0 of 12");
    }
}
