package org.crucis.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReluFluctuationTest {

    /** Oracle: the angular integral of the defining expectation, E[u_+^n v_+^n] = (a b)^(n/2) J_n / (2 pi). */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 1.2, Math.PI / 2, 2.5, Math.PI})
    void arcCosineFunctionsAreMomentsOfAGaussianPair(double angle) {
        assertThat(ArcCosine.j0(angle) / (2 * Math.PI)).isCloseTo(DualActivationTest.wedge(angle, 0), within(1e-12));
        assertThat(ArcCosine.j1(angle) / (2 * Math.PI)).isCloseTo(DualActivationTest.wedge(angle, 1), within(1e-12));
        assertThat(ArcCosine.j2(angle) / (2 * Math.PI)).isCloseTo(DualActivationTest.wedge(angle, 2), within(1e-12));
    }

    /**
     * Oracle: 12 and 8 by hand (Var Z = 3 and 2 at angle 0), the others computed outside of this project and confirmed there by
     * 20 000 networks of width 64.
     */
    @ParameterizedTest
    @CsvSource({"1, 12, 8", "0.6, 5.278926, 4.263967", "-0.4161468365471424, 0.403116, 0.151398"})
    void varianceOfOneHiddenLayer(double cosine, double gaussian, double signs) {
        GaussianPair pair = GaussianPair.of(1, 1, cosine);

        assertThat(ReluFluctuation.oneHiddenLayer(pair, 2, ReluFluctuation.GAUSSIAN_FOURTH_MOMENT))
                .isCloseTo(gaussian, within(1e-6));
        assertThat(ReluFluctuation.oneHiddenLayer(pair, 2, ReluFluctuation.SIGNS_FOURTH_MOMENT))
                .isCloseTo(signs, within(1e-6));
    }

    /** Oracle: a direct draw of the neurons, with unequal variances. */
    @Test
    void varianceOfADirectDraw() {
        GaussianPair pair = GaussianPair.of(1.5, 0.7, 0.4);
        ZigguratSampler.NormalizedGaussian normal =
                ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_RO_SHI_RO_128_PP.create(5));
        int draws = 1_000_000;
        double[] moments = new double[4];
        double hidden = 0;
        for (int i = 0; i < draws; i++) {
            double p = normal.sample();
            double u = Math.sqrt(1.5) * p;
            double v = 0.4 / Math.sqrt(1.5) * p + pair.s() / Math.sqrt(1.5) * normal.sample();
            double a = normal.sample();
            double active = u > 0 && v > 0 ? 1 : 0;
            double z = active * (u * v + a * a * 0.4);
            for (int k = 0; k < 4; k++) {
                moments[k] += Math.pow(z, k + 1) / draws;
            }
            hidden += active / draws;
        }
        double variance = moments[1] - moments[0] * moments[0];
        double mean = moments[0];
        double fourth = moments[3] - 4 * mean * moments[2] + 6 * mean * mean * moments[1] - 3 * Math.pow(mean, 4);
        double error = Math.sqrt((fourth - variance * variance) / draws);

        assertThat(ReluFluctuation.oneHiddenLayer(pair, 1, 3)).isCloseTo(variance, within(5 * error));
        assertThat(error / variance).isLessThan(0.02);
        assertThat(ReluFluctuation.hiddenLayerOnly(pair))
                .isCloseTo(0.16 * hidden * (1 - hidden), within(0.16 * 5 * 0.5 / Math.sqrt(draws)));
    }

    /** Oracle: the constants as fractions; depth 1 must agree with the one-layer formula, 12 / 2^2. */
    @ParameterizedTest
    @CsvSource({"1, 3", "2, 6.444444444444445", "3, 10", "4, 13.6"})
    void constantOfDepth(int depth, double expected) {
        assertThat(ReluFluctuation.relativeOnDiagonal(depth)).isCloseTo(expected, within(1e-14));
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArcCosine.j1(-0.1))
                .withMessageContaining("[0, pi]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReluFluctuation.relativeOnDiagonal(0))
                .withMessageContaining("at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianPair.of(-1, 1, 0))
                .withMessageContaining("-1.0");
    }
}
