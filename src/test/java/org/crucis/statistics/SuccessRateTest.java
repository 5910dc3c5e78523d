package org.crucis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.statistics.Criteria.successRate;
import static org.crucis.statistics.Simulated.over;

import java.util.ArrayList;
import java.util.List;
import org.crucis.claim.Estimate;
import org.crucis.claim.Interval;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;
import org.crucis.claim.Unjudgeable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Oracle: {@code scipy.stats.binomtest(k, n).proportion_ci(confidence, 'exact')}; R: {@code binom.test(k, n)$conf.int}. */
class SuccessRateTest {

    private static Observations successes(int successes, int trials) {
        return over(new double[] {64}, trials, (block, size) -> block < successes ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "45, 48, 0.99, 0.7895492291088523, 0.9928360250142347",
        "12, 12, 0.99, 0.643054083417572, 1.0",
        "0, 12, 0.99, 0.0, 0.35694591658242797",
        "3, 12, 0.95, 0.05486064452799241, 0.5718584618780997",
        "7, 20, 0.9, 0.17731091757446915, 0.5580345113154889"
    })
    void hasTheIntervalOfClopperAndPearson(int successes, int trials, double confidence, double lower, double upper) {
        Estimate estimate = successRate("y").atLeast(0.5).estimate(successes(successes, trials), confidence);
        assertThat(estimate.value()).isEqualTo((double) successes / trials);
        assertThat(estimate.lower()).isCloseTo(lower, within(1e-10));
        assertThat(estimate.upper()).isCloseTo(upper, within(1e-10));
    }

    @Test
    void isJudgedAtEveryPointOfTheSweep() {
        Observations observations = over(new double[] {64, 128}, 48, (block, size) -> size == 64 || block < 24 ? 1 : 0);
        SuccessRate criterion = successRate("y").atLeast(0.8);
        assertThat(criterion.estimate(observations, 0.99).value()).isEqualTo(0.5);
        assertThat(criterion.inside(observations, Levels.SUPPORT)).isFalse();
        assertThat(criterion.outside(observations, Levels.EXCLUDE)).isTrue();
        assertThat(criterion.inside(observations.at(Point.ORIGIN.with("width", 64)), Levels.SUPPORT))
                .isTrue();
    }

    @Test
    void boundsFromAboveToo() {
        SuccessRate criterion = successRate("diverged").atMost(0.2);
        assertThat(criterion.region()).isEqualTo(new Interval(0, 0.2));
        assertThat(successRate("y").atMost(0.2).inside(successes(0, 48), Levels.SUPPORT))
                .isTrue();
        assertThat(successRate("y").atMost(0.2).outside(successes(30, 48), Levels.EXCLUDE))
                .isTrue();
    }

    @Test
    void plantedFailuresAreRejectedAsSoonAsAnyObservationsCouldBe() {
        // All twelve succeed: 0.587 at SUPPORT is at least a half; and (1/2)^12 = 2.4e-4 is below the level 1e-3/3.
        SuccessRate half = successRate("y").atLeast(0.5);
        assertThat(half.inside(successes(12, 12), Levels.SUPPORT)).isTrue();
        assertThat(half.outside(half.tilted(successes(12, 12)), Levels.EXCLUDE)).isTrue();
        // But nothing among twelve can reject a tenth: 0.9^12 = 0.28. Planted failures say so instead of firing.
        SuccessRate tenth = successRate("y").atLeast(0.1);
        assertThat(tenth.inside(successes(12, 12), Levels.SUPPORT)).isTrue();
        assertThat(tenth.outside(tenth.tilted(successes(12, 12)), Levels.EXCLUDE))
                .isFalse();
        assertThat(tenth.inside(tenth.tilted(successes(12, 12)), Levels.SUPPORT))
                .isFalse();
    }

    @Test
    void aRateThatAcceptsEverythingAcceptsThePlantedDeviationToo() {
        for (SuccessRate criterion :
                List.of(successRate("y").atLeast(0), successRate("y").atMost(1))) {
            assertThat(criterion.inside(criterion.tilted(successes(6, 12)), Levels.SUPPORT))
                    .isTrue();
        }
    }

    @Test
    void successIsOneAndFailureZero() {
        assertThatThrownBy(() ->
                        successRate("y").atLeast(0.5).estimate(over(new double[] {64}, 12, (block, size) -> 0.5), 0.99))
                .isInstanceOf(Unjudgeable.class)
                .hasMessage("'y' is 0.5 at width 64, block 0; success is 1 and failure 0");
    }

    @Test
    void twoRowsOfOneBlockAreNotIndependent() {
        List<Observation> rows = new ArrayList<>(successes(12, 12).rows());
        rows.add(rows.get(3));
        assertThatThrownBy(() -> successRate("y").atLeast(0.5).estimate(new Observations(rows), 0.99))
                .isInstanceOf(Unjudgeable.class)
                .hasMessage(
                        "several values of 'y' in one block at width 64: they are not independent; give each its own"
                                + " place on an axis");
    }

    @Test
    void aRateLiesBetweenZeroAndOne() {
        assertThatThrownBy(() -> successRate("y").atMost(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a rate lies between 0 and 1, got [0, 1.5]");
    }
}
