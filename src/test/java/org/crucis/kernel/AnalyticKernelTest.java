package org.crucis.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.network.Activation;
import org.crucis.network.Trained;
import org.crucis.network.TrainedLayers;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnalyticKernelTest {

    private static final double TWELVE_DIGITS = 1e-10; // per cent

    static List<ReferenceRow> referenceTable() {
        return ReferenceRow.all();
    }

    @Test
    void referenceTableIsComplete() {
        assertThat(referenceTable()).hasSize(36);
    }

    @ParameterizedTest
    @MethodSource("referenceTable")
    void everyEntryOfTheReferenceTableIsMatchedToTwelveDigits(ReferenceRow row) {
        SimpleMatrix inputs = row.inputs();
        double[] expected = row.expected();

        Kernels kernels = row.kernel().at(inputs);
        Kernels cross = row.kernel().between(inputs.getRow(0), inputs);

        assertThat(kernels.nngp().get(0, 0)).isCloseTo(expected[0], withinPercentage(TWELVE_DIGITS));
        assertThat(kernels.nngp().get(0, 1)).isCloseTo(expected[1], withinPercentage(TWELVE_DIGITS));
        assertThat(kernels.nngp().get(1, 1)).isCloseTo(expected[2], withinPercentage(TWELVE_DIGITS));
        assertThat(kernels.ntk().get(0, 0)).isCloseTo(expected[3], withinPercentage(TWELVE_DIGITS));
        assertThat(kernels.ntk().get(0, 1)).isCloseTo(expected[4], withinPercentage(TWELVE_DIGITS));
        assertThat(kernels.ntk().get(1, 1)).isCloseTo(expected[5], withinPercentage(TWELVE_DIGITS));
        assertThat(cross.nngp().get(0, 0)).isEqualTo(kernels.nngp().get(0, 0));
        assertThat(cross.nngp().get(0, 1)).isEqualTo(kernels.nngp().get(0, 1));
        assertThat(cross.ntk().get(0, 0)).isEqualTo(kernels.ntk().get(0, 0));
        assertThat(cross.ntk().get(0, 1)).isEqualTo(kernels.ntk().get(0, 1));
    }

    @ParameterizedTest
    @MethodSource("referenceTable")
    void droppingAConventionMissesTheTable(ReferenceRow row) {
        // What a wrong convention costs: the table must be able to tell. sw^2 halved is the forgotten factor 2.
        AnalyticKernel halved =
                AnalyticKernel.of(row.activation(), row.depth(), row.weightVariance() / 2, row.biasVariance());

        double wrong = halved.at(row.inputs()).ntk().get(0, 0);

        assertThat(Math.abs(wrong / row.expected()[3] - 1)).isGreaterThan(0.01);
    }

    /** Oracle: closed forms kappa_0, kappa_1 of the unit sphere at cosines whose angles are elementary. */
    @ParameterizedTest
    @CsvSource({"1, 2", "0.6, 1.10044722658599", "0, 0.318309886183791", "-1, 0"})
    void oneHiddenLayerOnTheSphere(double cosine, double expected) {
        SimpleMatrix inputs = new SimpleMatrix(new double[][] {{1, 0, 0}, {cosine, Math.sqrt(1 - cosine * cosine), 0}});

        double theta = convergenceTheorems(1).at(inputs).ntk().get(0, 1);

        assertThat(theta).isCloseTo(expected, within(1e-14));
    }

    /** Oracle: with He's variance and no bias the diagonal of Theta_L is (L + 1) K_0. */
    @ParameterizedTest
    @CsvSource({"1", "2", "5", "20"})
    void reluDiagonalGrowsLinearlyWithDepth(int depth) {
        SimpleMatrix input = new SimpleMatrix(new double[][] {{0.6, 0, 0.8}});

        Kernels kernels = convergenceTheorems(depth).at(input);

        assertThat(kernels.nngp().get(0, 0)).isCloseTo(1, within(1e-14));
        assertThat(kernels.ntk().get(0, 0)).isCloseTo(depth + 1, within(1e-13));
    }

    /** Oracle: the separation expansion lambda_min = 2 - Theta_1(cos delta) = delta/pi + O(delta^2), from the closed form in series. */
    @ParameterizedTest
    @CsvSource({"0.1, 0.041557638", "0.01, 0.0032828328", "0.001, 0.00031930962"})
    void smallestEigenvalueOfTwoNearPoints(double delta, double expected) {
        SimpleMatrix inputs = new SimpleMatrix(new double[][] {{1, 0}, {Math.cos(delta), Math.sin(delta)}});

        double smallest = Spectrum.of(convergenceTheorems(1).at(inputs).ntk()).smallest();

        assertThat(smallest).isCloseTo(expected, withinPercentage(1e-5));
    }

    /** Oracle: first order of the same expansion, where the arc cosine of the inner product would have no digit left. */
    @Test
    void anglesFarBelowTheSquareRootOfRoundingAreSeen() {
        double delta = 1e-10;
        SimpleMatrix inputs = new SimpleMatrix(new double[][] {{1, 0}, {1, delta}});

        double gap = 2 - convergenceTheorems(1).at(inputs).ntk().get(0, 1);

        assertThat(gap).isCloseTo(delta / Math.PI, withinPercentage(0.01));
    }

    /** Oracle: H(x, x') = x.x' (pi - theta) / (2 pi) of Du et al. 2018, only hidden weights trained. */
    @Test
    void hiddenLayerAlone() {
        double angle = 1.1;
        SimpleMatrix inputs = new SimpleMatrix(new double[][] {{1, 0, 0}, {Math.cos(angle), 0, Math.sin(angle)}});

        SimpleMatrix h = AnalyticKernel.of(Activation.RELU, 1, 1, 0)
                .withFirstLayer(FirstLayer.UNSCALED)
                .training(Trained.HIDDEN)
                .at(inputs)
                .ntk();

        assertThat(h.get(0, 1)).isCloseTo(Math.cos(angle) * (Math.PI - angle) / (2 * Math.PI), within(1e-15));
        assertThat(h.get(0, 0)).isEqualTo(0.5);
    }

    /** Oracle: NumPy, eigvalsh of cos(angle) (pi - angle) / (2 pi) on n points at the angles k pi / n. */
    @ParameterizedTest
    @CsvSource({"4, 0.09292293275213276", "6, 0.04869014975318747", "8, 0.03395482732867733"})
    void smallestEigenvalueOnTheHalfCircle(int n, double expected) {
        SimpleMatrix inputs = new SimpleMatrix(n, 2);
        for (int k = 0; k < n; k++) {
            inputs.setRow(k, 0, Math.cos(k * Math.PI / n), Math.sin(k * Math.PI / n));
        }

        SimpleMatrix h = AnalyticKernel.of(Activation.RELU, 1, 1, 0)
                .withFirstLayer(FirstLayer.UNSCALED)
                .training(Trained.HIDDEN)
                .at(inputs)
                .ntk();

        assertThat(Spectrum.of(h).smallest()).isCloseTo(expected, within(1e-14));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void layersTrainedAddUp(Activation activation) {
        SimpleMatrix inputs = new SimpleMatrix(new double[][] {{1, -0.5}, {0.2, 0.9}, {-1, 0.3}});
        AnalyticKernel all = AnalyticKernel.of(activation, 2, 1.3, 0.2);

        SimpleMatrix hidden = all.training(Trained.HIDDEN).at(inputs).ntk();
        SimpleMatrix output = all.training(Trained.OUTPUT).at(inputs).ntk();

        assertThat(hidden.plus(output).isIdentical(all.at(inputs).ntk(), 1e-14)).isTrue();
        assertThat(output.isIdentical(all.at(inputs).nngp(), 0)).isTrue();
    }

    /** What a set of layers contributes is the sum of what each of them does. */
    @ParameterizedTest
    @EnumSource(Activation.class)
    void anySetOfLayersIsTheSumOfItsMembers(Activation activation) {
        SimpleMatrix inputs = new SimpleMatrix(new double[][] {{1, -0.5}, {0.2, 0.9}, {-1, 0.3}});
        AnalyticKernel all = AnalyticKernel.of(activation, 3, 1.3, 0.2);
        SimpleMatrix first = tangent(all, Trained.only(0), inputs);
        SimpleMatrix second = tangent(all, Trained.only(1), inputs);
        SimpleMatrix third = tangent(all, Trained.only(2), inputs);

        // The slopes of three sigmoids leave 3e-4 of the first layer's kernel.
        assertThat(first.elementMaxAbs()).isGreaterThan(1e-4);
        assertThat(first.minus(second).elementMaxAbs()).isGreaterThan(1e-4);
        assertThat(tangent(all, Trained.INNER, inputs).isIdentical(second.plus(third), 1e-14))
                .isTrue();
        assertThat(tangent(all, Trained.HIDDEN, inputs)
                        .isIdentical(first.plus(second).plus(third), 1e-14))
                .isTrue();
        assertThat(tangent(all, Trained.only(3), inputs)
                        .isIdentical(all.at(inputs).nngp(), 0))
                .isTrue();
        assertThatThrownBy(() -> all.training(Trained.only(4))).hasMessageContaining("no layer 4");
        assertThatThrownBy(() -> AnalyticKernel.of(activation, 1, 1, 0).training(Trained.INNER))
                .hasMessageContaining("no layer is trained by INNER");
    }

    private static SimpleMatrix tangent(AnalyticKernel kernel, TrainedLayers layers, SimpleMatrix inputs) {
        return kernel.training(layers).at(inputs).ntk();
    }

    /** Oracle: with identity activation, sw = 1 and no bias, K_L = x.x'/d and each layer adds x.x'/d to Theta_L. */
    @Test
    void linearNetworksHaveTheKernelOfTheInputs() {
        SimpleMatrix inputs = new SimpleMatrix(new double[][] {{1, 2}, {-3, 0.5}, {4, 1}});
        SimpleMatrix gram = inputs.mult(inputs.transpose()).divide(2);

        Kernels kernels = AnalyticKernel.of(Activation.LINEAR, 3, 1, 0).at(inputs);

        assertThat(kernels.nngp().isIdentical(gram, 1e-14)).isTrue();
        assertThat(kernels.ntk().isIdentical(gram.scale(4), 1e-13)).isTrue();
        for (int layer = 0; layer <= 3; layer++) {
            AnalyticKernel alone = AnalyticKernel.of(Activation.LINEAR, 3, 1, 0).training(Trained.only(layer));
            assertThat(alone.at(inputs).ntk().isIdentical(gram, 1e-14)).isTrue();
        }
        assertThat(Spectrum.of(kernels.ntk()).rank(1e-12)).isEqualTo(2);
    }

    /** Oracle: bias-free ReLU is positively homogeneous, so parallel inputs make the kernel singular at every depth. */
    @ParameterizedTest
    @CsvSource({"1, 2", "1, 3", "2, 3", "4, 7"})
    void parallelInputsMakeABiasFreeReluKernelSingular(int depth, double factor) {
        SimpleMatrix inputs =
                new SimpleMatrix(new double[][] {{0.3, -1.2, 0.7}, {factor * 0.3, factor * -1.2, factor * 0.7}});

        Spectrum biasFree = Spectrum.of(
                AnalyticKernel.of(Activation.RELU, depth, 2, 0).at(inputs).ntk());
        Spectrum withBias = Spectrum.of(
                AnalyticKernel.of(Activation.RELU, depth, 2, 0.1).at(inputs).ntk());

        assertThat(biasFree.smallest()).isCloseTo(0, within(1e-14 * biasFree.largest()));
        assertThat(withBias.smallest()).isGreaterThan(1e-4);
    }

    /** Oracle: an independent draw of one wide layer. The kernel is unbiased at every width, so only the scatter matters. */
    @Test
    void monteCarloOfOneHiddenLayerAgrees() {
        SimpleMatrix inputs = ReferenceRow.all().get(0).inputs();
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(11);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        AnalyticKernel kernel = AnalyticKernel.of(Activation.TANH, 1, 1.7, 0.3);
        int neurons = 400_000;
        double nngp = 0;
        double ntk = 0;
        double square = 0;
        double first = 1.7 * inputs.getRow(0).dot(inputs.getRow(1)) / 2 + 0.3;
        for (int r = 0; r < neurons; r++) {
            double[] z = new double[2];
            double w0 = Math.sqrt(1.7 / 2) * normal.sample();
            double w1 = Math.sqrt(1.7 / 2) * normal.sample();
            double bias = Math.sqrt(0.3) * normal.sample();
            double a = normal.sample();
            for (int i = 0; i < 2; i++) {
                z[i] = w0 * inputs.get(i, 0) + w1 * inputs.get(i, 1) + bias;
            }
            double values = Math.tanh(z[0]) * Math.tanh(z[1]);
            double slopes = 1 / Math.pow(Math.cosh(z[0]) * Math.cosh(z[1]), 2);
            double contribution = values + a * a * slopes * first;
            nngp += values / neurons;
            ntk += contribution / neurons;
            square += contribution * contribution / neurons;
        }
        double error = 1.7 * Math.sqrt((square - ntk * ntk) / neurons);

        Kernels exact = kernel.at(inputs);

        assertThat(exact.ntk().get(0, 1)).isCloseTo(1.7 * ntk + 0.3, within(5 * error));
        assertThat(exact.nngp().get(0, 1)).isCloseTo(1.7 * nngp + 0.3, within(5 * error));
        assertThat(error).isLessThan(0.005);
    }

    @Test
    void kernelsAreSymmetricAndEqualInputsHaveTheDiagonalsValues() {
        SimpleMatrix inputs = new SimpleMatrix(new double[][] {{0.1, 0.7, -0.3}, {0.4, -0.2, 0.9}, {0.1, 0.7, -0.3}});

        for (Activation activation : Activation.values()) {
            SimpleMatrix ntk =
                    AnalyticKernel.of(activation, 3, 1.7, 0.05).at(inputs).ntk();

            assertThat(ntk.isIdentical(ntk.transpose(), 0)).isTrue();
            assertThat(ntk.get(0, 2)).isEqualTo(ntk.get(0, 0)).isEqualTo(ntk.get(2, 2));
            assertThat(ntk.get(0, 1)).isEqualTo(ntk.get(2, 1));
        }
    }

    @Test
    void aZeroInputWithoutBiasHasAKernelOfZero() {
        SimpleMatrix inputs = new SimpleMatrix(new double[][] {{0, 0}, {1, 2}});

        SimpleMatrix ntk =
                AnalyticKernel.of(Activation.RELU, 2, 2, 0).at(inputs).ntk();

        assertThat(ntk.get(0, 0)).isZero();
        assertThat(ntk.get(0, 1)).isZero();
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnalyticKernel.of(Activation.RELU, 0, 2, 0))
                .withMessageContaining("at least 1, but got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnalyticKernel.of(Activation.RELU, 1, -2, 0))
                .withMessageContaining("weight variance");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnalyticKernel.of(Activation.RELU, 1, 2, Double.NaN))
                .withMessageContaining("bias variance");
        AnalyticKernel kernel = AnalyticKernel.of(Activation.RELU, 1, 2, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernel.at(new SimpleMatrix(new double[][] {{1, 2}, {3, Double.NaN}})))
                .withMessageContaining("Row 2, column 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernel.between(new SimpleMatrix(2, 3), new SimpleMatrix(2, 4)))
                .withMessageContaining("3 and 4");
    }

    private static AnalyticKernel convergenceTheorems(int depth) {
        return AnalyticKernel.of(Activation.RELU, depth, 2, 0).withFirstLayer(FirstLayer.UNSCALED);
    }
}
