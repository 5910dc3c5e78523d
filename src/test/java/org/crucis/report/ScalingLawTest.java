package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Criteria.minimalSize;
import static org.crucis.statistics.Criteria.pairs;

import java.util.List;
import org.crucis.claim.Criterion;
import org.crucis.claim.Interval;
import org.junit.jupiter.api.Test;

/** The sentences are those of the criteria themselves: a change of their words fails here. */
class ScalingLawTest {

    private static ScalingLaw of(Criterion criterion) {
        return ScalingLaw.of(Made.finding(
                        "it", "E", criterion.sentence(), null, criterion.region(), "VOID", List.of(), Made.NOTHING))
                .orElse(null);
    }

    @Test
    void readsAnEqualityOfAFamily() {
        assertThat(of(exponent("change in units", "1/tau")
                        .equalTo(-1)
                        .margin(0.2)
                        .per("data")))
                .isEqualTo(new ScalingLaw("change in units", "change in units", "1/tau", new Interval(-1, -1), 0.2));
    }

    @Test
    void readsBoundsFromOneSide() {
        assertThat(of(exponent("drift", "width").atMost(-0.5).margin(0.1)))
                .isEqualTo(new ScalingLaw("drift", "drift", "width", Interval.atMost(-0.5), 0.1));
        assertThat(of(exponent("distance", "width").atLeast(0).margin(0.15)).theory())
                .isEqualTo(Interval.atLeast(0));
    }

    @Test
    void readsMinimalSizes() {
        assertThat(of(minimalSize("minimal width")
                        .exponentIn("inputs")
                        .atMost(2)
                        .margin(0.2)
                        .adjustedFor("1/lambda_0")))
                .isEqualTo(new ScalingLaw("minimal width", "minimal width", "inputs", Interval.atMost(2), 0.2));
    }

    @Test
    void meanOverPairsKnowsWhatWasObserved() {
        assertThat(of(pairs("energy distance")
                        .between("run", "other run")
                        .exponentIn("width")
                        .equalTo(-1)
                        .margin(0.2)))
                .isEqualTo(
                        new ScalingLaw("mean energy distance", "energy distance", "width", new Interval(-1, -1), 0.2));
    }

    @Test
    void anythingElseIsNone() {
        assertThat(of(mean("drift").equalTo(1).within(0.1))).isNull();
    }

    @Test
    void numbersAreWrittenAsTheoremsWriteThem() {
        assertThat(List.of(-0.5, -0.75, -1.0, 0.0, -0.625, 0.3333, 1.8))
                .extracting(Fractions::show)
                .containsExactly("−1/2", "−3/4", "−1", "0", "−5/8", "1/3", "1.8");
    }
}
