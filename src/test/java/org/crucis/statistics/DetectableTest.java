package org.crucis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.geometricMean;
import static org.crucis.statistics.Criteria.identity;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Criteria.successRate;
import static org.crucis.statistics.Observed.values;
import static org.crucis.statistics.Simulated.over;

import java.util.stream.Stream;
import org.crucis.claim.Criterion;
import org.crucis.claim.Observations;
import org.crucis.severity.Calibration;
import org.crucis.severity.Calibration.Tails;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The deviation that a finding says it would have found. */
class DetectableTest {

    private static final Observations ALTERNATING = values(1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1);

    /** Oracle: SciPy, {@code (t.isf(1e-3 / 3, 11) + t.isf(0.025, 11)) / sqrt(11)}. */
    private static final double OF_ALTERNATING = 2.07605421967;

    private static double detectable(Criterion criterion, Observations observations) {
        return criterion.detectable(observations, Levels.EXCLUDE, Levels.SCATTER);
    }

    static Stream<Setting> withIntervals() {
        return Setting.all().stream().filter(Setting::hasInterval).filter(each -> each.tails() == Tails.ORDINARY);
    }

    /**
     * A truth that deviates by as much is found, in both stages, in about nine runs of ten or more. Tolerance: 0.05 below,
     * where three deviations of the rate among 500 runs are 0.04; not above 0.98, or much less would be found too, but for
     * families and several points, of which the hardest to see counts.
     */
    @ParameterizedTest
    @MethodSource("withIntervals")
    void isFoundInNineRunsOfTen(Setting setting) throws InterruptedException {
        try (Simulation simulation = new Simulation(500 * setting.dearness(), 2)) {
            Calibration.Power power = simulation.power(setting);
            assertThat(power.frequency().runs()).isEqualTo(500);
            assertThat(power.frequency().rate()).isBetween(0.85, setting.parts().count() == 1 ? 0.98 : 1);
        }
    }

    @Test
    void isAQuantileForTheLookAndOneForTheScatter() {
        assertThat(detectable(mean("y").equalTo(0).within(1), ALTERNATING)).isCloseTo(OF_ALTERNATING, within(1e-10));
        assertThat(detectable(mean("y").atLeast(0).within(1), ALTERNATING)).isCloseTo(OF_ALTERNATING, within(1e-10));
    }

    @Test
    void ofAGeometricMeanIsAFactor() {
        Observations exponentials = ALTERNATING.with("y", row -> Math.exp(row.value("y")));
        assertThat(detectable(geometricMean("y").atMost(1).within(0.5), exponentials))
                .isCloseTo(1.5 * Math.expm1(OF_ALTERNATING), within(1e-9));
        assertThat(detectable(geometricMean("y").atLeast(1).within(0.5), exponentials))
                .isCloseTo(-0.5 * Math.expm1(-OF_ALTERNATING), within(1e-9));
    }

    @Test
    void countsInTolerancesWhereTheseDiffer() {
        Observations two = over(new double[] {1, 4}, 12, (block, size) -> block % 2 == 0 ? 1 : -1);
        double atTwoPoints = detectable(mean("y").equalTo(0).within(1), two);
        assertThat(atTwoPoints).as("the level is shared").isGreaterThan(OF_ALTERNATING);
        assertThat(detectable(mean("y").equalTo(0).within(1).plus(4, "width"), two))
                .as("hardest to see where the tolerance, 2 at width 4, is smallest")
                .isCloseTo(atTwoPoints / 2, within(1e-12));
    }

    /**
     * Oracle: SciPy. 21 of 48 is the smallest count k with {@code beta.ppf(1e-3 / 3, k, 49 - k)} above 0.2, and the deviation
     * is {@code beta.isf(0.025, k, 49 - k) - 0.2}.
     */
    @Test
    void ofARateFollowsTheBinomialLaw() {
        Observations all = over(new double[] {64}, 48, (block, size) -> 0);
        assertThat(detectable(successRate("y").atMost(0.2), all)).isCloseTo(0.36786828866, within(1e-9));
        assertThat(detectable(successRate("y").atLeast(0.8), all)).isCloseTo(0.36786828866, within(1e-9));
    }

    @Test
    void isNothingWhereTooFewTrialsFindNothing() {
        Observations twelve = over(new double[] {64}, 12, (block, size) -> 1);
        assertThat(detectable(successRate("y").atMost(0.6), twelve)).isInfinite();
    }

    @Test
    void isZeroWhereEveryViolationCounts() {
        assertThat(detectable(everywhere("y").atMost(2), ALTERNATING)).isZero();
        assertThat(detectable(identity("y").toDigits(9), ALTERNATING)).isZero();
    }
}
