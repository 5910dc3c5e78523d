package noy2021;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.data.Sample;
import org.crucis.data.Spheres;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.Spectrum;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Gates;
import org.crucis.network.ModelPropagation;
import org.crucis.training.SmallestWidth;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingTest {

    private static UniformRandomProvider random(long seed) {
        return RandomSource.XO_SHI_RO_256_PP.create(seed);
    }

    /** Oracle: the definition, written out. Deviations of the drawn weights, and K = sum_k (H_(k-1)^T H_(k-1)) o (G_k^T G_k). */
    @Test
    void theKernelIsThatOfTheInnerLayers() {
        int d = 5;
        int m = 40;
        int n = 6;
        SimpleMatrix inputs = Spheres.uniform(n, d, random(1));
        try (DenseNetwork network =
                Setting.architecture(d, m, 2).gates(Gates.INDEPENDENT).draw(random(2))) {
            List<SimpleMatrix> gates = network.gates(inputs);
            SimpleMatrix h0 = inputs.mult(network.weights(0)).elementMult(gates.get(0));
            SimpleMatrix h1 = h0.mult(network.weights(1)).elementMult(gates.get(1));
            SimpleMatrix h2 = h1.mult(network.weights(2)).elementMult(gates.get(2));
            SimpleMatrix ones = SimpleMatrix.filled(n, 1, 1);
            SimpleMatrix g2 = ones.mult(network.weights(3).transpose()).elementMult(gates.get(2));
            SimpleMatrix g1 = g2.mult(network.weights(2).transpose()).elementMult(gates.get(1));
            SimpleMatrix expected = h0.mult(h0.transpose())
                    .elementMult(g1.mult(g1.transpose()))
                    .plus(h1.mult(h1.transpose()).elementMult(g2.mult(g2.transpose())));
            assertThat(EmpiricalKernel.of(network, inputs).minus(expected).elementMaxAbs())
                    .isLessThan(1e-12 * expected.elementMaxAbs());
            assertThat(network.outputs(inputs)
                            .minus(h2.mult(network.weights(3)))
                            .elementMaxAbs())
                    .isLessThan(1e-12);
        }
    }

    /** Oracle: with gates frozen f is linear in each single weight, so that the difference over any step is the derivative. */
    @ParameterizedTest
    @EnumSource(names = {"INITIAL", "INDEPENDENT"})
    void gradientsAreExactDifferences(Gates law) {
        SimpleMatrix input = Spheres.uniform(1, 4, random(3));
        try (DenseNetwork network = Setting.architecture(4, 7, 2).gates(law).draw(random(4))) {
            double[] start = network.parameters();
            double[] gradient;
            try (ModelPropagation propagation = ModelPropagation.of(network, input)) {
                propagation.forward();
                gradient = propagation.gradient(new double[] {1});
            }
            double before = network.outputs(input).get(0);
            for (int p = 4 * 7; p < 4 * 7 + 2 * 49; p++) { // the trained layers
                double[] moved = start.clone();
                moved[p] += 1;
                network.assign(moved);
                assertThat(network.outputs(input).get(0) - before).isCloseTo(gradient[p], within(1e-12));
            }
        }
    }

    /** Oracle: four networks of width 2048, whose mean diagonal fluctuates by (13/8192)^(1/2) = 0.04; three times that. */
    @ParameterizedTest
    @EnumSource(Gates.class)
    void limitsAreReachedByWideNetworks(Gates law) {
        SimpleMatrix inputs = Spheres.uniform(5, 3, random(5));
        SimpleMatrix limit = Setting.limit(law, inputs, 2);
        assertThat(limit.get(0, 0)).isCloseTo(1, within(1e-12));
        SimpleMatrix mean = new SimpleMatrix(5, 5);
        for (int draw = 0; draw < 4; draw++) {
            try (DenseNetwork network =
                    Setting.architecture(3, 2048, 2).gates(law).draw(random(60 + draw))) {
                mean = mean.plus(EmpiricalKernel.of(network, inputs).divide(4 * 2048));
            }
        }
        assertThat(mean.minus(limit).elementMaxAbs()).isLessThan(0.12);
    }

    /** Oracle: a wide network converges at the rate of its limit, one whose step is too large for its kernel does not. */
    @Test
    void successIsThatOfTheLimit() {
        Sample sample = Data.FAR_APART.draw(4, random(7));
        Spectrum limit = Spectrum.of(Setting.limit(Gates.INDEPENDENT, sample.inputs(), 2));
        Architecture architecture =
                Setting.architecture(sample.dimension(), 256, 2).gates(Gates.INDEPENDENT);
        try (DenseNetwork wide = architecture.draw(random(8))) {
            assertThat(Success.at(256, limit).isMetBy(wide, sample)).isTrue();
        }
        try (DenseNetwork wide = architecture.draw(random(8))) {
            assertThat(Success.at(256 / 8, limit).isMetBy(wide, sample)).isFalse();
        }
        SmallestWidth found = Success.smallestWidth(
                SmallestWidth.grid(1, 256, 1),
                limit,
                sample,
                width -> Setting.architecture(sample.dimension(), width, 2)
                        .gates(Gates.INDEPENDENT)
                        .draw(random(9 + width)));
        assertThat(found.atMost()).isBetween(2, 128);
        assertThat(found.above()).isEqualTo(found.atMost() / 2);
    }
}
