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

    /**
     * What a rule has to know of a layer.
     *
     * @param fanIn incoming weights of a neuron; 0 when not known
     * @param multiplier between own coordinates and stock weights
     * @param biasMultiplier the same for the biases
     */
    record Shape(int fanIn, double multiplier, double biasMultiplier) {
        double multiplier(Network.Kind kind) {
            return kind == Network.Kind.WEIGHTS ? multiplier : biasMultiplier;
        }
    }

    /** The updates of all layers; null where a layer is not trained. */
    static LayerUpdate[] of(UpdateRule rule, DenseNetwork network) {
        LayerUpdate[] updates = of(rule, network.shapes());
        for (int layer = 0; layer < updates.length; layer++) {
            if (!network.architecture().trains(layer)) {
                updates[layer] = null;
            }
        }
        return updates;
    }

    /** One for each layer, whether it is trained or not: the noise of one does not depend on the others. */
    static LayerUpdate[] of(UpdateRule rule, List<Shape> shapes) {
        LayerUpdate[] updates = new LayerUpdate[shapes.size()];
        for (int layer = 0; layer < updates.length; layer++) {
            updates[layer] = of(rule, layer, shapes);
        }
        return updates;
    }

    private static LayerUpdate of(UpdateRule rule, int layer, List<Shape> shapes) {
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
        if (rule instanceof UpdateRule.Penalized penalized) {
            if (penalized.strengths().size() != shapes.size()) {
                throw new IllegalArgumentException("There are " + shapes.size() + " layers and "
                        + penalized.strengths().size()
                        + " strengths of penalties; give one for each layer, 0 where there is none.");
            }
            return new Shrinking(
                    of(penalized.rule(), layer, shapes), penalized.strengths().get(layer), shapes.get(layer));
        }
        if (rule instanceof UpdateRule.UnitNeurons unit) {
            LayerUpdate moved = of(unit.rule(), layer, shapes);
            return layer == shapes.size() - 1 ? moved : new OnSpheres(moved, shapes.get(layer));
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

    /** The penalty's share of the gradient is a multiple of the parameters: they shrink, and then move as without it. */
    private static final class Shrinking extends LayerUpdate {

        private final LayerUpdate moved;
        private final double strength;
        private final Shape shape;

        Shrinking(LayerUpdate moved, double strength, Shape shape) {
            this.moved = moved;
            this.strength = strength;
            this.shape = shape;
        }

        /** What a step takes away of a stock parameter, as a fraction. */
        private double share(double step, Network.Kind kind) {
            double multiplier = shape.multiplier(kind);
            return step * strength / (multiplier * multiplier);
        }

        @Override
        Weights weights(Block block) {
            Weights inner = moved.weights(block);
            return (form, a, d, step) -> {
                BLAS.add(-share(step, Network.Kind.WEIGHTS), block, block);
                inner.descend(form, a, d, step);
            };
        }

        @Override
        Values values(Network.Kind kind, int length) {
            Values inner = moved.values(kind, length);
            return (values, gradient, from, count, step) -> {
                double kept = 1 - share(step, kind);
                for (int i = from; i < from + count; i++) {
                    values[i] *= kept;
                }
                inner.descend(values, gradient, from, count, step);
            };
        }

        @Override
        public void close() {
            moved.close();
        }
    }

    private static final class OnSpheres extends LayerUpdate {

        private final LayerUpdate moved;
        private final Shape shape;

        OnSpheres(LayerUpdate moved, Shape shape) {
            if (shape.fanIn() == 0) {
                throw new IllegalArgumentException("Neurons of unit length need a network drawn from an architecture;"
                        + " give a model of another kind a constraint of its own.");
            }
            this.moved = moved;
            this.shape = shape;
        }

        @Override
        Weights weights(Block block) {
            Weights inner = moved.weights(block);
            double[] values = new double[Math.toIntExact(block.size())];
            return (form, a, d, step) -> {
                inner.descend(form, a, d, step);
                block.read(0, values, values.length);
                normalize(values, 0, values.length, shape);
                block.write(0, values, values.length);
            };
        }

        @Override
        Values values(Network.Kind kind, int length) {
            Values inner = moved.values(kind, length);
            return (values, gradient, from, count, step) -> {
                inner.descend(values, gradient, from, count, step);
                if (kind == Network.Kind.WEIGHTS) {
                    normalize(values, from, count, shape);
                }
            };
        }

        @Override
        public void close() {
            moved.close();
        }
    }

    /** Scales each neuron's incoming weights to length one in own coordinates; a neuron of length zero has no direction. */
    static void normalize(double[] weights, int from, int count, Shape shape) {
        for (int first = from; first < from + count; first += shape.fanIn()) {
            double squared = 0;
            for (int k = first; k < first + shape.fanIn(); k++) {
                squared += weights[k] * weights[k];
            }
            double factor = shape.multiplier() / Math.sqrt(squared);
            for (int k = first; k < first + shape.fanIn(); k++) {
                weights[k] *= factor;
            }
        }
    }
}
