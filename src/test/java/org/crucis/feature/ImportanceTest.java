package org.crucis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImportanceTest {

    /** Oracle: by hand. */
    @Test
    void probabilitiesAreWeightsOverTheirSum() {
        assertThat(Importance.of(new double[] {1, 0, 3}).probabilities()).containsExactly(0.25, 0, 0.75);
        assertThat(Importance.uniform(4).probabilities()).containsExactly(0.25, 0.25, 0.25, 0.25);
        assertThat(Importance.of(new double[] {0, 1e-300}).probabilities()).containsExactly(0, 1);
        assertThat(Importance.of(new double[] {Double.MAX_VALUE, Double.MAX_VALUE})
                        .probabilities())
                .containsExactly(0.5, 0.5);
    }

    /** Oracle: the binomial deviation sqrt(p (1 - p) / k) of each frequency, at five deviations. */
    @Test
    void neuronsAreDrawnAsOftenAsTheyWeigh() {
        Importance importance = Importance.of(new double[] {2, 0, 5, 1, 0, 12});
        int k = 100_000;
        int[] counts = new int[6];
        Arrays.stream(importance.draw(k, Clouds.random(3))).forEach(neuron -> counts[neuron]++);
        double[] expected = {0.1, 0, 0.25, 0.05, 0, 0.6};
        for (int j = 0; j < 6; j++) {
            double deviation = Math.sqrt(expected[j] * (1 - expected[j]) / k);
            assertThat((double) counts[j] / k).isCloseTo(expected[j], within(5 * deviation));
        }
    }

    @Test
    void distinctNeuronsAreThoseOfTheDraw() {
        Importance importance = Importance.of(new double[] {2, 0, 5, 1, 0, 12});
        int[] drawn = importance.draw(20, Clouds.random(4));
        int[] distinct = importance.drawDistinct(20, Clouds.random(4));
        assertThat(distinct).doesNotHaveDuplicates().startsWith(drawn[0]).hasSizeLessThanOrEqualTo(4);
        assertThat(Arrays.stream(drawn).boxed().distinct())
                .containsExactlyElementsOf(Arrays.stream(distinct).boxed().toList());
    }

    @Test
    void probabilitiesCannotBeChangedFromOutside() {
        double[] weights = {1, 1};
        Importance importance = Importance.of(weights);
        weights[0] = 9;
        importance.probabilities()[0] = 9;
        assertThat(importance.probabilities()).containsExactly(0.5, 0.5);
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Importance.of(new double[] {1, -2}))
                .withMessageContaining("Weight 2 is -2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Importance.of(new double[] {Double.NaN}))
                .withMessageContaining("Weight 1 is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Importance.of(new double[] {0, 0}))
                .withMessageContaining("All 2 weights are 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Importance.of(new double[0]))
                .withMessageContaining("All 0 weights");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Importance.uniform(0))
                .withMessageContaining("at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Importance.uniform(3).draw(0, Clouds.random(1)))
                .withMessageContaining("but got 0");
    }
}
