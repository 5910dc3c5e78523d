package org.crucis.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.rng.simple.RandomSource;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Steps} promises beside the numbers, which {@code ArithmeticTest} and {@code UpdateRuleTest} hold. */
class StepsTest {

    private static final int N = 50;
    private static final int WIDTH = 200;
    private static final long FEW_VECTORS = 2000;

    /**
     * A single array of activations takes 80 kB; a dozen vectors of 100 bytes that the JIT leaves standing are let through.
     * Oracle: the JVM's count of what this thread has allocated.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aStepLeavesNoGarbage(int depth) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] residuals = new double[N];
        Arrays.fill(residuals, 0.01);
        try (DenseNetwork network = draw(architecture().hidden(WIDTH, depth));
                Steps steps = Steps.of(network, inputs())) {
            // Vectors are objects until the JIT has compiled the loops.
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 300 && least > FEW_VECTORS; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int t = 0; t < 100; t++) {
                    steps.step(residuals, 1e-6);
                }
                least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / 100);
            }
            assertThat(least).as("bytes a step").isLessThanOrEqualTo(FEW_VECTORS);
        }
    }

    @Test
    void outputsAreThoseOfTheNetworkToTheLastBit() {
        for (int depth = 1; depth <= 2; depth++) {
            try (DenseNetwork network = draw(architecture().hidden(WIDTH, depth));
                    Steps steps = Steps.of(network, inputs())) {
                double[] outputs = new double[N];
                steps.readOutputs(outputs);
                assertThat(outputs)
                        .containsExactly(network.outputs(inputs()).getDDRM().getData());
                steps.step(outputs, 1e-3);
                steps.readOutputs(outputs);
                assertThat(outputs)
                        .containsExactly(network.outputs(inputs()).getDDRM().getData());
            }
        }
    }

    @Test
    void residualsOfAnotherNumberAreRefused() {
        for (int depth = 1; depth <= 2; depth++) {
            try (DenseNetwork network = draw(architecture().hidden(WIDTH, depth));
                    Steps steps = Steps.of(network, inputs())) {
                assertThatThrownBy(() -> steps.step(new double[N - 1], 1e-3))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("Got 49 ");
            }
        }
    }

    @Test
    void stepsOfAClosedNetworkAreRefused() {
        for (int depth = 1; depth <= 2; depth++) {
            DenseNetwork network = draw(architecture().hidden(WIDTH, depth));
            Steps steps = Steps.of(network, inputs());
            network.close();
            assertThatThrownBy(() -> steps.step(new double[N], 1e-3)).isInstanceOf(IllegalStateException.class);
            steps.close();
        }
    }

    private static Architecture architecture() {
        return Architecture.of(5).activation(Activation.TANH).variances(1.5, 0.1);
    }

    private static DenseNetwork draw(Architecture architecture) {
        return architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(1));
    }

    private static SimpleMatrix inputs() {
        return SimpleMatrix.random_DDRM(N, 5, -1, 1, new Random(1));
    }
}
