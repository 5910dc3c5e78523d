package org.crucis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.feature.Clouds.line;
import static org.crucis.feature.Clouds.normal;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RidgeRefitTest {

    /** Oracle: one feature h, c = h.y / (h.h + n ridge) = (3 + 8) / (5 + 2 * 0.25). */
    @Test
    void oneFeatureByHand() {
        RidgeRefit fit = RidgeRefit.of(line(1, 2), line(3, 4), 0.25);
        assertThat(fit.coefficients().get(0)).isCloseTo(2, within(1e-14));
        assertThat(fit.predict(line(5)).get(0)).isCloseTo(10, within(1e-13));
        assertThat(fit.meanSquaredError(line(1, 2), line(3, 4))).isCloseTo(0.5, within(1e-13));
    }

    /** Oracle: the gradient of the objective, 2/n H'(Hc - y) + 2 ridge c, vanishes at its minimum; both forms find it. Conditions reach 1e7. */
    @ParameterizedTest
    @CsvSource({"40, 5, 1, 1e-2", "5, 40, 1, 1e-2", "30, 30, 3, 1e-4", "200, 60, 2, 1e-6"})
    void solvesTheNormalEquationsInBothForms(int n, int k, int c, double ridge) {
        SimpleMatrix features = normal(n, k, 0.3, Clouds.random(5));
        SimpleMatrix targets = normal(n, c, 1, Clouds.random(6));
        for (RidgeRefit.Form form : RidgeRefit.Form.values()) {
            RidgeRefit fit = RidgeRefit.of(features, targets, ridge, form);
            SimpleMatrix gradient = features.transpose()
                    .mult(fit.predict(features).minus(targets))
                    .divide(n)
                    .plus(fit.coefficients().scale(ridge));
            assertThat(gradient.elementMaxAbs()).isLessThan(1e-9);
        }
        assertThat(RidgeRefit.of(features, targets, ridge, RidgeRefit.Form.PRIMAL)
                        .coefficients()
                        .isIdentical(
                                RidgeRefit.of(features, targets, ridge, RidgeRefit.Form.DUAL)
                                        .coefficients(),
                                1e-8))
                .isTrue();
    }

    /** Oracle: the mean square itself, summed over two targets. */
    @Test
    void errorsOfSeveralTargetsAdd() {
        SimpleMatrix features = normal(20, 3, 0, Clouds.random(7));
        SimpleMatrix targets = normal(20, 2, 0, Clouds.random(8));
        RidgeRefit both = RidgeRefit.of(features, targets, 0.1);
        double sum = 0;
        for (int c = 0; c < 2; c++) {
            sum += RidgeRefit.of(features, targets.getColumn(c), 0.1).meanSquaredError(features, targets.getColumn(c));
        }
        assertThat(both.meanSquaredError(features, targets)).isCloseTo(sum, within(1e-13));
    }

    @Test
    void badArgumentsAreNamed() {
        SimpleMatrix features = normal(4, 2, 0, Clouds.random(9));
        SimpleMatrix targets = line(1, 2, 3, 4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RidgeRefit.of(features, line(1, 2), 1))
                .withMessageContaining("4 rows of features and 2 rows of targets");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RidgeRefit.of(features, targets, 0))
                .withMessageContaining("ridge must be positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RidgeRefit.of(features, line(1, 2, 3, Double.NaN), 1))
                .withMessageContaining("Row 4, column 1 of the targets is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RidgeRefit.of(line(1, 1, 1, 1).concatColumns(line(1, 1, 1, 1)), targets, 1e-300))
                .withMessageContaining("take a larger ridge");
        RidgeRefit fit = RidgeRefit.of(features, targets, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fit.predict(targets))
                .withMessageContaining("2 features, but got 1 columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fit.meanSquaredError(features, features))
                .withMessageContaining("1 targets an example, but got 2 columns");
    }
}
