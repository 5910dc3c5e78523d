package jacot2018;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.crucis.kernel.ReluFluctuation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact relative variance of the tangent kernel at one input. */
class DiagonalFluctuationTest {

    /** Oracle: m Var Theta_m / Theta^2 = 3 at every width, since the neurons of one layer are independent. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void oneHiddenLayerHasThreeOverWidth(int width) {
        assertThat(DiagonalFluctuation.relativeVariance(1, width) * width).isCloseTo(3, within(1e-12 * width));
    }

    /** Oracle: C_L = 5 L - (4/3) L (L + 2) / (L + 1), the leading order. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 9})
    void wideNetworksHaveTheLeadingOrder(int depth) {
        int width = 10_000_000;
        assertThat(DiagonalFluctuation.relativeVariance(depth, width) * width)
                .isCloseTo(ReluFluctuation.relativeOnDiagonal(depth), within(1e-4));
    }

    /**
     * Oracle: two layers by hand, E[A_0 B_0 A_2 B_2] = (1 + 1/m)^2 + 8/m^2 from the fourth moments of the matrix between them,
     * so that 9 E Theta^2 / Theta^2 = 3 (1 + 5/m)^2 + 4 (1 + 5/m)(1 + 1/m) + 2 ((1 + 1/m)^2 + 8/m^2).
     */
    @Test
    void twoHiddenLayersAgreeWithTheMomentsByHand() {
        double m = 4;
        double five = 1 + 5 / m;
        double one = 1 + 1 / m;
        double square = (3 * five * five + 4 * five * one + 2 * (one * one + 8 / (m * m))) / 9;
        assertThat(DiagonalFluctuation.relativeVariance(2, 4)).isCloseTo(square - 1, within(1e-14));
    }
}
