package org.crucis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.statistics.Criteria.agreement;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.geometricMean;
import static org.crucis.statistics.Criteria.identity;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Criteria.minimalSize;
import static org.crucis.statistics.Criteria.pairs;
import static org.crucis.statistics.Criteria.relativeAgreement;
import static org.crucis.statistics.Criteria.successRate;
import static org.crucis.statistics.Simulated.powersOfTwo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.SplittableRandom;
import org.crucis.Draw;
import org.crucis.claim.Criterion;
import org.crucis.claim.Estimate;
import org.crucis.claim.Observations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every criterion owes to the lab, whatever was observed. Seeds are fixed: a build that fails fails again. */
class CriteriaPropertiesTest {

    /** A criterion with observations that it can judge; named, so that a failure tells which. */
    record Case(String name, Criterion criterion, Observations observations) {
        @Override
        public String toString() {
            return name + ": " + criterion.sentence();
        }
    }

    private static final long SEED = 20260101;

    @ParameterizedTest
    @ValueSource(longs = {SEED, SEED + 1, SEED + 2})
    void aPlantedDeviationIsOutsideWheneverTheObservationsAreInside(long seed) {
        Draw.cases(seed, 1000, draw -> {
            Case each = averages(draw);
            assumeTrue(each.criterion.inside(each.observations, Levels.SUPPORT));
            Observations planted = each.criterion.tilted(each.observations);
            assertThat(each.criterion.outside(planted, Levels.EXCLUDE)).isTrue();
            assertThat(each.criterion.inside(planted, Levels.SUPPORT)).isFalse();
        });
    }

    @Test
    void aPlantedDeviationIsOutsideInEveryTrialWheneverTheObservationsAreInside() {
        Draw.cases(SEED, 1000, draw -> {
            Case each = pointwise(draw);
            assumeTrue(each.criterion.inside(each.observations, Levels.SUPPORT));
            assertThat(each.criterion.outside(each.criterion.tilted(each.observations), Levels.EXCLUDE))
                    .isTrue();
        });
    }

    @Test
    void nothingIsInsideAndOutsideAtOnce() {
        Draw.cases(SEED, 1000, draw -> {
            Case each = any(draw);
            assertThat(each.criterion.inside(each.observations, Levels.SUPPORT)
                            && each.criterion.outside(each.observations, Levels.EXCLUDE))
                    .isFalse();
        });
    }

    @Test
    void moreConfidenceMeansNoNarrowerAnInterval() {
        Draw.cases(SEED, 1000, draw -> {
            Case each = averages(draw);
            double confidence = draw.real("confidence", 0.5, 0.99);
            // The worst point may be another one at another level; a single point shows the law.
            Observations one = each.name.contains("exponent")
                    ? each.observations
                    : each.observations.at(each.observations.points().get(0));
            Estimate less = each.criterion.estimate(one, confidence);
            Estimate more = each.criterion.estimate(one, (1 + confidence) / 2);
            assertThat(more.value()).isEqualTo(less.value());
            assertThat(more.lower()).isLessThanOrEqualTo(less.lower());
            assertThat(more.upper()).isGreaterThanOrEqualTo(less.upper());
        });
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        Draw.cases(SEED, 1000, draw -> {
            Case each = any(draw);
            long seed = draw.integer("seed");
            Observations shuffled = Observed.shuffled(each.observations, new SplittableRandom(seed));
            Estimate here = each.criterion.estimate(each.observations, Levels.SUPPORT);
            Estimate there = each.criterion.estimate(shuffled, Levels.SUPPORT);
            double scale = 1e-9 * (1 + Math.abs(here.lower()) + Math.abs(here.upper()));
            assertThat(there.lower()).isCloseTo(here.lower(), within(scale));
            assertThat(there.value()).isCloseTo(here.value(), within(scale));
            assertThat(there.upper()).isCloseTo(here.upper(), within(scale));
        });
    }

    @Test
    void meansScaleWithTheirUnitAndExponentsDoNot() {
        Draw.cases(SEED, 500, draw -> {
            double noise = draw.real("noise", 0.01, 1);
            double factor = draw.real("factor", 0.01, 1000);
            long seed = draw.integer("seed");
            SplittableRandom random = new SplittableRandom(seed);
            Observations observations = law(6, 12, -1, 0, noise, random);
            Observations scaled = observations.with("y", row -> factor * row.value("y"));
            Criterion slope = exponent("y", "width").equalTo(-1).margin(1);
            assertThat(slope.estimate(scaled, 0.99).lower())
                    .isCloseTo(slope.estimate(observations, 0.99).lower(), within(1e-9));
            for (Mean.Kind kind : new Mean.Kind[] {Mean.Kind.MEAN, Mean.Kind.GEOMETRIC}) {
                Criterion average = new Mean.Measured("y", kind).equalTo(1).within(1);
                Observations point = observations.at(observations.points().get(0));
                Observations scaledPoint = scaled.at(observations.points().get(0));
                Estimate before = average.estimate(point, 0.99);
                Estimate after = average.estimate(scaledPoint, 0.99);
                assertThat(after.lower() / factor).isCloseTo(before.lower(), within(1e-9));
                assertThat(after.upper() / factor).isCloseTo(before.upper(), within(1e-9));
            }
        });
    }

    @Test
    void plantedFailuresAreOutsideWheneverFailureAlwaysIs() {
        Draw.cases(SEED, 300, draw -> {
            double rate = draw.real("rate", 0.05, 0.95);
            long seed = draw.integer("seed");
            SplittableRandom random = new SplittableRandom(seed);
            int blocks = random.nextInt(12, 81);
            Observations observations =
                    Simulated.over(powersOfTwo(6, 8), blocks, (block, size) -> random.nextDouble() < 0.97 ? 1 : 0);
            Criterion atLeast = successRate("y").atLeast(rate);
            // Clopper and Pearson for no success among n, at a third of the level for three points: 1 - (1e-3/9)^(1/n).
            boolean possible = Math.pow(1 - rate, blocks) < 1e-3 / 9;
            assertThat(atLeast.outside(atLeast.tilted(observations), Levels.EXCLUDE))
                    .isEqualTo(possible);
            Criterion atMost = successRate("y").atMost(1 - rate);
            assertThat(atMost.outside(atMost.tilted(observations), Levels.EXCLUDE))
                    .isEqualTo(possible);
        });
    }

    // ---- cases ---------------------------------------------------------------------------------------------------

    private static Case any(Draw draw) {
        return draw.of("pointwise", false, true) ? pointwise(draw) : averages(draw);
    }

    private static Case averages(Draw draw) {
        int kind = draw.integer("kind", 0, 10);
        int blocks = draw.integer("blocks", 12, 30);
        double noise = draw.real("noise", 0.01, 1.5);
        return draw.told("case", average(kind, blocks, noise, new SplittableRandom(draw.integer("seed of case"))));
    }

    private static Case average(int kind, int blocks, double noise, SplittableRandom random) {
        double slope = random.nextDouble(-2, 0);
        double bend = random.nextDouble(-0.5, 0.5);
        int sizes = random.nextInt(6, 9);
        Observations law = law(sizes, blocks, slope, bend, 0.3 * noise, random);
        double offset = random.nextDouble(-2, 2);
        Observations points = points(blocks, offset, noise, random);
        Observations positive = points.with("y", row -> Math.exp(row.value("y")));
        return switch (kind) {
            case 0 ->
                new Case(
                        "exponent equal",
                        exponent("y", "width").equalTo(slope).margin(random.nextDouble(0.05, 0.5)),
                        law);
            case 1 ->
                new Case(
                        "exponent at most",
                        exponent("y", "width").atMost(slope + 0.3).margin(0.1),
                        law);
            case 2 ->
                new Case(
                        "exponent at least",
                        exponent("y", "width").atLeast(slope - 0.3).margin(0.1),
                        law);
            case 3 -> new Case("mean equal", mean("y").equalTo(offset).within(0.2 + 3 * noise), points);
            case 4 ->
                new Case("mean at least", mean("y").atLeast(offset - 3 * noise).within(0.1), points);
            case 5 ->
                new Case(
                        "geometric mean at most",
                        geometricMean("y").atMost(Math.exp(offset + 3 * noise)).within(0.1),
                        positive);
            case 6 ->
                new Case(
                        "geometric mean at least",
                        geometricMean("y")
                                .atLeast(0.01 + 0.3 * Math.exp(offset - 3 * noise))
                                .within(0.009),
                        positive);
            case 7 ->
                new Case(
                        "difference",
                        agreement("y", "theory").within(0.2 + noise).plus(2 + 20 * noise, "width"),
                        points.with("theory", row -> offset + 1 / row.point().number("width")));
            case 8 ->
                new Case(
                        "exponent of a minimal size",
                        minimalSize("width").exponentIn("inputs").equalTo(2).margin(0.3 + noise),
                        Bisected.law(blocks)
                                .noise(0.2 * noise)
                                .blockDeviation(0.3 * noise)
                                .slopeDeviation(offset > 0 ? 0 : 0.2 * noise)
                                .grid(offset > 1 ? -2 : Double.NEGATIVE_INFINITY, 9)
                                .draw(random));
            case 9 ->
                new Case(
                        "exponent of pairs",
                        pairs("y")
                                .between("run", "other run")
                                .exponentIn("width")
                                .equalTo(slope)
                                .margin(0.2 * noise),
                        Simulated.squaredDistances(
                                powersOfTwo(4, 9), 12, blocks, slope + random.nextDouble(-0.1, 0.1), random));
            default ->
                new Case(
                        "relative difference for every activation",
                        relativeAgreement("y", "theory").within(0.1 + 3 * noise).per("activation"),
                        Simulated.member("activation", "RELU", relative(positive, offset))
                                .and(Simulated.member("activation", "TANH", relative(positive, offset))));
        };
    }

    private static Observations relative(Observations positive, double offset) {
        return positive.with("theory", row -> Math.exp(offset));
    }

    private static Case pointwise(Draw draw) {
        int kind = draw.integer("kind", 0, 3);
        int magnitude = draw.integer("magnitude", -12, 12);
        SplittableRandom random = new SplittableRandom(draw.integer("seed of case"));
        double unit = Math.pow(10, magnitude);
        Observations points = points(12, random.nextDouble(-1, 1), random.nextDouble(), random)
                .with("y", row -> unit * row.value("y"));
        Case each = switch (kind) {
            case 0 -> new Case("at most", everywhere("y").atMost(unit * random.nextDouble(-2, 2)), points);
            case 1 -> new Case("at most 0", everywhere("y").atMost(0), points);
            case 2 -> new Case("at least", everywhere("y").atLeast(random.nextDouble(-2, 2)), points);
            default -> new Case("digits", identity("y").toDigits(random.nextDouble(0.1, 15.9)), points);
        };
        return draw.told("case", each);
    }

    /** log y = slope log m + bend m^-1/2 + noise. */
    private static Observations law(
            int sizes, int blocks, double slope, double bend, double noise, SplittableRandom random) {
        return Simulated.over(
                powersOfTwo(4, 3 + sizes),
                blocks,
                (block, size) ->
                        Math.exp(slope * Math.log(size) + 20 * bend / Math.sqrt(size) + noise * random.nextGaussian()));
    }

    private static Observations points(int blocks, double offset, double noise, SplittableRandom random) {
        return Simulated.over(
                powersOfTwo(4, 4 + random.nextInt(4)), blocks, (block, size) -> offset + noise * random.nextGaussian());
    }
}
