package org.crucis.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.crucis.Draw;
import org.crucis.network.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DualActivationTest {

    /** Oracle: the trapezoid rule, which shares nothing with the closed form. */
    @Test
    void erfEqualsQuadrature() {
        Draw.cases(20260103, 60, draw -> {
            double a = draw.real("a", 0.01, 30);
            double b = draw.real("b", 0.01, 30);
            double correlation = draw.real("correlation", -1, 1);
            GaussianPair pair = GaussianPair.of(a, b, correlation * Math.sqrt(a * b));
            DualActivation quadrature = new GaussianQuadrature(Activation.ERF::value, Activation.ERF::derivative);
            DualActivation closed = DualActivation.of(Activation.ERF);

            assertThat(closed.values(pair)).isCloseTo(quadrature.values(pair), within(1e-13));
            assertThat(closed.slopes(pair)).isCloseTo(quadrature.slopes(pair), within(1e-13));
        });
    }

    /** Oracle: in polar coordinates the radius integrates in closed form; the angle goes by Simpson's rule over the common half plane. */
    @Test
    void reluEqualsAnAngularIntegral() {
        Draw.cases(20260104, 1000, draw -> {
            double a = draw.real("a", 0.01, 30);
            double b = draw.real("b", 0.01, 30);
            double correlation = draw.real("correlation", -0.99, 0.99);
            GaussianPair pair = GaussianPair.of(a, b, correlation * Math.sqrt(a * b));
            DualActivation closed = DualActivation.of(Activation.RELU);
            double scale = Math.sqrt(a * b);
            double angle = Math.acos(correlation);

            assertThat(closed.values(pair)).isCloseTo(scale * wedge(angle, 1), within(1e-12 * scale));
            assertThat(closed.slopes(pair)).isCloseTo(wedge(angle, 0), within(1e-12));
        });
    }

    /**
     * Oracle: Price's theorem, d E[phi(u) phi(v)] / d cov(u, v) = E[phi'(u) phi'(v)], by central differences. It ties the two maps of
     * every activation to each other.
     */
    @Test
    void slopesAreTheDerivativeOfValues() {
        Draw.cases(20260105, 30, draw -> {
            Activation activation = draw.of("activation", Activation.values());
            double a = draw.real("a", 0.2, 3);
            double b = draw.real("b", 0.2, 3);
            double correlation = draw.real("correlation", -0.9, 0.9);
            DualActivation dual = DualActivation.of(activation);
            double c = correlation * Math.sqrt(a * b);
            double h = 1e-5;

            double difference =
                    (dual.values(GaussianPair.of(a, b, c + h)) - dual.values(GaussianPair.of(a, b, c - h))) / (2 * h);

            assertThat(dual.slopes(GaussianPair.of(a, b, c))).isCloseTo(difference, within(1e-8));
        });
    }

    /** Oracle: SciPy 1.x/NumPy, composite Gauss-Legendre, 60 panels of 20 nodes on [-12, 12] in each direction. */
    @ParameterizedTest
    @CsvSource({
        "TANH, 1, 1, 0.6, 0.2252221535268836, 0.39358779809476824",
        "SOFTPLUS, 1, 1, 0.6, 0.8074373061609361, 0.27575826620601424",
        "GELU, 1, 1, 0.6, 0.2625158619724903, 0.36229578191070794",
        "TANH, 0.4, 2.5, -0.7, -0.24156558943792714, 0.36512138678400896",
        "SOFTPLUS, 0.4, 2.5, -0.7, 0.5362465639653136, 0.22221230204086098",
        "GELU, 0.4, 2.5, -0.7, -0.06336619803865388, 0.13371030904236303",
        "TANH, 9, 4, 5.5, 0.5957255372635011, 0.15929570141513222",
        "SOFTPLUS, 9, 4, 5.5, 3.1361553800014654, 0.3532694623646374",
        "GELU, 9, 4, 5.5, 2.6860239888761166, 0.4609006354887837",
        "TANH, 1, 1, 1, 0.39429449039784104, 0.4644029024482682",
        "SOFTPLUS, 1, 1, 1, 0.9212459088593004, 0.2933790358580931",
        "GELU, 1, 1, 1, 0.42522148257029857, 0.45585086564928723",
        "SIGMOID, 1, 1, 0.6, 0.2757582662060143, 0.04341643189800097",
        "SIGMOID, 0.4, 2.5, -0.7, 0.222212302040861, 0.04022058523459759",
        "SIGMOID, 9, 4, 5.5, 0.35326946236463747, 0.022339955578438195",
        "SIGMOID, 1, 1, 1, 0.293379035858093, 0.04483624135019438"
    })
    void activationsWithoutClosedForm(
            Activation activation, double a, double b, double c, double values, double slopes) {
        GaussianPair pair = GaussianPair.of(a, b, c);
        DualActivation dual = DualActivation.of(activation);

        assertThat(dual.values(pair)).isCloseTo(values, within(2e-14 * Math.max(1, Math.abs(values))));
        assertThat(dual.slopes(pair)).isCloseTo(slopes, within(2e-14));
    }

    /** (1 / 2 pi) int r^(2n+1) e^(-r^2/2) dr int cos(t)^n cos(t - angle)^n dt over the directions in which both are positive. */
    static double wedge(double angle, int power) {
        double radial = power == 0 ? 1 : power == 1 ? 2 : 8;
        double from = angle - Math.PI / 2;
        int intervals = 2000;
        double h = (Math.PI - angle) / intervals;
        double sum = 0;
        for (int i = 0; i <= intervals; i++) {
            double t = from + i * h;
            double weight = i == 0 || i == intervals ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.pow(Math.cos(t) * Math.cos(t - angle), power);
        }
        return radial * sum * h / 3 / (2 * Math.PI);
    }
}
