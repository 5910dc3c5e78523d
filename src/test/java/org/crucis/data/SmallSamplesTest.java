package org.crucis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SmallSamplesTest {

    static Stream<Function<UniformRandomProvider, Sample>> draws() {
        return Stream.of(
                random -> SmallSamples.onSphere(4, 8, random),
                random -> SmallSamples.ofDigits(4, random),
                random -> SmallSamples.orthogonal(4, random));
    }

    /** Oracle: what the class promises, squared length d and no two inputs parallel. */
    @ParameterizedTest
    @MethodSource("draws")
    void inputsHaveSquaredLengthDAndAreSeparated(Function<UniformRandomProvider, Sample> draw) {
        Sample sample = draw.apply(random(1));

        assertThat(sample.size()).isEqualTo(4);
        for (int i = 0; i < sample.size(); i++) {
            assertThat(sample.inputs().getRow(i).normF()).isCloseTo(Math.sqrt(sample.dimension()), within(1e-13));
        }
        assertThat(Separation.of(sample.inputs()).distance()).isGreaterThan(0.1);
    }

    @ParameterizedTest
    @MethodSource("draws")
    void chanceComesFromTheSourceAlone(Function<UniformRandomProvider, Sample> draw) {
        assertThat(draw.apply(random(2))
                        .targets()
                        .isIdentical(draw.apply(random(2)).targets(), 0))
                .isTrue();
        assertThat(draw.apply(random(2))
                        .inputs()
                        .isIdentical(draw.apply(random(2)).inputs(), 0))
                .isTrue();
    }

    /** Oracle: X X^T = d I. */
    @Test
    void orthogonalInputsAreOrthogonal() {
        SimpleMatrix inputs = SmallSamples.orthogonal(5, random(3)).inputs();

        SimpleMatrix gram = inputs.mult(inputs.transpose());
        assertThat(gram.isIdentical(SimpleMatrix.identity(5).scale(5), 1e-14)).isTrue();
    }

    @Test
    void labelsAreSignsOnDigitsAndOnOrthogonalInputs() {
        assertThat(SmallSamples.ofDigits(6, random(4)).targets().getDDRM().getData())
                .containsOnly(-1, 1)
                .contains(-1, 1);
        assertThat(SmallSamples.orthogonal(20, random(4)).targets().getDDRM().getData())
                .containsOnly(-1, 1)
                .contains(-1, 1);
    }

    private static UniformRandomProvider random(long seed) {
        return RandomSource.XO_SHI_RO_256_PP.create(seed);
    }
}
