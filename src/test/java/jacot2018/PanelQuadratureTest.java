package jacot2018;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.crucis.network.Activation;
import org.junit.jupiter.api.Test;

/** Gaussian expectations by panels; every oracle is a moment known in closed form. */
class PanelQuadratureTest {

    private static final double A = 1.3;
    private static final double B = 0.7;
    private static final double C = -0.4;

    /** Oracle: E[u^2 v^2] = a b + 2 c^2 (Isserlis). */
    @Test
    void integratesPolynomials() {
        assertThat(PanelQuadrature.fine().expectation(z -> z * z, A, B, C)).isCloseTo(A * B + 2 * C * C, within(1e-13));
    }

    /** Oracle: Sheppard's orthant probability, 1/4 + arcsin(rho) / (2 pi). */
    @Test
    void integratesAcrossTheJumpOfTheStep() {
        double rho = C / Math.sqrt(A * B);
        assertThat(PanelQuadrature.fine().expectation(Activation.RELU::derivative, A, B, C))
                .isCloseTo(0.25 + Math.asin(rho) / (2 * Math.PI), within(1e-13));
    }

    /** Oracle: E[relu(u)^2] = a / 2, the pair (u, u) having no second direction. */
    @Test
    void integratesProportionalPairs() {
        assertThat(PanelQuadrature.fine().expectation(Activation.RELU::value, A, A, A))
                .isCloseTo(A / 2, within(1e-13));
    }

    /** Oracle: Williams 1997, (2/pi) arcsin(2c / sqrt((1 + 2a)(1 + 2b))). */
    @Test
    void coarsePanelsAreGoodToFourDigits() {
        double exact = 2 / Math.PI * Math.asin(2 * C / Math.sqrt((1 + 2 * A) * (1 + 2 * B)));
        assertThat(PanelQuadrature.coarse().expectation(Activation.ERF::value, A, B, C))
                .isCloseTo(exact, within(1e-4));
    }
}
