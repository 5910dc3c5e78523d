package org.crucis.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {

    private static double digits(double first, double second) {
        return Digits.of(new double[] {first}, new double[] {second});
    }

    /** Oracle: -log10 of the relative difference by hand. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 16",
        "0, 0, 16",
        "1, 0.999, 3",
        "0.999, 1, 3",
        "-2e9, -2.00002e9, 5",
        "1, 0, 0",
        "1e-300, 0, 0",
        "1, -1, 0",
        "NaN, 1, 0",
        "NaN, NaN, 0",
        "Infinity, Infinity, 0",
        "1, -Infinity, 0"
    })
    void ofTwoNumbers(double first, double second, double expected) {
        assertThat(digits(first, second)).isCloseTo(expected, within(1e-5));
    }

    /** The smallest difference of doubles near 1 is 2^-52 = 10^-15.65. */
    @Test
    void aUnitInTheLastPlaceCounts() {
        assertThat(digits(1, Math.nextUp(1.0))).isCloseTo(15.65, within(0.01));
    }

    @Test
    void theLargestDifferenceOverTheLargestNumber() {
        assertThat(Digits.of(new double[] {100, 1e-9}, new double[] {100, 0})).isCloseTo(11, within(1e-9));
    }

    @Test
    void differentOrNoNumbersAreRefused() {
        assertThatThrownBy(() -> Digits.of(new double[] {1, 2}, new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The first route gives 2 numbers, the second 1; both must give the same, and at least one.");
        assertThatThrownBy(() -> Digits.of(new double[0], new double[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
