package org.crucis.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.crucis.routes.Comparison.Both;
import org.crucis.severity.Routes;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static Comparison.Measured of(double first, double second) {
        return Comparison.of("kernel", "number")
                .by("one way")
                .and("another")
                .on("nothing else", () -> Both.of(first, second));
    }

    @Test
    void wrongNumbersDisagree() {
        Routes.Row row = of(1, 1 + 1e-9).toDigits(10).run();
        assertThat(row.verdict()).isEqualTo(Routes.Verdict.DISAGREE);
        assertThat(row.digits()).isBetween(8.9, 9.1);
        assertThat(of(1, Double.NaN).toDigits(10).run().verdict()).isEqualTo(Routes.Verdict.DISAGREE);
    }

    @Test
    void rightNumbersAgree() {
        assertThat(of(1, 1 + 1e-9).toDigits(8, "of rounding").run().verdict()).isEqualTo(Routes.Verdict.AGREE);
        assertThat(of(1, 1).toDigits(16).run().verdict()).isEqualTo(Routes.Verdict.AGREE);
    }

    @Test
    void aRouteThatThrowsAgreesWithNothing() {
        Routes.Row row = Comparison.of("kernel", "number")
                .on("nothing else", () -> {
                    throw new IllegalStateException("the way is blocked");
                })
                .toDigits(10)
                .run();
        assertThat(row.verdict()).isEqualTo(Routes.Verdict.DISAGREE);
        assertThat(row.problem()).isEqualTo("the way is blocked");
    }

    @Test
    void fewDigitsNeedAReason() {
        assertThatThrownBy(() -> of(1, 1).toDigits(9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has to say why");
    }
}
