package org.crucis.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Gates;
import org.crucis.network.Parametrization;
import org.crucis.network.Trained;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tangent kernel of networks with frozen gates. */
class GatedKernelTest {

    private static final Architecture INNER =
            Architecture.of(4).hidden(19, 3).variances(2, 0.2).trained(Trained.INNER);
    private static final SimpleMatrix X = SimpleMatrix.random_DDRM(6, 4, -1, 1, new Random(6));

    private static DenseNetwork draw(Architecture architecture) {
        return architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(21));
    }

    /** Oracle: contracted per-example gradients of DeepLearning4J's graph. */
    @ParameterizedTest
    @EnumSource(names = {"INITIAL", "INDEPENDENT"})
    void agreesWithPerExampleGradients(Gates law) {
        try (DenseNetwork network = draw(INNER.gates(law))) {
            double[] moved = network.parameters();
            moved[100] += 1;
            network.assign(moved);
            SimpleMatrix expected = EmpiricalKernel.byPerExampleGradients(network, X);
            assertThat(EmpiricalKernel.of(network, X).minus(expected).elementMaxAbs())
                    .isLessThan(1e-12 * expected.elementMaxAbs());
        }
    }

    /** Oracle: the ReLU network's own kernel; with its gates frozen the two are one until the weights move. */
    @Test
    void initialGatesStartWithTheKernelOfTheReluNetwork() {
        try (DenseNetwork relu = draw(INNER);
                DenseNetwork gated = draw(INNER.gates(Gates.INITIAL));
                DenseNetwork independent = draw(INNER.gates(Gates.INDEPENDENT))) {
            SimpleMatrix expected = EmpiricalKernel.of(relu, X);
            assertThat(EmpiricalKernel.of(gated, X).isIdentical(expected, 0)).isTrue();
            assertThat(EmpiricalKernel.of(independent, X).minus(expected).elementMaxAbs())
                    .isGreaterThan(0.01 * expected.elementMaxAbs());
        }
    }

    /**
     * Oracle: derived for independent gates as the width grows, K_ii = m L / 2 and K_ij / sqrt(K_ii K_jj) = rho gamma^(L+1), with
     * rho = x_i.x_j and gamma = 1 - arccos(rho)/pi, in the setting of Noy et al. 2021: inputs of length one, first and hidden
     * weights N(0, 2/m), output weights N(0, 1), L hidden layers trained at one rate between fixed ends. Here the first
     * weights are N(0, 2/d) and the output weights N(0, 2/m): sqrt(d/2) before the output makes up for it.
     */
    @Test
    void independentGatesHaveTheirClosedFormInTheWideLimit() {
        int d = 10;
        int trained = 4;
        int width = 512;
        Architecture setting = Architecture.of(d)
                .hidden(width, trained + 1)
                .parametrization(Parametrization.standard().scaledBy(Math.sqrt(d / 2.0)))
                .variances(2, 0)
                .trained(Trained.INNER);
        SimpleMatrix x = SimpleMatrix.random_DDRM(12, d, -1, 1, new Random(6));
        for (int i = 0; i < 12; i++) {
            x.insertIntoThis(i, 0, x.getRow(i).divide(x.getRow(i).normF()));
        }
        try (DenseNetwork independent = draw(setting.gates(Gates.INDEPENDENT));
                DenseNetwork initial = draw(setting.gates(Gates.INITIAL))) {
            SimpleMatrix kernel = EmpiricalKernel.of(independent, x);
            // Deviations of order (L/m)^(1/2) = 0.09 on the diagonal, and far less off it.
            assertThat(kernel.trace() / 12 / (width * trained)).isCloseTo(0.5, within(0.1));
            assertThat(deviation(kernel, x, trained)).isLessThan(0.04);
            assertThat(deviation(EmpiricalKernel.of(initial, x), x, trained)).isGreaterThan(0.1);
        }
    }

    /** Root mean square over the pairs of what separates the normalised entry from rho gamma^(L+1). */
    private static double deviation(SimpleMatrix kernel, SimpleMatrix x, int trained) {
        double squares = 0;
        int pairs = 0;
        for (int i = 0; i < x.getNumRows(); i++) {
            for (int j = 0; j < i; j++) {
                double rho = x.getRow(i).dot(x.getRow(j));
                double gamma = 1 - Math.acos(rho) / Math.PI;
                double entry = kernel.get(i, j) / Math.sqrt(kernel.get(i, i) * kernel.get(j, j));
                squares += Math.pow(entry - rho * Math.pow(gamma, trained + 1), 2);
                pairs++;
            }
        }
        return Math.sqrt(squares / pairs);
    }
}
