package org.crucis.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

/** Closed forms of every scale at d = 5, m = 64, sw^2 = 1.5, sb^2 = 0.25. */
class ParametrizationTest {

    private static final int D = 5;
    private static final int M = 64;
    private static final double SW2 = 1.5;
    private static final double SB2 = 0.25;
    private static final double SW = Math.sqrt(SW2);
    private static final double SB = 0.5;

    private static Architecture with(Parametrization form, int depth) {
        return Architecture.of(D).hidden(M, depth).variances(SW2, SB2).parametrization(form);
    }

    private static void assertScale(LayerScale actual, double... expected) {
        assertThat(new double[] {
                    actual.multiplier(),
                    actual.weightDeviation(),
                    actual.weightRate(),
                    actual.biasMultiplier(),
                    actual.biasDeviation(),
                    actual.biasRate()
                })
                .usingComparatorWithPrecision(1e-14)
                .containsExactly(expected);
    }

    /** Lee et al. 2019: sw/sqrt(fan-in) before unit weights, sb before unit biases. */
    @Test
    void ntk() {
        Architecture a = with(Parametrization.ntk(), 2);
        double first = SW / Math.sqrt(D);
        double later = SW / Math.sqrt(M);
        assertScale(a.scale(0), first, first, SW2 / D, SB, SB, SB2);
        assertScale(a.scale(1), later, later, SW2 / M, SB, SB, SB2);
        assertScale(a.scale(2), later, later, SW2 / M, SB, SB, SB2);
    }

    /** Same initial deviations as NTK, no multiplier, one rate. */
    @Test
    void standard() {
        Architecture a = with(Parametrization.standard(), 2);
        assertScale(a.scale(0), 1, SW / Math.sqrt(D), 1, 1, SB, 1);
        assertScale(a.scale(1), 1, SW / Math.sqrt(M), 1, 1, SB, 1);
        assertScale(a.scale(2), 1, SW / Math.sqrt(M), 1, 1, SB, 1);
    }

    /** f = (sw/m) sum_r a_r phi(w_r.x sw/sqrt(d) + sb b_r), all rates times m but the output bias's. */
    @Test
    void meanField() {
        Architecture a = with(Parametrization.meanField(), 1);
        double first = SW / Math.sqrt(D);
        assertScale(a.scale(0), first, first, M * SW2 / D, SB, SB, M * SB2);
        assertScale(a.scale(1), SW / M, SW / M, SW2 / M, SB / Math.sqrt(M), SB, SB2);
    }

    /** f = (1/m) sum_r u_r phi(w_r.x + b_r): no factor before u, w and b; all rates times m but the output bias's. */
    @Test
    void meanOfNeurons() {
        Architecture a = with(Parametrization.meanOfNeurons(), 1);
        assertScale(a.scale(0), 1, SW / Math.sqrt(D), M, 1, SB, M);
        assertScale(a.scale(1), 1.0 / M, SW / M, 1.0 / M, 1 / Math.sqrt(M), SB, 1);
    }

    /** Yang and Hu 2021, table 1: a = (-1/2, 0, 1/2), b = 1/2, c = 0. */
    @Test
    void muP() {
        Architecture a = with(Parametrization.muP(), 2);
        double root = Math.sqrt(M);
        assertScale(a.scale(0), root * SW / Math.sqrt(D), SW / Math.sqrt(D), M * SW2 / D, root * SB, SB, M * SB2);
        assertScale(a.scale(1), SW, SW / root, SW2, root * SB, SB, M * SB2);
        assertScale(a.scale(2), SW / root, SW / M, SW2 / M, SB, SB, SB2);
    }

    /** Yang and Hu 2021: with one hidden layer mean-field and muP differ by a shift of (a, b, c), which changes nothing. */
    @Test
    void meanFieldAndMuPAreTheSameTrainingWithOneHiddenLayer() {
        for (int layer = 0; layer < 2; layer++) {
            assertThat(with(Parametrization.meanField(), 1).scale(layer))
                    .usingRecursiveComparison(RecursiveComparisonConfiguration.builder()
                            .withComparatorForType(
                                    (x, y) -> Math.abs(x - y) <= 1e-14 * Math.abs(y) ? 0 : 1, Double.class)
                            .withIgnoredFields("multiplier", "biasMultiplier")
                            .build())
                    .isEqualTo(with(Parametrization.muP(), 1).scale(layer));
        }
    }

    @Test
    void outputScaleMultipliesTheOutputLayerOnly() {
        Architecture plain = with(Parametrization.ntk(), 1);
        Architecture scaled = with(Parametrization.ntk().scaledBy(3), 1);
        assertThat(scaled.scale(0)).isEqualTo(plain.scale(0));
        LayerScale p = plain.scale(1);
        assertScale(
                scaled.scale(1),
                3 * p.multiplier(),
                3 * p.weightDeviation(),
                9 * p.weightRate(),
                3 * p.biasMultiplier(),
                3 * p.biasDeviation(),
                9 * p.biasRate());
    }

    @Test
    void frozenLayersHaveNoRateButKeepTheirDeviation() {
        Architecture hidden = with(Parametrization.ntk(), 2).trained(Trained.HIDDEN);
        assertThat(hidden.scale(1).weightRate()).isPositive();
        assertThat(hidden.scale(2).weightRate()).isZero();
        assertThat(hidden.scale(2).biasRate()).isZero();
        assertThat(hidden.scale(2).weightDeviation()).isCloseTo(SW / Math.sqrt(M), within(1e-15));
        Architecture output = with(Parametrization.ntk(), 2).trained(Trained.OUTPUT);
        assertThat(output.scale(0).weightRate()).isZero();
        assertThat(output.scale(1).biasRate()).isZero();
        assertThat(output.scale(2).weightRate()).isPositive();
    }

    @Test
    void withoutBiasVarianceThereIsNoBias() {
        LayerScale scale = Architecture.of(D)
                .hidden(M, 1)
                .parametrization(Parametrization.standard())
                .scale(0);
        assertThat(scale.biasRate()).isZero();
        assertThat(scale.biasDeviation()).isZero();
    }

    @Test
    void meanFieldRefusesASecondHiddenLayer() {
        assertThatThrownBy(() -> with(Parametrization.meanField(), 2).scale(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The mean-field parametrization is defined for one hidden layer, not for 2;"
                        + " use muP, which is its extension to any depth.");
    }

    @Test
    void badNumbersAreNamed() {
        assertThatThrownBy(() -> Parametrization.ntk().scaledBy(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("output scale")
                .hasMessageContaining("positive");
        assertThatThrownBy(() -> new Parametrization(
                        "x",
                        new Parametrization.Exponents(0, Double.NaN),
                        new Parametrization.Exponents(0, 0),
                        new Parametrization.Exponents(0, 0),
                        0,
                        Parametrization.Variances.IN_MULTIPLIER,
                        1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not finite");
    }
}
