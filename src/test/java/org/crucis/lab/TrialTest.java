package org.crucis.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.claim.Point;
import org.junit.jupiter.api.Test;

/** Streams of random numbers by name. The oracle of independence is the correlation of long stretches of two streams. */
class TrialTest {

    private static final int LENGTH = 10_000;

    private static final Seeds SEEDS = new Seeds("paper/claim", "d1ce", 1);

    private static Trial trial(String experiment, double width, int block) {
        return new Trial(experiment, Point.ORIGIN.with("width", width), block, SEEDS);
    }

    private static double[] draw(UniformRandomProvider stream) {
        return stream.doubles(LENGTH).toArray();
    }

    @Test
    void theSameNameGivesTheSameNumbersAgain() {
        Trial trial = trial("LAZY", 64, 3);
        double[] first = draw(trial.random("weights"));
        draw(trial.random("data"));
        assertThat(draw(trial.random("weights"))).isEqualTo(first);
        assertThat(draw(trial("LAZY", 64, 3).random("weights"))).isEqualTo(first);
    }

    @Test
    void everythingElseGivesIndependentNumbers() {
        Trial trial = trial("LAZY", 64, 3);
        List<double[]> streams = new ArrayList<>(List.of(
                draw(trial.random("weights")),
                draw(trial.random("data")),
                draw(trial.blockRandom("weights")),
                draw(trial.blockRandom("data")),
                draw(trial("LAZY", 128, 3).random("weights")),
                draw(trial("LAZY", 64, 4).random("weights")),
                draw(trial("MEAN_FIELD", 64, 3).random("weights")),
                draw(trial("LAZY", 64, ExperimentRun.SECOND_STAGE + 3).random("weights")),
                draw(trial("LAZY", 64 + 1e-9, 3).random("weights")),
                draw(trial("LAZY", 64, 4).blockRandom("data")),
                draw(new Trial("LAZY", Point.ORIGIN.with("width", 64), 3, new Seeds("paper/claim", "d1ce", 2))
                        .random("weights")),
                draw(new Trial("LAZY", Point.ORIGIN.with("width", 64), 3, new Seeds("paper/claim", "d1cf", 1))
                        .random("weights")),
                draw(new Trial("LAZY", Point.ORIGIN.with("width", 64), 3, new Seeds("paper/other", "d1ce", 1))
                        .random("weights"))));
        for (int one = 0; one < streams.size(); one++) {
            for (int other = 0; other < one; other++) {
                // Standard deviation 1/sqrt(LENGTH) = 0.01 for independent streams.
                assertThat(Math.abs(correlation(streams.get(one), streams.get(other))))
                        .as("streams %d and %d", one, other)
                        .isLessThan(0.05);
            }
        }
    }

    private static double correlation(double[] one, double[] other) {
        double sum = 0;
        for (int index = 0; index < LENGTH; index++) {
            sum += (one[index] - 0.5) * (other[index] - 0.5);
        }
        return 12 * sum / LENGTH;
    }

    @Test
    void aBlocksStreamIsTheSameAtEverySizeAndInEveryExperiment() {
        double[] data = draw(trial("LAZY", 64, 3).blockRandom("data"));
        assertThat(draw(trial("LAZY", 4096, 3).blockRandom("data"))).isEqualTo(data);
        assertThat(draw(trial("MEAN_FIELD", 64, 3).blockRandom("data"))).isEqualTo(data);
    }

    private enum Activation {
        RELU,
        TANH
    }

    @Test
    void coordinatesAreReadByKind() {
        Trial trial = new Trial(
                "LAZY", Point.ORIGIN.with("width", 64).with("rate", 0.5).with("activation", Activation.TANH), 0, SEEDS);
        assertThat(trial.size("width")).isEqualTo(64);
        assertThat(trial.number("rate")).isEqualTo(0.5);
        assertThat(trial.choice("activation", Activation.class)).isEqualTo(Activation.TANH);
        assertThatThrownBy(() -> trial.size("rate")).hasMessage("axis 'rate' holds 0.5, which is not a whole number");
        assertThatThrownBy(() -> trial.size("depth"))
                .hasMessage("no numeric axis 'depth' at width 64, rate 0.5, activation TANH; its axes are"
                        + " [width, rate, activation]");
        assertThat(trial).hasToString("LAZY at width 64, rate 0.5, activation TANH, block 0");
    }
}
