package org.crucis.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static UniformRandomProvider random(long seed) {
        return RandomSource.XO_SHI_RO_256_PP.create(seed);
    }

    private static double[] parameters(Architecture architecture, long seed) {
        try (DenseNetwork network = architecture.draw(random(seed))) {
            return network.parameters();
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
        Architecture a = Architecture.of(3).hidden(17, 2).variances(2, 0.1);
        assertThat(parameters(a, 1)).isEqualTo(parameters(a, 1)).isNotEqualTo(parameters(a, 2));
    }

    /** The model of a closed network is used again: nothing of the earlier weights may be left. */
    @Test
    void aNetworkDrawnAfterAClosedOneIsNotAffectedByIt() {
        Architecture a = Architecture.of(3).hidden(8, 1).variances(1, 0.1);
        double[] fresh = parameters(a, 5);
        try (DenseNetwork network = a.draw(random(6))) {
            double[] infinite = new double[fresh.length];
            Arrays.fill(infinite, Double.POSITIVE_INFINITY);
            network.assign(infinite);
        }
        assertThat(parameters(a, 5)).isEqualTo(fresh);
    }

    @Test
    void aWiderNetworkStartsWithTheNeuronsOfTheNarrowerOne() {
        Architecture a = Architecture.of(3).variances(1, 0.5);
        try (DenseNetwork narrow = a.hidden(4, 1).draw(random(3));
                DenseNetwork wide = a.hidden(8, 1).draw(random(3))) {
            assertThat(wide.weights(0).extractMatrix(0, 3, 0, 4).isIdentical(narrow.weights(0), 0))
                    .isTrue();
            assertThat(Arrays.copyOf(wide.biases(0), 4)).isEqualTo(narrow.biases(0));
        }
    }

    /**
     * Oracle: the prescribed deviations. A sample variance of N Gaussians has relative standard error sqrt(2/N): 0.9 %
     * at N = 25 000, so 5 % is five standard errors; the seed is fixed.
     */
    @Test
    void drawnWeightsHaveThePrescribedDeviations() {
        Architecture a = Architecture.of(50).hidden(500, 2).variances(2, 0.25);
        try (DenseNetwork network = a.draw(random(11))) {
            assertThat(meanSquare(network.weights(0).getDDRM().getData())).isCloseTo(2.0 / 50, within(0.05 * 2 / 50));
            assertThat(meanSquare(network.weights(1).getDDRM().getData())).isCloseTo(2.0 / 500, within(0.05 * 2 / 500));
            // 500 numbers: relative standard error 6.3 %
            assertThat(meanSquare(network.weights(2).getDDRM().getData())).isCloseTo(2.0 / 500, within(0.3 * 2 / 500));
            assertThat(meanSquare(network.biases(0))).isCloseTo(0.25, within(0.3 * 0.25));
            assertThat(network.biases(2)).hasSize(1).doesNotContain(0);
        }
    }

    @Test
    void outputWeightsFollowTheirLaw() {
        Architecture a = Architecture.of(2).hidden(400, 1).variances(1, 0);
        SimpleMatrix gaussian = output(a);
        SimpleMatrix positive = output(a.outputWeights(OutputWeights.POSITIVE));
        SimpleMatrix signs = output(a.outputWeights(OutputWeights.SIGNS));
        int negative = 0;
        for (int r = 0; r < 400; r++) {
            assertThat(positive.get(r, 0)).isEqualTo(Math.abs(gaussian.get(r, 0)));
            assertThat(Math.abs(signs.get(r, 0))).isCloseTo(1 / 20.0, within(1e-16));
            negative += signs.get(r, 0) < 0 ? 1 : 0;
        }
        // Binomial(400, 1/2) has standard deviation 10.
        assertThat(negative).isBetween(150, 250);
    }

    private static SimpleMatrix output(Architecture a) {
        try (DenseNetwork network = a.draw(random(4))) {
            return network.weights(1);
        }
    }

    @Test
    void mirroredNetworksStartAtZero() {
        SimpleMatrix inputs = SimpleMatrix.random_DDRM(6, 3, -1, 1, new java.util.Random(1));
        Architecture a = Architecture.of(3)
                .hidden(10, 1)
                .activation(Activation.SOFTPLUS)
                .variances(1, 0.5)
                .mirrored();
        try (DenseNetwork network = a.draw(random(9))) {
            // Sums of five terms of size one and their negatives.
            assertThat(network.outputs(inputs).elementMaxAbs()).isLessThan(1e-15);
            SimpleMatrix w = network.weights(0);
            assertThat(w.extractMatrix(0, 3, 0, 5).isIdentical(w.extractMatrix(0, 3, 5, 10), 0))
                    .isTrue();
            assertThat(w.extractVector(false, 0).isIdentical(w.extractVector(false, 1), 0))
                    .isFalse();
            assertThat(network.weights(1).elementSum()).isCloseTo(0, within(1e-15));
            assertThat(network.weights(1).elementMaxAbs()).isGreaterThan(0.1);
        }
        try (DenseNetwork network = a.neurons(Neurons.INDEPENDENT).draw(random(9))) {
            assertThat(network.outputs(inputs).elementMaxAbs()).isGreaterThan(1e-3);
        }
    }

    @Test
    void sharedNeuronsAreCopiesOfOne() {
        Architecture a = Architecture.of(3).hidden(6, 2).variances(1, 0.5).neurons(Neurons.SHARED);
        try (DenseNetwork network = a.draw(random(9))) {
            for (int layer = 0; layer < 2; layer++) {
                for (int r = 1; r < 6; r++) {
                    assertThat(network.weights(layer)
                                    .extractVector(false, r)
                                    .isIdentical(network.weights(layer).extractVector(false, 0), 0))
                            .isTrue();
                    assertThat(network.biases(layer)[r]).isEqualTo(network.biases(layer)[0]);
                }
            }
            assertThat(network.weights(2).get(0, 0))
                    .isNotEqualTo(network.weights(2).get(1, 0));
        }
    }

    /** Architectures are keys of the model pool. */
    @Test
    void theSameLayersNamedInAnotherOrderAreTheSame() {
        Architecture a = Architecture.of(3).hidden(4, 2);
        assertThat(a.trained(Trained.only(2, 0, 2)))
                .isEqualTo(a.trained(Trained.only(0, 2)))
                .hasSameHashCodeAs(a.trained(Trained.only(0, 2)))
                .isNotEqualTo(a.trained(Trained.only(0)));
        assertThat(Trained.only(2, 0)).hasToString("only(0, 2)");
    }

    static Stream<Arguments> mistakes() {
        Architecture three = Architecture.of(3);
        return Stream.of(
                mistake(() -> Architecture.of(0), "number of inputs is 0", "at least 1"),
                mistake(() -> three.hidden(0, 1), "width is 0", "at least 1"),
                mistake(() -> three.hidden(4, 0), "depth is 0", "at least 1"),
                mistake(() -> three.outputs(0), "number of outputs is 0", "at least 1"),
                mistake(() -> three.variances(-1, 0), "weight variance is -1", "positive"),
                mistake(() -> three.variances(Double.NaN, 0), "weight variance is NaN", "positive"),
                mistake(() -> three.variances(1, -0.5), "bias variance is -0.5", "without biases"),
                mistake(() -> three.variances(1, Double.POSITIVE_INFINITY), "bias variance is Infinity", "finite"),
                mistake(() -> three.draw(random(1)), "no hidden layer", "hidden(width, depth)"),
                mistake(() -> three.hidden(5, 1).mirrored().draw(random(1)), "even width", "width 5"),
                mistake(() -> three.hidden(4, 2).mirrored().draw(random(1)), "one hidden layer", "not 2"),
                mistake(
                        () -> three.hidden(4, 1)
                                .mirrored()
                                .outputWeights(OutputWeights.POSITIVE)
                                .draw(random(1)),
                        "POSITIVE",
                        "centre"),
                mistake(
                        () -> three.hidden(4, 1).trained(Trained.INNER).draw(random(1)),
                        "no layer is trained",
                        "depth"),
                mistake(() -> three.hidden(4, 1).trained(Trained.only(0, 2)).draw(random(1)), "no layer 2", "output"),
                mistake(() -> Trained.only(), "layers to train are []", "at least one"),
                mistake(() -> Trained.only(1, -1), "layers to train are [-1, 1]", "counted from 0"),
                mistake(
                        () -> three.hidden(4, 1)
                                .activation(Activation.ERF)
                                .gates(Gates.INITIAL)
                                .draw(random(1)),
                        "not of ERF",
                        "activation(RELU)"),
                mistake(() -> three.hidden(4, 1).scale(2), "no layer 2", "output layer"),
                mistake(() -> three.hidden(1_000_000, 2).draw(random(1)), "parameters", "2^31"));
    }

    private static Arguments mistake(ThrowingCallable call, String wrong, String remedy) {
        return Arguments.of(wrong, remedy, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void aMistakeIsNamedInOneSentence(String wrong, String remedy, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(wrong)
                .hasMessageContaining(remedy)
                .hasMessageEndingWith(".");
    }

    private static double meanSquare(double[] values) {
        return Arrays.stream(values).map(v -> v * v).average().orElseThrow();
    }
}
