package org.crucis.network;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.ejml.simple.SimpleMatrix;

/** The frozen gates of a drawn network, in the memory of its model. */
final class FrozenGates {

    private static final Blas BLAS = new Blas(Blas.Native.OPENBLAS);

    private final Architecture architecture;
    /** Weights of each hidden layer's gates, and biases where there are some. */
    private final List<Block> parameters;
    /** The same numbers again, for the ReLU layers that feed the next gates. */
    private final List<Block> twins;

    FrozenGates(Architecture architecture, Dl4jModel model, Models.Places places) {
        this.architecture = architecture;
        this.parameters = blocks(places.gates(), model);
        this.twins = blocks(places.twins(), model);
    }

    private List<Block> blocks(List<Models.Place> places, Dl4jModel model) {
        List<Block> blocks = new ArrayList<>();
        for (int layer = 0; layer < places.size(); layer++) {
            Models.Place place = places.get(layer);
            blocks.add(model.block(place.weights(), architecture.gateFanIn(layer), architecture.width()));
            if (place.biases() >= 0) {
                blocks.add(model.block(place.biases(), 1, architecture.width()));
            }
        }
        return blocks;
    }

    /** Overwrites all gate parameters: layer by layer, weights (column-major) before biases. */
    void assign(double[] values) {
        write(parameters, values);
        write(twins, values);
    }

    private static void write(List<Block> blocks, double[] values) {
        int at = 0;
        for (Block block : blocks) {
            int length = Math.toIntExact(block.size());
            block.pointer().put(values, at, length);
            at += length;
        }
    }

    /** A copy of what {@link #assign} was given. */
    double[] values() {
        double[] values = new double[architecture.gateParameters()];
        int at = 0;
        for (Block block : parameters) {
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
        int perLayer = parameters.isEmpty() ? 1 : parameters.size() / architecture.depth();
        double[][] masks = new double[parameters.size() / perLayer][n * m];
        if (masks.length == 0) {
            return masks;
        }
        try (DoublePointer memory = new DoublePointer((long) n * (inputs.getNumCols() + 2L * m))) {
            Block x = new Block(memory, n, inputs.getNumCols());
            Block z = new Block(memory.getPointer(x.size()), n, m);
            Block twin = new Block(memory.getPointer(x.size() + z.size()), n, m);
            x.write(0, inputs.transpose().getDDRM().getData(), n * x.columns());
            double[] values = new double[n * m];
            double[] biases = new double[m];
            for (int layer = 0; layer < masks.length; layer++) {
                boolean fromInputs = layer == 0 || architecture.gates() == Gates.INDEPENDENT;
                BLAS.multiply(
                        Blas.Form.AS_IS,
                        fromInputs ? x : twin,
                        Blas.Form.AS_IS,
                        parameters.get(perLayer * layer),
                        1,
                        0,
                        z);
                z.read(0, values, values.length);
                if (perLayer == 2) {
                    parameters.get(2 * layer + 1).read(0, biases, m);
                }
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
