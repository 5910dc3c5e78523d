package org.crucis.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.Draw;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GatesTest {

    private static final Architecture RELU =
            Architecture.of(4).hidden(23, 3).outputs(2).variances(2, 0.3);

    private static DenseNetwork draw(Architecture architecture) {
        return architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(7));
    }

    private static SimpleMatrix inputs(int n) {
        return SimpleMatrix.random_DDRM(n, 4, -1, 1, new Random(n));
    }

    /** Oracle: the graph's own activations. 700 inputs make the element-wise chunks end inside a layer. */
    @ParameterizedTest
    @EnumSource(names = {"INITIAL", "INDEPENDENT"})
    void outputsAndGatesAreThoseOfTheGraph(Gates law) {
        for (int n : new int[] {1, 5, 700}) {
            try (DenseNetwork network = draw(RELU.gates(law))) {
                perturb(network);
                SimpleMatrix x = inputs(n);
                ComputationGraph graph = network.model(ComputationGraph.class);
                var activations = graph.feedForward(Nd4j.createFromArray(x.toArray2()), false);
                SimpleMatrix expected =
                        new SimpleMatrix(activations.get("output").toDoubleMatrix());
                assertThat(network.outputs(x).minus(expected).elementMaxAbs())
                        .isLessThan(1e-13 * expected.elementMaxAbs());
                List<SimpleMatrix> gates = network.gates(x);
                assertThat(gates).hasSize(3);
                for (int layer = 0; layer < 3; layer++) {
                    assertThat(gates.get(layer).toArray2())
                            .isDeepEqualTo(activations.get("gate" + layer).toDoubleMatrix());
                }
            }
        }
    }

    private static void perturb(DenseNetwork network) {
        double[] moved = network.parameters();
        Random random = new Random(1);
        for (int p = 0; p < moved.length; p++) {
            moved[p] += 0.3 * random.nextGaussian();
        }
        network.assign(moved);
    }

    /** Oracle: Noy et al. 2021, gates of the ReLU network: same weights, outputs and patterns before training. */
    @Test
    void initialGatesAreThoseOfTheReluNetwork() {
        SimpleMatrix x = inputs(9);
        try (DenseNetwork relu = draw(RELU);
                DenseNetwork gated = draw(RELU.gates(Gates.INITIAL))) {
            assertThat(gated.parameters()).isEqualTo(relu.parameters());
            assertThat(gated.outputs(x).isIdentical(relu.outputs(x), 0)).isTrue();
            List<SimpleMatrix> before = gated.gates(x);
            SimpleMatrix z = x.mult(relu.weights(0));
            for (int i = 0; i < 9; i++) {
                for (int r = 0; r < 23; r++) {
                    assertThat(before.get(0).get(i, r)).isEqualTo(z.get(i, r) + relu.biases(0)[r] > 0 ? 1 : 0);
                }
            }
            perturb(gated);
            perturb(relu);
            assertThat(gated.parameters()).isEqualTo(relu.parameters());
            assertThat(gated.outputs(x).minus(relu.outputs(x)).elementMaxAbs()).isGreaterThan(0.01);
            for (int layer = 0; layer < 3; layer++) {
                assertThat(gated.gates(x).get(layer).isIdentical(before.get(layer), 0))
                        .isTrue();
            }
            assertThat(relu.gates(x)).isEmpty();
        }
    }

    /**
     * Oracle: for independent gates two inputs at the angle theta agree in a gate with probability 1 - theta/pi, at every
     * layer, and each is on with probability 1/2. Binomial(4000) has relative deviation 1.6 % at most; the seed is fixed.
     */
    @Test
    void independentGatesDependOnTheAngleAlone() {
        double theta = 1;
        SimpleMatrix x =
                new SimpleMatrix(new double[][] {{1, 0, 0, 0}, {3 * Math.cos(theta), 0, 0, 3 * Math.sin(theta)}});
        Architecture wide = Architecture.of(4).hidden(4000, 2).variances(2, 5).gates(Gates.INDEPENDENT);
        try (DenseNetwork network = draw(wide)) {
            List<SimpleMatrix> gates = network.gates(x);
            for (SimpleMatrix layer : gates) {
                double agree = IntStream.range(0, 4000)
                                .filter(r -> layer.get(0, r) == layer.get(1, r))
                                .count()
                        / 4000.0;
                assertThat(layer.elementSum() / 8000).isCloseTo(0.5, within(0.03));
                assertThat(agree).isCloseTo(1 - theta / Math.PI, within(0.03));
            }
            assertThat(gates.get(0).isIdentical(gates.get(1), 0)).isFalse();
        }
    }

    @Test
    void independentGatesLeaveTheDrawOfTheWeightsAlone() {
        try (DenseNetwork relu = draw(RELU);
                DenseNetwork gated = draw(RELU.gates(Gates.INDEPENDENT));
                DenseNetwork other = RELU.gates(Gates.INDEPENDENT).draw(RandomSource.XO_SHI_RO_256_PP.create(8))) {
            assertThat(gated.parameters()).isEqualTo(relu.parameters());
            SimpleMatrix x = inputs(9);
            assertThat(gated.gates(x).get(1).isIdentical(other.gates(x).get(1), 0))
                    .isFalse();
            other.assign(gated.parameters());
            assertThat(other.outputs(x).minus(gated.outputs(x)).elementMaxAbs()).isGreaterThan(0.01);
            try (DenseNetwork copy = gated.copy()) {
                assertThat(copy.outputs(x).isIdentical(gated.outputs(x), 0)).isTrue();
                perturb(copy);
                assertThat(gated.parameters()).isEqualTo(relu.parameters());
            }
        }
    }

    @Test
    void mirroredNetworksStartAtZeroWithAnyGates() {
        for (Gates law : Gates.values()) {
            Architecture mirrored = Architecture.of(4)
                    .hidden(10, 1)
                    .variances(2, 0.5)
                    .mirrored()
                    .gates(law);
            try (DenseNetwork network = draw(mirrored)) {
                assertThat(network.outputs(inputs(6)).elementMaxAbs()).isLessThan(1e-15);
                perturb(network);
                assertThat(network.outputs(inputs(6)).elementMaxAbs()).isGreaterThan(0.01);
            }
        }
    }

    /** Frozen gates make the output linear in each layer: f(W + V) - f(W) = f(W + 2V) - f(W + V), to rounding. */
    @ParameterizedTest
    @EnumSource(names = {"INITIAL", "INDEPENDENT"})
    void outputsAreLinearInEachLayer(Gates law) {
        Draw.cases(5, 40, draw -> {
            int depth = draw.integer("depth", 1, 4);
            int width = draw.integer("width", 1, 40);
            int n = draw.integer("inputs", 1, 30);
            int layer = draw.integer("layer", 0, 4) % (depth + 1);
            Architecture architecture =
                    Architecture.of(4).hidden(width, depth).variances(2, 0.1).gates(law);
            SimpleMatrix x = inputs(n);
            try (DenseNetwork network = draw(architecture)) {
                SimpleMatrix zero = network.outputs(x);
                int from = 0;
                for (int l = 0; l < layer; l++) {
                    from += (architecture.fanIn(l) + 1) * architecture.fanOut(l);
                }
                int size = (architecture.fanIn(layer) + 1) * architecture.fanOut(layer);
                double[] direction = new Random(draw.integer("seed", 0, 1000))
                        .doubles(size, -1, 1)
                        .toArray();
                SimpleMatrix one = shifted(network, from, direction, x);
                SimpleMatrix two = shifted(network, from, direction, x);
                double scale = 1 + zero.elementMaxAbs() + one.elementMaxAbs() + two.elementMaxAbs();
                assertThat(two.minus(one).minus(one.minus(zero)).elementMaxAbs())
                        .isLessThan(1e-13 * scale);
            }
        });
    }

    private static SimpleMatrix shifted(DenseNetwork network, int from, double[] direction, SimpleMatrix x) {
        double[] parameters = network.parameters();
        for (int i = 0; i < direction.length; i++) {
            parameters[from + i] += direction[i];
        }
        network.assign(parameters);
        return network.outputs(x);
    }

    /**
     * Oracle: differences over a step of 1, exact up to rounding because the output is linear in each single parameter. Both
     * DeepLearning4J's gradient and the raw step are held to them.
     */
    @ParameterizedTest
    @EnumSource(names = {"INITIAL", "INDEPENDENT"})
    void gradientsAreDifferencesOverAnyStep(Gates law) {
        Architecture small = Architecture.of(4)
                .hidden(7, 3)
                .variances(2, 0.3)
                .parametrization(Parametrization.standard())
                .gates(law);
        SimpleMatrix x = inputs(5);
        double[] signals = new Random(9).doubles(5, -1, 1).toArray();
        SimpleMatrix e = new SimpleMatrix(signals);
        try (DenseNetwork network = draw(small)) {
            perturb(network);
            double[] start = network.parameters();
            double[] differences = new double[start.length];
            for (int p = 0; p < start.length; p++) {
                double[] moved = start.clone();
                moved[p] += 1;
                network.assign(moved);
                double up = network.outputs(x).dot(e);
                moved[p] -= 2;
                network.assign(moved);
                differences[p] = (up - network.outputs(x).dot(e)) / 2;
            }
            network.assign(start);
            double size = Arrays.stream(differences).map(Math::abs).max().orElseThrow();
            assertThat(size).isGreaterThan(0.1);
            try (ModelPropagation theirs = ModelPropagation.of(network, x);
                    Steps ours = Steps.of(network, x)) {
                theirs.forward();
                assertThat(theirs.gradient(signals))
                        .usingComparatorWithPrecision(1e-13 * (1 + size))
                        .containsExactly(differences);
                ours.step(signals, 1);
                double[] after = network.parameters();
                double[] rates = network.rates();
                for (int p = 0; p < start.length; p++) {
                    assertThat(start[p] - after[p]).isCloseTo(rates[p] * differences[p], within(1e-13 * (1 + size)));
                }
            }
        }
    }

    /** The model of a closed network is used again: nothing of the earlier gates may be left. */
    @Test
    void aNetworkDrawnAfterAClosedOneHasItsOwnGates() {
        for (Gates law : List.of(Gates.INITIAL, Gates.INDEPENDENT)) {
            Architecture a = RELU.gates(law);
            SimpleMatrix x = inputs(8);
            SimpleMatrix fresh;
            try (DenseNetwork network = draw(a)) {
                fresh = network.outputs(x);
            }
            try (DenseNetwork other = a.draw(RandomSource.XO_SHI_RO_256_PP.create(99))) {
                assertThat(other.outputs(x).minus(fresh).elementMaxAbs()).isGreaterThan(0.01);
            }
            try (DenseNetwork again = draw(a)) {
                assertThat(again.outputs(x).isIdentical(fresh, 0)).isTrue();
            }
        }
    }

    /** The step function survives DeepLearning4J's save and load. Oracle: outputs before. */
    @Test
    void aSavedGraphComputesTheSame(@TempDir java.nio.file.Path folder) throws Exception {
        try (DenseNetwork network = draw(RELU.gates(Gates.INITIAL))) {
            INDArray x = Nd4j.createFromArray(inputs(4).toArray2());
            ComputationGraph graph = network.model(ComputationGraph.class);
            java.io.File file = folder.resolve("graph.zip").toFile();
            graph.save(file);
            ComputationGraph loaded = ComputationGraph.load(file, false);
            assertThat(loaded.outputSingle(x).toDoubleMatrix())
                    .isDeepEqualTo(graph.outputSingle(x).toDoubleMatrix());
            assertThatThrownBy(() -> network.model(MultiLayerNetwork.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is a ComputationGraph, not a MultiLayerNetwork");
        }
    }

    /** Oracle: DeepLearning4J's fit, once, of the graph that was handed out; the frozen numbers stay to the bit. */
    @ParameterizedTest
    @EnumSource(names = {"INITIAL", "INDEPENDENT"})
    void oneFitOfTheGraphIsOneStepWithEtaOneAndMovesNoGate(Gates law) {
        Architecture small = Architecture.of(4).hidden(6, 2).variances(0.5, 0.3).gates(law);
        SimpleMatrix x = inputs(5);
        SimpleMatrix y = SimpleMatrix.random_DDRM(5, 1, -1, 1, new Random(3));
        try (DenseNetwork ours = draw(small);
                DenseNetwork theirs = draw(small)) {
            List<SimpleMatrix> gates = theirs.gates(x);
            double[] before = ours.parameters();
            try (Steps steps = Steps.of(ours, x)) {
                steps.step(ours.outputs(x).minus(y).getDDRM().getData(), 1);
            }
            theirs.model(ComputationGraph.class)
                    .fit(
                            new INDArray[] {Nd4j.createFromArray(x.toArray2())},
                            new INDArray[] {Nd4j.createFromArray(y.toArray2())});
            double[] a = ours.parameters();
            double[] b = theirs.parameters();
            assertThat(IntStream.range(0, a.length)
                            .mapToDouble(p -> Math.abs(a[p] - b[p]))
                            .max()
                            .orElseThrow())
                    .isLessThan(1e-13);
            assertThat(a).isNotEqualTo(before);
            for (int layer = 0; layer < 2; layer++) {
                assertThat(theirs.gates(x).get(layer).isIdentical(gates.get(layer), 0))
                        .isTrue();
            }
        }
    }

    @Test
    void gatesBeyondAnArrayAreRefused() {
        Architecture wide = Architecture.of(1).hidden(50_000, 1).gates(Gates.INDEPENDENT);
        try (DenseNetwork network = wide.draw(RandomSource.XO_SHI_RO_256_PP.create(1))) {
            assertThatThrownBy(() -> network.gates(SimpleMatrix.filled(50_000, 1, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The gates of 50000 inputs at width 50000 are more than an array holds;"
                            + " take fewer inputs at a time.");
        }
    }
}
