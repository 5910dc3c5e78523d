package org.crucis.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Gates;
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
}
