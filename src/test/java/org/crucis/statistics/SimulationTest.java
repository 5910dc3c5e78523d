package org.crucis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.crucis.claim.EvidenceFolder;
import org.crucis.severity.Calibration;
import org.crucis.severity.Calibration.Situation;
import org.crucis.severity.Calibration.Standing;
import org.crucis.severity.Calibration.Tails;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static Setting named(String start) {
        return Setting.all().stream()
                .filter(setting -> setting.name().startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private static List<Calibration.Rate> rates(Setting setting, int runs, int threads) throws InterruptedException {
        try (Simulation simulation = new Simulation(runs, threads)) {
            return simulation.rates(setting);
        }
    }

    private static Calibration.Rate rate(List<Calibration.Rate> rates, Situation situation) {
        return rates.stream()
                .filter(rate -> rate.situation() == situation)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theSameRunsGiveTheSameCountsOnAnyNumberOfThreads() throws InterruptedException {
        Setting setting = named("mean of a squared normal");
        List<Calibration.Rate> alone = rates(setting, 333, 1);
        assertThat(rates(setting, 333, 3)).isEqualTo(alone);
        assertThat(rate(alone, Situation.EDGE_OUTSIDE).frequency().events()).isPositive();
    }

    /** Student's level is not kept for a mean of squared normal values at 12 blocks: 0.03 to 0.04 in place of 0.001. */
    @Test
    void showsALevelThatIsBroken() throws InterruptedException {
        List<Calibration.Rate> rates = rates(named("mean of a squared normal"), 1000, 2);
        assertThat(rate(rates, Situation.EDGE_OUTSIDE).standing()).isEqualTo(Standing.BROKEN);
        assertThat(rate(rates, Situation.EDGE_CONFIRMED).standing()).isEqualTo(Standing.BROKEN);
        assertThat(rate(rates, Situation.EDGE_CONFIRMED).tails()).isEqualTo(Tails.SKEWED);
    }

    /** Levels by hand: a third of 1e-3 on each side at one look, 1e-3 at three, half of 1 % at three. */
    @Test
    void holdsEachRateToItsPromise() throws InterruptedException {
        List<Calibration.Rate> rates = rates(named("relative agreement in a family"), 50, 2);
        List<Double> promised = new ArrayList<>();
        rates.forEach(rate -> promised.add(rate.promised()));
        assertThat(rates).extracting(Calibration.Rate::situation).containsExactly(Situation.values());
        assertThat(promised.get(Situation.TRUE_OUTSIDE.ordinal())).isCloseTo(2e-3 / 3, within(1e-12));
        assertThat(promised.get(Situation.TRUE_SUPPORTED.ordinal())).isNull();
        assertThat(promised.get(Situation.EDGE_OUTSIDE.ordinal())).isCloseTo(1e-3, within(1e-12));
        assertThat(promised.get(Situation.EDGE_CONFIRMED.ordinal())).isCloseTo(1e-3, within(1e-12));
        assertThat(promised.get(Situation.EDGE_SUPPORTED.ordinal())).isCloseTo(5e-3, within(1e-12));
        assertThat(promised.get(Situation.CONTROL_FIRED.ordinal())).isCloseTo(1e-3, within(1e-12));
        // 1 - 0.005^(1/50): none of 50 bounds no rate of a thousandth.
        assertThat(rate(rates, Situation.TRUE_OUTSIDE).frequency().upper()).isCloseTo(0.1005450834, within(1e-10));
        assertThat(rate(rates, Situation.TRUE_OUTSIDE).standing()).isEqualTo(Standing.NOT_SHOWN);
    }

    @Test
    void isWrittenWithWordsForStandings() throws InterruptedException {
        String text = EvidenceFolder.pretty(rates(named("normal mean, upper"), 50, 2));
        assertThat(text)
                .contains("\"standing\" : \"not shown to be kept\"")
                .contains("\"tails\" : \"ordinary\"")
                .contains("\"standing\" : null");
    }
}
