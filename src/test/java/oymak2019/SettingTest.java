package oymak2019;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.network.DenseNetwork;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** That the networks are the paper's. */
class SettingTest {

    private final UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(5);

    /** Oracle: f and J J' written out with W ~ N(0, 1), v = +-1/sqrt(k) and inputs of length one. */
    @Test
    void outputsAndKernelAreThePapers() {
        int d = 3;
        int k = 50;
        SimpleMatrix inputs = Setting.SPHERE.inputs(4, d, random);
        SimpleMatrix unit = inputs.divide(Math.sqrt(d));
        try (DenseNetwork network = Setting.network(d, k).draw(random)) {
            SimpleMatrix w = network.weights(0).scale(Math.sqrt(d));
            SimpleMatrix v = network.weights(1);
            assertThat(w.normF() / Math.sqrt(d * k)).isCloseTo(1, within(0.25));
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    double kernel = 0;
                    double output = 0;
                    for (int r = 0; r < k; r++) {
                        assertThat(Math.abs(v.get(r))).isCloseTo(1 / Math.sqrt(k), within(1e-14));
                        double a = Math.tanh(unit.getRow(i).mult(w).get(r));
                        double b = Math.tanh(unit.getRow(j).mult(w).get(r));
                        output += v.get(r) * a;
                        kernel += v.get(r) * v.get(r) * (1 - a * a) * (1 - b * b);
                    }
                    kernel *= unit.getRow(i).dot(unit.getRow(j));
                    assertThat(network.outputs(inputs).get(i)).isCloseTo(output, within(1e-12));
                    assertThat(EmpiricalKernel.of(network, inputs).get(i, j)).isCloseTo(kernel, within(1e-12));
                }
            }
        }
    }
}
