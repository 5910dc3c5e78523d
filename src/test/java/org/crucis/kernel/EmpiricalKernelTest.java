package org.crucis.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.Draw;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.GradientFactors;
import org.crucis.network.GraphNetwork;
import org.crucis.network.Parametrization;
import org.crucis.network.Trained;
import org.crucis.network.TrainedLayers;
import org.crucis.training.GradientDescent;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmpiricalKernelTest {

    private static DenseNetwork draw(Architecture architecture) {
        return architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(21));
    }

    private static SimpleMatrix inputs(int n) {
        return SimpleMatrix.random_DDRM(n, 4, -1, 1, new Random(n));
    }

    static Stream<Arguments> everything() {
        List<Arguments> all = new ArrayList<>();
        for (Activation phi : Activation.values()) {
            for (int depth = 1; depth <= 3; depth++) {
                for (double biasVariance : new double[] {0, 0.4}) {
                    for (TrainedLayers trained : List.of(
                            Trained.ALL, Trained.HIDDEN, Trained.OUTPUT, Trained.only(1), Trained.only(0, depth))) {
                        for (int outputs : new int[] {1, 3}) {
                            all.add(Arguments.of(phi, depth, biasVariance, trained, outputs));
                        }
                    }
                }
            }
        }
        return all.stream();
    }

    /** Check P1 of Novak et al. 2022. Oracle: contracted per-example gradients of DeepLearning4J. */
    @ParameterizedTest(name = "{0}, depth {1}, sb^2 = {2}, {3} trained, {4} outputs")
    @MethodSource("everything")
    void agreesWithPerExampleGradients(
            Activation phi, int depth, double biasVariance, TrainedLayers trained, int outputs) {
        Architecture architecture = Architecture.of(4)
                .hidden(19, depth)
                .outputs(outputs)
                .activation(phi)
                .variances(1.5, biasVariance)
                .trained(trained);
        try (DenseNetwork network = draw(architecture)) {
            SimpleMatrix x = inputs(6);
            SimpleMatrix expected = EmpiricalKernel.byPerExampleGradients(network, x);
            assertThat(expected.elementMaxAbs()).isGreaterThan(1e-3);
            assertThat(distance(EmpiricalKernel.of(network, x), expected)).isLessThan(1e-12);
            assertThat(distance(
                            EmpiricalKernel.between(network, x.rows(0, 2), x.rows(2, 6)),
                            between(expected, outputs, 2)))
                    .isLessThan(1e-12);
        }
    }

    /** Of a joint kernel of one set, the kernel between its first k inputs and the others. */
    private static SimpleMatrix between(SimpleMatrix kernel, int outputs, int k) {
        int n = kernel.getNumRows() / outputs;
        SimpleMatrix between = new SimpleMatrix(k * outputs, (n - k) * outputs);
        for (int o = 0; o < outputs; o++) {
            for (int p = 0; p < outputs; p++) {
                SimpleMatrix block = kernel.extractMatrix(o * n, o * n + k, p * n + k, (p + 1) * n);
                between.insertIntoThis(o * k, p * (n - k), block);
            }
        }
        return between;
    }

    static Stream<Parametrization> parametrizations() {
        return Stream.of(
                Parametrization.ntk(),
                Parametrization.standard(),
                Parametrization.muP(),
                Parametrization.meanField(),
                Parametrization.ntk().scaledBy(5));
    }

    /** Oracle: rates times products of central differences of f in every single parameter (error about 1e-9). */
    @ParameterizedTest
    @MethodSource("parametrizations")
    void agreesWithCentralDifferences(Parametrization form) {
        Architecture architecture = Architecture.of(4)
                .hidden(7, 1)
                .outputs(2)
                .activation(Activation.TANH)
                .variances(1.5, 0.4)
                .parametrization(form);
        double h = 1e-5;
        try (DenseNetwork network = draw(architecture)) {
            SimpleMatrix x = inputs(5);
            SimpleMatrix kernel = EmpiricalKernel.of(network, x);
            double[] start = network.parameters();
            double[] rates = network.rates();
            SimpleMatrix expected = new SimpleMatrix(10, 10);
            for (int p = 0; p < start.length; p++) {
                double[] moved = start.clone();
                moved[p] = start[p] + h;
                network.assign(moved);
                SimpleMatrix up = stacked(network.outputs(x));
                moved[p] = start[p] - h;
                network.assign(moved);
                SimpleMatrix slope = up.minus(stacked(network.outputs(x))).scale(1 / (2 * h));
                expected = expected.plus(slope.mult(slope.transpose()).scale(rates[p]));
            }
            assertThat(distance(kernel, expected)).isLessThan(1e-8);
        }
    }

    /** The columns of an n x O matrix below each other. */
    private static SimpleMatrix stacked(SimpleMatrix columns) {
        return new SimpleMatrix(
                columns.getNumElements(), 1, true, columns.transpose().getDDRM().getData());
    }

    /**
     * Check P3: a step of size eta changes the outputs by -eta Theta (f - y) + O(eta^2). Oracle: the step itself; the
     * error must fall with eta.
     */
    @ParameterizedTest
    @MethodSource("parametrizations")
    void oneSmallStepMovesTheOutputsByTheKernel(Parametrization form) {
        Architecture architecture = Architecture.of(4)
                .hidden(30, 1)
                .outputs(2)
                .activation(Activation.SOFTPLUS)
                .variances(1.5, 0.4)
                .parametrization(form);
        double[] errors = new double[2];
        double[] etas = {1e-5, 1e-6};
        for (int i = 0; i < 2; i++) {
            try (DenseNetwork network = draw(architecture)) {
                SimpleMatrix x = inputs(5);
                SimpleMatrix y = SimpleMatrix.random_DDRM(5, 2, -1, 1, new Random(3));
                SimpleMatrix residual = stacked(network.outputs(x).minus(y));
                SimpleMatrix expected =
                        EmpiricalKernel.of(network, x).mult(residual).scale(-1);
                SimpleMatrix before = network.outputs(x);
                GradientDescent.withStep(etas[i]).atMost(1).run(network, x, y);
                SimpleMatrix moved = stacked(network.outputs(x).minus(before)).scale(1 / etas[i]);
                errors[i] = distance(moved, expected);
            }
        }
        assertThat(errors[0]).isLessThan(0.02);
        assertThat(errors[1]).isLessThan(0.2 * errors[0]);
    }

    /** Check P4: symmetric, lambda_min at least -1e-12 lambda_max, rank at most P. */
    @ParameterizedTest
    @EnumSource
    void isPositiveSemidefinite(Activation phi) {
        Architecture architecture =
                Architecture.of(4).hidden(2, 1).outputs(2).activation(phi).variances(2, 0.1);
        int parameters = architecture.parameters(); // 16
        try (DenseNetwork network = draw(architecture)) {
            SimpleMatrix kernel = EmpiricalKernel.of(network, inputs(10));
            assertThat(kernel.isIdentical(kernel.transpose(), 0)).isTrue();
            var eigenvalues = kernel.eig().getEigenvalues().stream()
                    .mapToDouble(e -> e.getReal())
                    .sorted()
                    .toArray();
            double largest = eigenvalues[19];
            assertThat(eigenvalues[0]).isGreaterThan(-1e-12 * largest);
            assertThat(eigenvalues[19 - parameters]).isLessThan(1e-12 * largest);
        }
    }

    /** Oracle: the corresponding block of the kernel of all inputs together. */
    @Test
    void betweenTwoSetsIsABlockOfTheWhole() {
        Architecture architecture = Architecture.of(4).hidden(40, 2).variances(2, 0.1);
        try (DenseNetwork network = draw(architecture)) {
            SimpleMatrix x = inputs(9);
            SimpleMatrix whole = EmpiricalKernel.of(network, x);
            SimpleMatrix block = EmpiricalKernel.between(network, x.rows(0, 6), x.rows(6, 9));
            assertThat(block.getNumRows()).isEqualTo(6);
            assertThat(block.getNumCols()).isEqualTo(3);
            assertThat(distance(block, whole.extractMatrix(0, 6, 6, 9))).isLessThan(1e-14);
        }
    }

    /**
     * Oracle: the card's formula by hand for one hidden layer, NTK with sw^2 = 2, d = 4, m = 10: output weights share
     * (2/10) a.a' + sb^2, first-layer share ((2/4) x.x' + sb^2) sum_r v_r^2 phi'(z_r) phi'(z'_r).
     */
    @Test
    void layerSharesAreTheTermsOfTheSum() {
        Architecture architecture =
                Architecture.of(4).hidden(10, 1).activation(Activation.ERF).variances(2, 0.3);
        try (DenseNetwork network = draw(architecture)) {
            SimpleMatrix x = inputs(3);
            List<SimpleMatrix> shares = EmpiricalKernel.layerShares(network, x);
            assertThat(shares).hasSize(2);
            SimpleMatrix z = x.mult(network.weights(0));
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    double features = 0;
                    double slopes = 0;
                    for (int r = 0; r < 10; r++) {
                        double zi = z.get(i, r) + network.biases(0)[r];
                        double zj = z.get(j, r) + network.biases(0)[r];
                        double v = network.weights(1).get(r, 0);
                        features += Activation.ERF.value(zi) * Activation.ERF.value(zj);
                        slopes += v * v * Activation.ERF.derivative(zi) * Activation.ERF.derivative(zj);
                    }
                    double product = x.getRow(i).dot(x.getRow(j));
                    assertThat(shares.get(1).get(i, j)).isCloseTo(0.2 * features + 0.3, within(1e-13));
                    assertThat(shares.get(0).get(i, j)).isCloseTo((0.5 * product + 0.3) * slopes, within(1e-13));
                }
            }
            assertThat(distance(shares.get(0).plus(shares.get(1)), EmpiricalKernel.of(network, x)))
                    .isLessThan(1e-14);
        }
    }

    @Test
    void frozenLayersShareNothing() {
        Architecture architecture = Architecture.of(4).hidden(10, 2).variances(2, 0.3);
        SimpleMatrix x = inputs(3);
        try (DenseNetwork all = draw(architecture);
                DenseNetwork hidden = draw(architecture.trained(Trained.HIDDEN))) {
            List<SimpleMatrix> shares = EmpiricalKernel.layerShares(hidden, x);
            assertThat(shares.get(2).elementMaxAbs()).isZero();
            assertThat(distance(
                            EmpiricalKernel.of(hidden, x),
                            EmpiricalKernel.of(all, x)
                                    .minus(EmpiricalKernel.layerShares(all, x).get(2))))
                    .isLessThan(1e-13);
        }
    }

    /**
     * The check can fail: the card's planted errors (bias term dropped, signals of the loss instead of the outputs, phi where
     * phi' is needed) are off by more than 1e-3.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void plantedErrorsAreFarFromTheOracle(int outputs) {
        Architecture architecture =
                Architecture.of(4).hidden(19, 1).outputs(outputs).variances(1.5, 0.4);
        try (DenseNetwork network = draw(architecture)) {
            SimpleMatrix x = inputs(6);
            SimpleMatrix expected = EmpiricalKernel.byPerExampleGradients(network, x);
            SimpleMatrix residuals = stacked(network.outputs(x));
            SimpleMatrix byLoss = EmpiricalKernel.of(network, x).elementMult(residuals.mult(residuals.transpose()));
            assertThat(distance(byLoss, expected)).isGreaterThan(1e-3);
            double[] parameters = network.parameters();
            try (DenseNetwork withoutBiases =
                    architecture.variances(1.5, 1e-300).draw(RandomSource.XO_SHI_RO_256_PP.create(21))) {
                withoutBiases.assign(parameters);
                assertThat(distance(EmpiricalKernel.of(withoutBiases, x), expected))
                        .isGreaterThan(1e-3);
            }
            assertThat(distance(oneHiddenLayer(network, x, Activation.RELU::derivative), expected))
                    .isLessThan(1e-12);
            assertThat(distance(oneHiddenLayer(network, x, Activation.RELU::value), expected))
                    .isGreaterThan(1e-3);
        }
    }

    /** The card's formula by hand for one hidden layer of ReLU, sw^2 = 1.5 and sb^2 = 0.4, with this for phi'. */
    private static SimpleMatrix oneHiddenLayer(DenseNetwork network, SimpleMatrix x, DoubleUnaryOperator slope) {
        int n = x.getNumRows();
        int width = network.architecture().width();
        int outputs = network.architecture().outputs();
        SimpleMatrix z = x.mult(network.weights(0));
        SimpleMatrix activations = new SimpleMatrix(n, width);
        SimpleMatrix signals = new SimpleMatrix(n * outputs, width);
        for (int i = 0; i < n; i++) {
            for (int r = 0; r < width; r++) {
                double preActivation = z.get(i, r) + network.biases(0)[r];
                activations.set(i, r, Activation.RELU.value(preActivation));
                for (int o = 0; o < outputs; o++) {
                    signals.set(o * n + i, r, network.weights(1).get(r, o) * slope.applyAsDouble(preActivation));
                }
            }
        }
        SimpleMatrix first = x.mult(x.transpose()).scale(1.5 / 4).plus(0.4);
        SimpleMatrix last =
                activations.mult(activations.transpose()).scale(1.5 / width).plus(0.4);
        SimpleMatrix products = signals.mult(signals.transpose());
        SimpleMatrix kernel = new SimpleMatrix(n * outputs, n * outputs);
        for (int row = 0; row < n * outputs; row++) {
            for (int column = 0; column < n * outputs; column++) {
                double entry = first.get(row % n, column % n) * products.get(row, column);
                kernel.set(row, column, entry + (row / n == column / n ? last.get(row % n, column % n) : 0));
            }
        }
        return kernel;
    }

    /** Oracle: the kernel of each pair of inputs by itself; 300 inputs take the blocked native kernels. */
    @Test
    void manyInputsGiveTheSameEntriesAsFew() {
        Architecture architecture = Architecture.of(4).hidden(130, 2).variances(2, 0.1);
        try (DenseNetwork network = draw(architecture)) {
            SimpleMatrix x = inputs(300);
            SimpleMatrix kernel = EmpiricalKernel.of(network, x);
            for (int i = 0; i < 300; i += 37) {
                for (int j = 0; j < 300; j += 41) {
                    double alone = EmpiricalKernel.between(network, x.getRow(i), x.getRow(j))
                            .get(0, 0);
                    assertThat(kernel.get(i, j)).isCloseTo(alone, within(1e-12 * kernel.elementMaxAbs()));
                }
            }
        }
    }

    /** Oracle: the definition, (1/O) sum_o of the diagonal blocks; for one output both kernels are the same. */
    @Test
    void theAverageOverOutputsIsTheMeanOfTheirOwnKernels() {
        Draw.cases(6, 40, draw -> {
            Architecture architecture = architecture(draw);
            int outputs = architecture.outputs();
            SimpleMatrix x = inputs(draw.integer("inputs", 1, 12));
            try (DenseNetwork network = draw(architecture)) {
                SimpleMatrix averaged = EmpiricalKernel.of(network, x, Outputs.AVERAGED);
                assertNear(averaged, meanOfBlocks(EmpiricalKernel.of(network, x), outputs), 1e-13);
                SimpleMatrix others = inputs(3);
                assertNear(
                        EmpiricalKernel.between(network, x, others, Outputs.AVERAGED),
                        meanOfBlocks(EmpiricalKernel.between(network, x, others), outputs),
                        1e-13);
            }
        });
    }

    private static SimpleMatrix meanOfBlocks(SimpleMatrix kernel, int outputs) {
        SimpleMatrix mean = EmpiricalKernel.block(kernel, outputs, 0, 0);
        for (int o = 1; o < outputs; o++) {
            mean = mean.plus(EmpiricalKernel.block(kernel, outputs, o, o));
        }
        return mean.scale(1.0 / outputs);
    }

    private static Architecture architecture(Draw draw) {
        return Architecture.of(4)
                .hidden(draw.integer("width", 1, 40), draw.integer("depth", 1, 3))
                .outputs(draw.integer("outputs", 1, 4))
                .activation(draw.of("phi", Activation.values()))
                .variances(1.5, draw.of("sb^2", 0.0, 0.4))
                .trained(draw.<TrainedLayers>of(
                        "trained", Trained.ALL, Trained.HIDDEN, Trained.OUTPUT, Trained.only(0, 1)));
    }

    /** Oracle: the same in one block. */
    @Test
    void blocksOfInputsChangeNothing() {
        Draw.cases(7, 60, draw -> {
            Architecture architecture = architecture(draw);
            Outputs outputs = draw.of("entering", Outputs.values());
            int n = draw.integer("inputs", 1, 150);
            SimpleMatrix x = inputs(n);
            SimpleMatrix others = inputs(draw.integer("other inputs", 1, 20));
            KernelBlocks blocks = new KernelBlocks(draw.of("block", 1, 7, 64, n), draw.integer("kept", 1, 5));
            KernelBlocks one = new KernelBlocks(Math.max(n, others.getNumRows()), 1);
            try (DenseNetwork network = draw(architecture)) {
                assertNear(blocks.of(network, x, outputs), one.of(network, x, outputs), 1e-12);
                assertNear(
                        blocks.between(network, others, x, outputs), one.between(network, others, x, outputs), 1e-12);
                List<SimpleMatrix> shares = blocks.layerShares(network, x, outputs);
                List<SimpleMatrix> expected = one.layerShares(network, x, outputs);
                for (int layer = 0; layer < shares.size(); layer++) {
                    assertNear(shares.get(layer), expected.get(layer), 1e-12);
                }
            }
        });
    }

    /** Symmetric to the last bit, whatever blocks were paired. */
    @Test
    void theKernelOfOneSetIsItsOwnTranspose() {
        Draw.cases(8, 20, draw -> {
            int n = draw.integer("inputs", 1, 60);
            KernelBlocks blocks = new KernelBlocks(draw.integer("block", 1, 60), draw.integer("kept", 1, 3));
            try (DenseNetwork network = draw(architecture(draw))) {
                SimpleMatrix kernel = blocks.of(network, inputs(n), Outputs.JOINT);
                assertThat(kernel.isIdentical(kernel.transpose(), 0)).isTrue();
            }
        });
    }

    @Test
    void smallProblemsTakeOneBlockAndLargeOnesTheMemoryAllowed() {
        Architecture wide = Architecture.of(20).hidden(1024, 3);
        assertThat(KernelBlocks.of(wide, 1)).isEqualTo(new KernelBlocks(1, 1));
        assertThat(KernelBlocks.of(wide, 1024)).isEqualTo(new KernelBlocks(1024, 1));
        assertThat(KernelBlocks.of(wide, 1025)).isEqualTo(new KernelBlocks(513, 2));
        assertThat(KernelBlocks.of(wide, 10_000)).isEqualTo(new KernelBlocks(1000, 10));
        Draw.cases(9, 100, draw -> {
            Architecture architecture = Architecture.of(draw.integer("d", 1, 1000))
                    .hidden(draw.integer("width", 1, 1_000_000), draw.integer("depth", 1, 10))
                    .outputs(draw.integer("outputs", 1, 100));
            int n = draw.integer("inputs", 1, 1_000_000);
            KernelBlocks blocks = KernelBlocks.of(architecture, n);
            assertThat(blocks.size()).isBetween(1, Math.min(n, 1024));
            assertThat(blocks.kept()).isPositive();
            long bytes = (blocks.kept() + 1L) * blocks.size() * GradientFactors.bytesPerInput(architecture);
            if (blocks.size() > 1 || blocks.kept() > 1) {
                assertThat(bytes).isLessThanOrEqualTo(1L << 30);
            }
        });
    }

    /** A model of another kind goes by its own gradients. Oracle: the same weights as a drawn network. */
    @Test
    void aWrappedModelHasTheKernelOfTheSameNetworkDrawn() {
        Architecture architecture = Architecture.of(4)
                .hidden(7, 2)
                .outputs(2)
                .activation(Activation.TANH)
                .variances(1.5, 0.4);
        SimpleMatrix x = inputs(5);
        SimpleMatrix others = inputs(3);
        try (DenseNetwork drawn = draw(architecture);
                GraphNetwork wrapped = GraphNetwork.of(draw(architecture).model(MultiLayerNetwork.class), 4)) {
            for (Outputs outputs : Outputs.values()) {
                assertNear(EmpiricalKernel.of(wrapped, x, outputs), EmpiricalKernel.of(drawn, x, outputs), 1e-12);
                assertNear(
                        EmpiricalKernel.between(wrapped, x, others, outputs),
                        EmpiricalKernel.between(drawn, x, others, outputs),
                        1e-12);
            }
            assertThatThrownBy(() -> EmpiricalKernel.following(wrapped, x))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The kernel is followed, and split into layers, for drawn dense networks only; use"
                            + " EmpiricalKernel.of for a model of another kind.");
        }
    }

    @Test
    void aKernelBeyondAnArrayIsRefused() {
        assertThatThrownBy(() -> KernelBlocks.zeros(50_000, 50_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The kernel has 50000 x 50000 entries, more than an array holds;"
                        + " take fewer inputs, or blocks of them by between.");
    }

    @Test
    void blocksOfOutputsMustExist() {
        assertThatThrownBy(() -> EmpiricalKernel.block(new SimpleMatrix(1, 1), 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are 0 outputs; a network has at least one.");
        SimpleMatrix kernel = new SimpleMatrix(6, 9);
        assertThat(EmpiricalKernel.block(kernel, 3, 2, 0).getNumCols()).isEqualTo(3);
        assertThatThrownBy(() -> EmpiricalKernel.block(kernel, 2, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "A kernel of 6 x 9 entries is none of 2 outputs; give the number of outputs of its network.");
        assertThatThrownBy(() -> EmpiricalKernel.block(kernel, 3, 0, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no pair of outputs 0 and 3; they are counted from 0 to 2.");
    }

    /** For kernels that may be 0, as that of a ReLU network of one dead neuron is. */
    private static void assertNear(SimpleMatrix actual, SimpleMatrix expected, double tolerance) {
        assertThat(actual.minus(expected).elementMaxAbs()).isLessThanOrEqualTo(tolerance * expected.elementMaxAbs());
    }

    private static double distance(SimpleMatrix actual, SimpleMatrix expected) {
        return actual.minus(expected).elementMaxAbs() / expected.elementMaxAbs();
    }
}
