package org.crucis.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.DoublePointer;
import org.ejml.simple.SimpleMatrix;

/** The frozen gates of a drawn network, in the memory of its model. */
final class FrozenGates {

    private static final Blas BLAS = new Blas(Blas.Native.OPENBLAS);

    /**
     * The gates of a hidden layer.
     *
     * @param biases empty if there are none
     */
    private record Layer(Block weights, Optional<Block> biases) {

        Stream<Block> blocks() {
            return Stream.concat(Stream.of(weights), biases.stream());
        }
    }

    private final Architecture architecture;
    private final List<Layer> gates;
    /** The same numbers again, for the ReLU layers that feed the next gates. */
    private final List<Layer> twins;

    FrozenGates(Architecture architecture, Dl4jModel model, Models.Places places) {
        this.architecture = architecture;
        this.gates = layers(places.gates(), model);
        this.twins = layers(places.twins(), model);
    }

    private List<Layer> layers(List<Models.Place> places, Dl4jModel model) {
        List<Layer> layers = new ArrayList<>();
        for (Models.Place place : places) {
            Block weights = model.block(place.weights(), architecture.gateFanIn(layers.size()), architecture.width());
            Optional<Block> biases = place.biases() < 0
                    ? Optional.empty()
                    : Optional.of(model.block(place.biases(), 1, architecture.width()));
            layers.add(new Layer(weights, biases));
        }
        return List.copyOf(layers);
    }

    /** Overwrites all gate parameters: layer by layer, weights (column-major) before biases. */
    void assign(double[] values) {
        write(gates, values);
        write(twins, values);
    }

    private static void write(List<Layer> layers, double[] values) {
        int at = 0;
        for (Block block : layers.stream().flatMap(Layer::blocks).toList()) {
            int length = Math.toIntExact(block.size());
            block.pointer().put(values, at, length);
            at += length;
        }
    }

    /** A copy of what {@link #assign} was given. */
    double[] values() {
        double[] values = new double[architecture.gateParameters()];
        int at = 0;
        for (Block block : gates.stream().flatMap(Layer::blocks).toList()) {
            int length = Math.toIntExact(block.size());
            block.pointer().get(values, at, length);
            at += length;
        }
        return values;
    }

    /** One array of n x width zeros and ones a hidden layer, column-major. */
    double[][] masks(SimpleMatrix inputs) {
        int n = inputs.getNumRows();
        int m = architecture.width();
        if (gates.isEmpty()) {
            return new double[0][];
        }
        if ((long) n * m > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("The gates of " + n + " inputs at width " + m
                    + " are more than an array holds; take fewer inputs at a time.");
        }
        double[][] masks = new double[gates.size()][n * m];
        try (DoublePointer memory = new DoublePointer((long) n * (inputs.getNumCols() + 2L * m))) {
            Block x = new Block(memory, n, inputs.getNumCols());
            Block z = new Block(memory.getPointer(x.size()), n, m);
            Block twin = new Block(memory.getPointer(x.size() + z.size()), n, m);
            x.write(0, inputs.transpose().getDDRM().getData(), n * x.columns());
            double[] values = new double[n * m];
            double[] biases = new double[m];
            for (int layer = 0; layer < masks.length; layer++) {
                Block from = layer == 0 || architecture.gates() == Gates.INDEPENDENT ? x : twin;
                BLAS.multiply(
                        Blas.Form.AS_IS, from, Blas.Form.AS_IS, gates.get(layer).weights(), 1, 0, z);
                z.read(0, values, values.length);
                gates.get(layer).biases().ifPresent(block -> block.read(0, biases, m));
                for (int i = 0; i < values.length; i++) {
                    values[i] += biases[i / n];
                    masks[layer][i] = values[i] > 0 ? 1 : 0;
                    values[i] *= masks[layer][i];
                }
                twin.write(0, values, values.length);
            }
        }
        return masks;
    }
}
