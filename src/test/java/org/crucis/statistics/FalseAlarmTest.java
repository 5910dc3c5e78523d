package org.crucis.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.crucis.severity.Calibration.Tails;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How often a criterion comes out outside when the truth lies exactly on the edge of its region, on simulated observations
 * with fixed seeds. The count of false alarms is held to the binomial law of the promised level: a correct criterion would
 * pass the count with probability 1 - 1e-6.
 */
class FalseAlarmTest {

    private static final int RUNS = 4000;

    static Stream<Setting> ordinary() {
        return Setting.all().stream().filter(setting -> setting.tails() == Tails.ORDINARY);
    }

    static Stream<Setting> exact() {
        return ordinary().filter(setting -> setting.criterion() instanceof Mean);
    }

    private static long alarms(Setting setting, double oneSided) {
        return IntStream.range(0, RUNS)
                .filter(run -> setting.criterion()
                        .outside(
                                setting.draw(setting.blocks(), setting.edge(), Simulation.stream(setting, "test", run)),
                                1 - 2 * oneSided))
                .count();
    }

    @ParameterizedTest
    @MethodSource("ordinary")
    void isBelowThePromisedLevel(Setting setting) {
        for (double oneSided : new double[] {0.05, 0.01}) {
            int allowed = BinomialDistribution.of(RUNS, oneSided).inverseSurvivalProbability(1e-6);
            assertThat(alarms(setting, oneSided))
                    .as("%s: false alarms among %d at level %s", setting, RUNS, oneSided)
                    .isLessThanOrEqualTo(allowed);
        }
    }

    /** Where the observations are normal, Student's level is exact: an interval that is too wide is a mistake too. */
    @ParameterizedTest
    @MethodSource("exact")
    void isReachedWhereTheLevelIsExact(Setting setting) {
        assertThat(alarms(setting, 0.05))
                .isGreaterThanOrEqualTo(BinomialDistribution.of(RUNS, 0.05).inverseCumulativeProbability(1e-6));
    }
}
