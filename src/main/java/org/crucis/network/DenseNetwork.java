package org.crucis.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.ejml.simple.SimpleMatrix;

/**
 * A network of stock dense layers with drawn weights, as its {@link Architecture} says: a {@code MultiLayerNetwork}, or with
 * frozen gates a {@code ComputationGraph}. The model's loss is L2 (the full sum of squares), and its per-layer rates are
 * such that one {@code fit} on the full batch is one step of gradient descent on half the sum of squares with eta = 1.
 *
 * <p>In the graph, hidden layer l is {@code hidden<l>} (identity), multiplied into {@code gated<l>} by the frozen {@code
 * gate<l>}; with {@link Gates#INITIAL} the gates are fed by {@code twin<l>}, the frozen ReLU network of the beginning.
 */
public final class DenseNetwork extends Network {

    private final Architecture architecture;
    private final List<LayerScale> scales;
    private final Models.Places places;
    private final FrozenGates gates;
    private boolean handedOut;

    static DenseNetwork of(Architecture architecture, double[] parameters, double[] gateParameters) {
        Models.Entry entry = Models.take(architecture);
        List<LayerScale> scales = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (int layer = 0; layer < architecture.layers(); layer++) {
            LayerScale scale = architecture.scale(layer);
            scales.add(scale);
            int fanIn = architecture.fanIn(layer);
            int fanOut = architecture.fanOut(layer);
            int weights = entry.places().layers().get(layer).weights();
            parts.add(new Part(layer, Kind.WEIGHTS, weights, fanIn * fanOut, scale.weightRate(), scale.multiplier()));
            if (architecture.hasBiases()) {
                int biases = entry.places().layers().get(layer).biases();
                parts.add(new Part(layer, Kind.BIASES, biases, fanOut, scale.biasRate(), scale.biasMultiplier()));
            }
        }
        DenseNetwork network = new DenseNetwork(architecture, scales, parts, entry);
        network.assign(parameters);
        network.gates.assign(gateParameters);
        return network;
    }

    private DenseNetwork(Architecture architecture, List<LayerScale> scales, List<Part> parts, Models.Entry entry) {
        super(entry.model(), parts, new long[] {architecture.inputs()}, architecture.outputs());
        this.architecture = architecture;
        this.scales = List.copyOf(scales);
        this.places = entry.places();
        this.gates = new FrozenGates(architecture, entry.model(), places);
    }

    /** The network itself, if raw products can follow it. */
    static DenseNetwork require(Network network, String instead) {
        if (network instanceof DenseNetwork dense) {
            return dense;
        }
        throw new IllegalArgumentException(
                "Raw products follow drawn dense networks, not a model of another kind; use " + instead + ".");
    }

    /** Another network with the same weights and the same frozen gates. */
    public DenseNetwork copy() {
        return of(architecture, parameters(), gates.values());
    }

    /**
     * Scales the incoming weights of every hidden neuron to length one, in own coordinates and without its bias, and returns this
     * network: Gaussian weights become uniform on the sphere.
     */
    public DenseNetwork onUnitSpheres() {
        List<LayerUpdate.Shape> shapes = shapes();
        for (int layer = 0; layer < architecture.depth(); layer++) {
            Block block = weightBlock(layer);
            double[] weights = new double[Math.toIntExact(block.size())];
            block.read(0, weights, weights.length);
            LayerUpdate.normalize(weights, 0, weights.length, shapes.get(layer));
            block.write(0, weights, weights.length);
        }
        return this;
    }

    @Override
    List<LayerUpdate.Shape> shapes() {
        return IntStream.range(0, layers())
                .mapToObj(layer -> new LayerUpdate.Shape(
                        architecture.fanIn(layer),
                        scales.get(layer).multiplier(),
                        scales.get(layer).biasMultiplier()))
                .toList();
    }

    @Override
    public <M extends Model> M model(Class<M> type) {
        handedOut = true;
        return super.model(type);
    }

    /** What this network was drawn from. */
    public Architecture architecture() {
        return architecture;
    }

    /** Number of layers with weights; layer {@code layers() - 1} is the output layer. */
    public int layers() {
        return architecture.layers();
    }

    /** How a layer of the parametrization is realised here. */
    public LayerScale scale(int layer) {
        return scales.get(layer);
    }

    /** {@inheritDoc} By raw products; equal to the model's own to rounding. */
    @Override
    public SimpleMatrix outputs(SimpleMatrix inputs) {
        requireInputs(inputs);
        int n = inputs.getNumRows();
        if (architecture.isShallow()) {
            // As training computes them: a network is never off its own outputs by a rounding error.
            return new SimpleMatrix(n, 1, false, ShallowSteps.outputs(this, inputs));
        }
        try (Propagation propagation = Propagation.of(this, inputs)) {
            propagation.forward();
            return propagation.outputs();
        }
    }

    /** A copy of a layer's stock weights, fan-in x fan-out. */
    public SimpleMatrix weights(int layer) {
        Block block = weightBlock(layer);
        double[] columnMajor = new double[Math.toIntExact(block.size())];
        block.read(0, columnMajor, columnMajor.length);
        return new SimpleMatrix(block.rows(), block.columns(), false, columnMajor);
    }

    /** A copy of a layer's stock biases; empty if there are none. */
    public double[] biases(int layer) {
        if (!architecture.hasBiases()) {
            return new double[0];
        }
        double[] biases = new double[architecture.fanOut(layer)];
        biasBlock(layer).read(0, biases, biases.length);
        return biases;
    }

    /**
     * The frozen gates of some inputs: 1 where a neuron is on, 0 where it is off.
     *
     * @param inputs n x d, one input a row
     * @return one n x width matrix a hidden layer, input side first; empty without frozen gates
     */
    public List<SimpleMatrix> gates(SimpleMatrix inputs) {
        return Arrays.stream(masks(inputs))
                .map(mask -> new SimpleMatrix(inputs.getNumRows(), architecture.width(), false, mask))
                .toList();
    }

    /** {@link #gates}, column-major: one array of n x width entries a hidden layer. */
    double[][] masks(SimpleMatrix inputs) {
        requireInputs(inputs);
        return gates.masks(inputs);
    }

    @Override
    void release(Dl4jModel closed) {
        if (handedOut) {
            // Someone may still hold it; reuse would let that someone write into another network's weights.
            closed.free();
        } else {
            Models.giveBack(architecture, new Models.Entry(closed, places));
        }
    }

    /** LossL2 has no factor 1/2. */
    @Override
    double lossFactor() {
        return 2;
    }

    /** Weights of a layer in the model's memory, fan-in x fan-out. */
    Block weightBlock(int layer) {
        return openModel().block(place(layer).weights(), architecture.fanIn(layer), architecture.fanOut(layer));
    }

    /** Biases of a layer in the model's memory, as one row. */
    Block biasBlock(int layer) {
        return openModel().block(place(layer).biases(), 1, architecture.fanOut(layer));
    }

    private Models.Place place(int layer) {
        if (layer < 0 || layer >= layers()) {
            throw new IllegalArgumentException("There is no layer " + layer + "; layers are counted from 0 to "
                    + (layers() - 1) + ", which is the output layer.");
        }
        return places.layers().get(layer);
    }
}
