package org.crucis.network;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.bytedeco.javacpp.DoublePointer;

/**
 * Carries out an {@link UpdateRule} on the parameters of one layer: on weights where they lie, in blocks of whole neurons;
 * on biases, and on the weights of a single output, in a copy on the heap.
 */
abstract class LayerUpdate implements AutoCloseable {

    private static final Blas BLAS = new Blas(Blas.Native.OPENBLAS);

    /** Weights of some neurons, fan-in x neurons. */
    interface Weights {
        /**
         * Moves them against the gradient {@code a^T d}.
         *
         * @param form how a stands there: as n x fan-in (TRANSPOSED) or as its transpose (AS_IS)
         * @param d n x neurons
         * @param step eta times the rate of the weights
         */
        void descend(Blas.Form form, Block a, Block d, double step);
    }

    /** Numbers on the heap. */
    interface Values {
        /** Moves {@code values[from .. from + length - 1]} against the entries of the gradient at the same places. */
        void descend(double[] values, double[] gradient, int from, int length, double step);
    }

    /** The updates of all layers; null where a layer is not trained. */
    static LayerUpdate[] of(UpdateRule rule, Architecture architecture) {
        LayerUpdate[] updates = of(rule, architecture.layers());
        for (int layer = 0; layer < updates.length; layer++) {
            if (!architecture.trains(layer)) {
                updates[layer] = null;
            }
        }
        return updates;
    }

    /** One for each layer, whether it is trained or not: the noise of one does not depend on the others. */
    static LayerUpdate[] of(UpdateRule rule, int layers) {
        LayerUpdate[] updates = new LayerUpdate[layers];
        for (int layer = 0; layer < layers; layer++) {
            updates[layer] = of(rule);
        }
        return updates;
    }

    private static LayerUpdate of(UpdateRule rule) {
        if (rule instanceof UpdateRule.HeavyBall ball) {
            return new Inert(ball.momentum(), 0);
        }
        if (rule instanceof UpdateRule.Nesterov nesterov) {
            return new Inert(nesterov.momentum(), nesterov.momentum());
        }
        if (rule instanceof UpdateRule.Langevin langevin) {
            return new Noisy(
                    langevin.temperature(),
                    langevin.random().nextLong(),
                    langevin.random().nextLong());
        }
        if (rule instanceof UpdateRule.Plain) {
            return new Plain();
        }
        throw new IllegalArgumentException("There is no update by the rule " + rule + ".");
    }

    /** For a block of weights; blocks are asked for, and later descend, in the order of their neurons. */
    abstract Weights weights(Block block);

    /** For all numbers of a kind that the layer has. */
    abstract Values values(Network.Kind kind, int length);

    @Override
    public void close() {}

    private static final class Plain extends LayerUpdate {

        @Override
        Weights weights(Block block) {
            return (form, a, d, step) -> BLAS.multiply(form, a, Blas.Form.AS_IS, d, -step, 1, block);
        }

        @Override
        Values values(Network.Kind kind, int length) {
            return (values, gradient, from, count, step) -> {
                for (int i = from; i < from + count; i++) {
                    values[i] -= step * gradient[i];
                }
            };
        }
    }

    /** {@code theta += (1 + ahead) v' - ahead v} with {@code v' = momentum v - step g}. */
    private static final class Inert extends LayerUpdate {

        private final double momentum;
        private final double ahead;
        private final List<DoublePointer> memory = new ArrayList<>();

        Inert(double momentum, double ahead) {
            this.momentum = momentum;
            this.ahead = ahead;
        }

        @Override
        Weights weights(Block block) {
            int size = Math.toIntExact(block.size());
            DoublePointer pointer = new DoublePointer(size);
            memory.add(pointer);
            Block velocity = new Block(pointer, block.rows(), block.columns());
            velocity.write(0, new double[size], size);
            return (form, a, d, step) -> {
                if (ahead != 0) {
                    BLAS.add(-ahead, velocity, block);
                }
                BLAS.multiply(form, a, Blas.Form.AS_IS, d, -step, momentum, velocity);
                BLAS.add(1 + ahead, velocity, block);
            };
        }

        @Override
        Values values(Network.Kind kind, int length) {
            double[] velocity = new double[length];
            return (values, gradient, from, count, step) -> {
                for (int i = from; i < from + count; i++) {
                    double before = velocity[i];
                    velocity[i] = momentum * before - step * gradient[i];
                    values[i] += (1 + ahead) * velocity[i] - ahead * before;
                }
            };
        }

        @Override
        public void close() {
            memory.forEach(DoublePointer::close);
        }
    }

    private static final class Noisy extends LayerUpdate {

        private final double temperature;
        private final SharedStateContinuousSampler forWeights;
        private final SharedStateContinuousSampler forBiases;

        Noisy(double temperature, long weightSeed, long biasSeed) {
            this.temperature = temperature;
            this.forWeights = normal(weightSeed);
            this.forBiases = normal(biasSeed);
        }

        private static SharedStateContinuousSampler normal(long seed) {
            return ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(seed));
        }

        @Override
        Weights weights(Block block) {
            double[] values = new double[Math.toIntExact(block.size())];
            return (form, a, d, step) -> {
                BLAS.multiply(form, a, Blas.Form.AS_IS, d, -step, 1, block);
                block.read(0, values, values.length);
                addNoise(values, 0, values.length, step, forWeights);
                block.write(0, values, values.length);
            };
        }

        @Override
        Values values(Network.Kind kind, int length) {
            return (values, gradient, from, count, step) -> {
                for (int i = from; i < from + count; i++) {
                    values[i] -= step * gradient[i];
                }
                addNoise(values, from, count, step, kind == Network.Kind.WEIGHTS ? forWeights : forBiases);
            };
        }

        private void addNoise(double[] values, int from, int count, double step, SharedStateContinuousSampler normal) {
            double deviation = Math.sqrt(2 * step * temperature);
            for (int i = from; i < from + count; i++) {
                values[i] += deviation * normal.sample();
            }
        }
    }
}
