package org.crucis.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.network.Parametrization;
import org.crucis.network.Trained;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/**
 * Each parametrization on stock layers is the same training as the paper's form written out. Oracle: {@link
 * ExplicitForm}, 50 steps of at most 1/lambda_max; widths and variances without round numbers.
 */
class ParametrizationStepTest {

    private static final int D = 3;
    private static final int M = 14;
    private static final double SW2 = 1.7;
    private static final double SB2 = 0.3;
    private static final double SW = Math.sqrt(SW2);
    private static final double SB = Math.sqrt(SB2);
    private static final int STEPS = 50;
    private static final long SEED = 5;

    private static final SimpleMatrix INPUTS = SimpleMatrix.random_DDRM(6, D, -1, 1, new Random(1));
    private static final SimpleMatrix TARGETS = SimpleMatrix.random_DDRM(6, 1, -1, 1, new Random(2));

    @Test
    void ntkWithOneHiddenLayer() {
        assertSame(
                Architecture.of(D).hidden(M, 1).parametrization(Parametrization.ntk()),
                0.05,
                new double[] {SW / Math.sqrt(D), SW / Math.sqrt(M)},
                new double[] {SB, SB},
                new double[] {1, 1},
                new double[] {1, 1},
                new double[] {1, 1},
                new double[] {1, 1});
    }

    @Test
    void ntkWithThreeHiddenLayers() {
        double c = SW / Math.sqrt(M);
        double[] ones = {1, 1, 1, 1};
        assertSame(
                Architecture.of(D).hidden(M, 3).parametrization(Parametrization.ntk()),
                0.03,
                new double[] {SW / Math.sqrt(D), c, c, c},
                new double[] {SB, SB, SB, SB},
                ones,
                ones,
                ones,
                ones);
    }

    /** The layers left out have the rate 0 in the paper's form too. */
    @Test
    void ntkWithSomeOfItsLayersTrained() {
        double c = SW / Math.sqrt(M);
        double[] ones = {1, 1, 1, 1};
        for (List<Integer> trained : List.of(List.of(1), List.of(1, 2), List.of(0, 2), List.of(0, 3))) {
            double[] rates = new double[4];
            trained.forEach(layer -> rates[layer] = 1);
            assertSame(
                    Architecture.of(D)
                            .hidden(M, 3)
                            .trained(Trained.only(
                                    trained.stream().mapToInt(layer -> layer).toArray())),
                    0.03,
                    new double[] {SW / Math.sqrt(D), c, c, c},
                    new double[] {SB, SB, SB, SB},
                    ones,
                    ones,
                    rates,
                    rates);
        }
    }

    @Test
    void standard() {
        double[] ones = {1, 1, 1};
        double deviation = SW / Math.sqrt(M);
        assertSame(
                Architecture.of(D).hidden(M, 2).parametrization(Parametrization.standard()),
                0.003,
                ones,
                ones,
                new double[] {SW / Math.sqrt(D), deviation, deviation},
                new double[] {SB, SB, SB},
                ones,
                ones);
    }

    /** f = (1/m) sum_r sw a_r phi(z_r) + sb b, rates times m; the output bias keeps its deviation and its rate. */
    @Test
    void meanField() {
        assertSame(
                Architecture.of(D).hidden(M, 1).parametrization(Parametrization.meanField()),
                0.05,
                new double[] {SW / Math.sqrt(D), SW / M},
                new double[] {SB, SB},
                new double[] {1, 1},
                new double[] {1, 1},
                new double[] {M, M},
                new double[] {M, 1});
    }

    /** Yang and Hu 2021, table 1, n = m: W1 = n^(1/2) w1, Wl = wl, Wout = n^(-1/2) w, w ~ N(0, 1/n), rate eta. */
    @Test
    void muP() {
        double root = Math.sqrt(M);
        double[] ones = {1, 1, 1};
        assertSame(
                Architecture.of(D).hidden(M, 2).parametrization(Parametrization.muP()),
                0.004,
                new double[] {root * SW / Math.sqrt(D), SW, SW / root},
                new double[] {root * SB, root * SB, SB},
                new double[] {1 / root, 1 / root, 1 / root},
                new double[] {1 / root, 1 / root, 1},
                ones,
                ones);
    }

    @Test
    void scaledOutput() {
        assertSame(
                Architecture.of(D)
                        .hidden(M, 1)
                        .parametrization(Parametrization.ntk().scaledBy(3)),
                0.05 / 9,
                new double[] {SW / Math.sqrt(D), 3 * SW / Math.sqrt(M)},
                new double[] {SB, 3 * SB},
                new double[] {1, 1},
                new double[] {1, 1},
                new double[] {1, 1},
                new double[] {1, 1});
    }

    /**
     * @param c factor before each layer's weights
     * @param s factor before each layer's biases
     * @param deviations initial deviation of the weights in own coordinates
     * @param biasDeviations the same of the biases
     * @param rates each layer's weight rate over eta in own coordinates
     * @param biasRates the same of the biases
     */
    private static void assertSame(
            Architecture plain,
            double eta,
            double[] c,
            double[] s,
            double[] deviations,
            double[] biasDeviations,
            double[] rates,
            double[] biasRates) {
        Architecture architecture = plain.activation(Activation.TANH).variances(SW2, SB2);
        int depth = architecture.depth();
        double[] gaussians = gaussians(architecture);
        double[][][] w = new double[depth + 1][][];
        double[][] b = new double[depth + 1][];
        int at = 0;
        for (int l = 0; l <= depth; l++) {
            w[l] = new double[architecture.fanOut(l)][architecture.fanIn(l)];
            b[l] = new double[architecture.fanOut(l)];
            for (double[] neuron : w[l]) {
                for (int k = 0; k < neuron.length; k++) {
                    neuron[k] = deviations[l] * gaussians[at++];
                }
            }
            for (int r = 0; r < b[l].length; r++) {
                b[l][r] = biasDeviations[l] * gaussians[at++];
            }
        }
        ExplicitForm explicit = new ExplicitForm(c, s, w, b, Activation.TANH);
        double[] etas = Arrays.stream(rates).map(r -> eta * r).toArray();
        double[] biasEtas = Arrays.stream(biasRates).map(r -> eta * r).toArray();
        try (Network network = architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(SEED))) {
            assertThat(network.outputs(INPUTS).get(0, 0))
                    .isCloseTo(explicit.output(INPUTS.getRow(0).getDDRM().getData()), within(1e-13));
            double[] before = network.parameters();
            Training training = GradientDescent.withStep(eta).atMost(STEPS).run(network, INPUTS, TARGETS);
            for (int t = 0; t < STEPS; t++) {
                explicit.step(INPUTS, TARGETS, etas, biasEtas);
            }
            double[] after = network.parameters();
            assertThat(training.relativeLoss()).as("trains at all").isLessThan(0.9);
            double size = Arrays.stream(after).map(Math::abs).max().orElseThrow();
            double moved = 0;
            at = 0;
            for (int l = 0; l <= depth; l++) {
                for (double[] neuron : w[l]) {
                    for (double value : neuron) {
                        moved = Math.max(moved, Math.abs(after[at] - before[at]));
                        assertThat(after[at++]).isCloseTo(c[l] * value, within(1e-12 * size));
                    }
                }
                for (double value : b[l]) {
                    assertThat(after[at++]).isCloseTo(s[l] * value, within(1e-12 * size));
                }
            }
            assertThat(moved).isGreaterThan(1e-3);
        }
    }

    /** The standard normal numbers behind a draw, read off a network of unit deviations with the same seed. */
    private static double[] gaussians(Architecture architecture) {
        Architecture ntk = architecture.parametrization(Parametrization.ntk());
        try (Network network = ntk.draw(RandomSource.XO_SHI_RO_256_PP.create(SEED))) {
            double[] numbers = network.parameters();
            int at = 0;
            for (int l = 0; l <= ntk.depth(); l++) {
                int weights = ntk.fanIn(l) * ntk.fanOut(l);
                double deviation = SW / Math.sqrt(ntk.fanIn(l));
                for (int i = 0; i < weights; i++) {
                    numbers[at++] /= deviation;
                }
                for (int i = 0; i < ntk.fanOut(l); i++) {
                    numbers[at++] /= SB;
                }
            }
            return numbers;
        }
    }
}
