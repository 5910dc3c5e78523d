package org.crucis.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Gates;
import org.crucis.network.Network;
import org.crucis.network.Parametrization;
import org.crucis.network.Trained;
import org.crucis.network.TrainedLayers;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The raw products move the weights as DeepLearning4J's own gradient does. Oracle: computeGradientAndScore. */
class ArithmeticTest {

    private static final int STEPS = 100;
    private static final List<TrainedLayers> NAMED = List.of(Trained.ALL, Trained.HIDDEN, Trained.OUTPUT);

    static Stream<Arguments> everything() {
        List<Arguments> all = new ArrayList<>();
        for (Activation phi : Activation.values()) {
            for (int depth = 1; depth <= 3; depth++) {
                for (double biasVariance : new double[] {0, 0.2}) {
                    // Which layers move does not depend on the activation: one of them shows the further subsets.
                    for (TrainedLayers trained : phi == Activation.TANH ? subsets(depth) : NAMED) {
                        all.add(Arguments.of(phi, depth, biasVariance, trained));
                    }
                }
            }
        }
        return all.stream();
    }

    /** Named ones, each layer alone, and both ends without the middle. */
    static List<TrainedLayers> subsets(int depth) {
        List<TrainedLayers> subsets = new ArrayList<>(NAMED);
        for (int layer = 0; layer < depth; layer++) {
            subsets.add(Trained.only(layer));
        }
        if (depth > 1) {
            subsets.add(Trained.INNER);
            subsets.add(Trained.only(depth, 0));
        }
        return subsets;
    }

    @ParameterizedTest(name = "{0}, depth {1}, sb^2 = {2}, {3} trained")
    @MethodSource("everything")
    void agreesWithDeepLearning4j(Activation phi, int depth, double biasVariance, TrainedLayers trained) {
        Architecture architecture = Architecture.of(4)
                .hidden(24, depth)
                .activation(phi)
                .variances(1.5, biasVariance)
                .trained(trained);
        compare(architecture, 7, 0.04, 1e-4);
    }

    static Stream<Arguments> everythingGated() {
        List<Arguments> all = new ArrayList<>();
        for (Gates law : List.of(Gates.INITIAL, Gates.INDEPENDENT)) {
            for (int depth = 1; depth <= 3; depth++) {
                all.add(Arguments.of(law, depth, 0, Trained.ALL));
                for (TrainedLayers trained : subsets(depth)) {
                    all.add(Arguments.of(law, depth, 0.2, trained));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "gates {0}, depth {1}, sb^2 = {2}, {3} trained")
    @MethodSource("everythingGated")
    void agreesWithTheGraphOfFrozenGates(Gates law, int depth, double biasVariance, TrainedLayers trained) {
        Architecture architecture = Architecture.of(4)
                .hidden(24, depth)
                .variances(1.5, biasVariance)
                .gates(law)
                .trained(trained);
        compare(architecture, 7, 0.04, 1e-4, 100);
    }

    @Test
    void agreesWithSeveralOutputs() {
        Architecture architecture = Architecture.of(4)
                .hidden(24, 2)
                .outputs(3)
                .activation(Activation.SOFTPLUS)
                .variances(1.5, 0.2);
        compare(architecture, 7, 0.02, 1e-4);
    }

    /** 900 inputs: the element-wise chunks hold four neurons, and 24 + 3 leaves a last chunk of three. */
    @Test
    void agreesAcrossChunks() {
        Architecture architecture = Architecture.of(4)
                .hidden(27, 2)
                .activation(Activation.GELU)
                .variances(1.5, 0.2)
                .parametrization(Parametrization.muP());
        compare(architecture, 900, 2e-5, 1e-4);
    }

    private static void compare(Architecture architecture, int n, double eta, double leastMotion) {
        compare(architecture, n, eta, leastMotion, STEPS);
    }

    private static void compare(Architecture architecture, int n, double eta, double leastMotion, int steps) {
        SimpleMatrix x = SimpleMatrix.random_DDRM(n, 4, -1, 1, new Random(n));
        SimpleMatrix y = SimpleMatrix.random_DDRM(n, architecture.outputs(), -1, 1, new Random(n + 1));
        GradientDescent descent = GradientDescent.withStep(eta).atMost(steps);
        try (Network raw = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3));
                Network reference = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(3))) {
            double[] before = raw.parameters();
            Training fast = descent.run(raw, x, y);
            Training slow = descent.by(Arithmetic.DEEPLEARNING4J).run(reference, x, y);
            double[] a = raw.parameters();
            double[] b = reference.parameters();
            double[] rates = raw.rates();
            double size = 0;
            double difference = 0;
            double motion = 0;
            for (int i = 0; i < a.length; i++) {
                size = Math.max(size, Math.abs(b[i]));
                difference = Math.max(difference, Math.abs(a[i] - b[i]));
                motion = Math.max(motion, Math.abs(b[i] - before[i]));
                if (rates[i] == 0) {
                    assertThat(a[i]).as("frozen parameter %s", i).isEqualTo(before[i]);
                }
            }
            assertThat(difference).isLessThan(1e-12 * size);
            assertThat(motion).isGreaterThan(leastMotion);
            for (int t = 0; t <= steps; t++) {
                assertThat(Math.abs(fast.loss(t) - slow.loss(t))).isLessThan(1e-12 * slow.loss(0));
            }
            assertThat(fast.outputs().minus(slow.outputs()).elementMaxAbs()).isLessThan(1e-12);
        }
    }
}
