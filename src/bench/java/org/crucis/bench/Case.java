package org.crucis.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.data.Labels;
import org.crucis.data.Spheres;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Network;
import org.crucis.network.Trained;
import org.ejml.simple.SimpleMatrix;

/**
 * One network on one set of inputs. Its numbers lie in a file that both sides read: n x d inputs (row after row), n targets,
 * and the stock parameters in DeepLearning4J's order, as little-endian doubles.
 *
 * @param id what both sides call it
 * @param width neurons m of each hidden layer
 * @param depth number of hidden layers
 * @param n number of inputs
 * @param d dimension of an input
 * @param steps of one training; 0 for a kernel
 * @param eta step size; 1 for a kernel
 * @param rates eta times the rate of each layer, 0 where it is not trained
 */
record Case(
        String id,
        Activation activation,
        int width,
        int depth,
        int n,
        int d,
        Trained trained,
        int steps,
        double eta,
        List<Double> rates,
        String file) {

    private static final int DIMENSION = 20;

    /** What a training should take with PyTorch, in seconds: far above a clock's resolution and a run's set-up. */
    private static final double TRAINING = 0.3;

    private static final int FEWEST_STEPS = 10;
    private static final int MOST_STEPS = 300;

    static Case training(String id, Activation activation, int width, int depth, int n, Trained trained) {
        return new Case(id, activation, width, depth, n, DIMENSION, trained, 1, 1, List.of(), "").sized();
    }

    static Case kernel(int width, int depth, int n) {
        return new Case("n = " + n, Activation.RELU, width, depth, n, DIMENSION, Trained.ALL, 0, 1, List.of(), "");
    }

    /** Multiplications of one step or kernel up to a factor: what its time should grow like. */
    double operations() {
        double parameters = architecture().parameters();
        return steps > 0 ? n * parameters : 2.0 * n * parameters + (double) depth * width * n * n;
    }

    Architecture architecture() {
        return Architecture.of(d)
                .hidden(width, depth)
                .activation(activation)
                .variances(2, 0)
                .trained(trained);
    }

    Case withoutFile() {
        return new Case(id, activation, width, depth, n, d, trained, steps, eta, rates, "");
    }

    private Case sized() {
        // Element-wise work at 5 ns a neuron and input, products at 40 GFLOP/s, 60 microseconds of calls.
        double step = 6e-5 + 5e-9 * n * width * depth + 6.0 * n * architecture().parameters() / 40e9;
        int count = (int) Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, Math.rint(TRAINING / step)));
        return new Case(id, activation, width, depth, n, d, trained, count, eta, rates, file);
    }

    /** Draws the numbers, seeded by the sizes, and writes them. */
    Case drawnInto(Path folder) {
        UniformRandomProvider random =
                RandomSource.XO_SHI_RO_256_PP.create(List.of(width, depth, n).hashCode());
        SimpleMatrix inputs = Spheres.ofDimension(n, d, random);
        SimpleMatrix targets = Labels.gaussian(n, random);
        try (DenseNetwork network = architecture().draw(random)) {
            // Each layer adds about 2 to the kernel's diagonal, and the trace bounds the eigenvalues.
            double step = steps > 0 ? 0.25 / (n * (depth + 1.0)) : 1;
            List<Double> scaled = new ArrayList<>();
            for (int layer = 0; layer < network.layers(); layer++) {
                scaled.add(step * network.scale(layer).weightRate());
            }
            Path target = folder.resolve(activation + "-" + depth + "-" + width + "-" + n + ".f64");
            write(target, inputs.getDDRM().getData(), targets.getDDRM().getData(), network.parameters());
            return new Case(
                    id, activation, width, depth, n, d, trained, steps, step, List.copyOf(scaled), target.toString());
        }
    }

    private static void write(Path target, double[]... parts) {
        int count = 0;
        for (double[] part : parts) {
            count += part.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(count * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        DoubleBuffer numbers = bytes.asDoubleBuffer();
        for (double[] part : parts) {
            numbers.put(part);
        }
        try {
            Files.write(target, bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same numbers again, as our side uses them. */
    Loaded load() {
        try {
            DoubleBuffer numbers = ByteBuffer.wrap(Files.readAllBytes(Path.of(file)))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer();
            double[] inputs = new double[n * d];
            double[] targets = new double[n];
            double[] parameters = new double[architecture().parameters()];
            numbers.get(inputs).get(targets).get(parameters);
            Network network = architecture().draw(RandomSource.XO_SHI_RO_256_PP.create(1L));
            network.assign(parameters);
            return new Loaded(
                    network, new SimpleMatrix(n, d, true, inputs), new SimpleMatrix(n, 1, true, targets), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A case in memory; close its network. */
    record Loaded(Network network, SimpleMatrix inputs, SimpleMatrix targets, double[] parameters) {}
}
