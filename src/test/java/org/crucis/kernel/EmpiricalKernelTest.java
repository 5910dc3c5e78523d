package org.crucis.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Parametrization;
import org.crucis.network.Trained;
import org.crucis.network.TrainedLayers;
import org.crucis.training.GradientDescent;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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
                        all.add(Arguments.of(phi, depth, biasVariance, trained));
                    }
                }
            }
        }
        return all.stream();
    }

    /** Check P1 of Novak et al. 2022. Oracle: contracted per-example gradients of DeepLearning4J. */
    @ParameterizedTest(name = "{0}, depth {1}, sb^2 = {2}, {3} trained")
    @MethodSource("everything")
    void agreesWithPerExampleGradients(Activation phi, int depth, double biasVariance, TrainedLayers trained) {
        Architecture architecture = Architecture.of(4)
                .hidden(19, depth)
                .activation(phi)
                .variances(1.5, biasVariance)
                .trained(trained);
        try (DenseNetwork network = draw(architecture)) {
            SimpleMatrix x = inputs(6);
            SimpleMatrix expected = EmpiricalKernel.byPerExampleGradients(network, x);
            assertThat(expected.elementMaxAbs()).isGreaterThan(1e-3);
            assertThat(distance(EmpiricalKernel.of(network, x), expected)).isLessThan(1e-12);
        }
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
                .activation(Activation.TANH)
                .variances(1.5, 0.4)
                .parametrization(form);
        double h = 1e-5;
        try (DenseNetwork network = draw(architecture)) {
            SimpleMatrix x = inputs(5);
            SimpleMatrix kernel = EmpiricalKernel.of(network, x);
            double[] start = network.parameters();
            double[] rates = network.rates();
            SimpleMatrix expected = new SimpleMatrix(5, 5);
            for (int p = 0; p < start.length; p++) {
                double[] moved = start.clone();
                moved[p] = start[p] + h;
                network.assign(moved);
                SimpleMatrix up = network.outputs(x);
                moved[p] = start[p] - h;
                network.assign(moved);
                SimpleMatrix slope = up.minus(network.outputs(x)).scale(1 / (2 * h));
                expected = expected.plus(slope.mult(slope.transpose()).scale(rates[p]));
            }
            assertThat(distance(kernel, expected)).isLessThan(1e-8);
        }
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
                .activation(Activation.SOFTPLUS)
                .variances(1.5, 0.4)
                .parametrization(form);
        double[] errors = new double[2];
        double[] etas = {1e-5, 1e-6};
        for (int i = 0; i < 2; i++) {
            try (DenseNetwork network = draw(architecture)) {
                SimpleMatrix x = inputs(5);
                SimpleMatrix y = SimpleMatrix.random_DDRM(5, 1, -1, 1, new Random(3));
                SimpleMatrix residual = network.outputs(x).minus(y);
                SimpleMatrix expected =
                        EmpiricalKernel.of(network, x).mult(residual).scale(-1);
                SimpleMatrix before = network.outputs(x);
                GradientDescent.withStep(etas[i]).atMost(1).run(network, x, y);
                SimpleMatrix moved = network.outputs(x).minus(before).scale(1 / etas[i]);
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
                Architecture.of(4).hidden(2, 1).activation(phi).variances(2, 0.1);
        int parameters = architecture.parameters(); // 13
        try (DenseNetwork network = draw(architecture)) {
            SimpleMatrix kernel = EmpiricalKernel.of(network, inputs(20));
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
     * The check can fail: the card's planted errors (bias term dropped, signals of the loss instead of the output) are off
     * by more than 1e-3.
     */
    @Test
    void plantedErrorsAreFarFromTheOracle() {
        Architecture architecture = Architecture.of(4).hidden(19, 2).variances(1.5, 0.4);
        try (DenseNetwork network = draw(architecture)) {
            SimpleMatrix x = inputs(6);
            SimpleMatrix expected = EmpiricalKernel.byPerExampleGradients(network, x);
            SimpleMatrix output = network.outputs(x);
            SimpleMatrix byLoss = EmpiricalKernel.of(network, x).elementMult(output.mult(output.transpose()));
            assertThat(distance(byLoss, expected)).isGreaterThan(1e-3);
            double[] parameters = network.parameters();
            try (DenseNetwork withoutBiases =
                    architecture.variances(1.5, 1e-300).draw(RandomSource.XO_SHI_RO_256_PP.create(21))) {
                withoutBiases.assign(parameters);
                assertThat(distance(EmpiricalKernel.of(withoutBiases, x), expected))
                        .isGreaterThan(1e-3);
            }
        }
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

    @Test
    void severalOutputsAreRefused() {
        try (DenseNetwork network = draw(Architecture.of(4).hidden(5, 1).outputs(2))) {
            assertThatThrownBy(() -> EmpiricalKernel.of(network, inputs(2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The network has 2 outputs; the empirical kernel is for one output,"
                            + " so draw it with outputs(1).");
        }
    }

    private static double distance(SimpleMatrix actual, SimpleMatrix expected) {
        return actual.minus(expected).elementMaxAbs() / expected.elementMaxAbs();
    }
}
