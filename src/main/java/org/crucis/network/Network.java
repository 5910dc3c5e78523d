package org.crucis.network;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Model;
import org.ejml.simple.SimpleMatrix;

/**
 * A DeepLearning4J network under study: drawn from an {@link Architecture} ({@link DenseNetwork}) or any other model
 * ({@link GraphNetwork}). Its parameters live in DeepLearning4J's own memory: what training writes there, the model sees,
 * and the other way round.
 *
 * <p>One thread at a time may use a network. Close it, best by try-with-resources: the memory lies outside the Java heap,
 * where the collector does not feel its weight.
 */
public abstract sealed class Network implements AutoCloseable permits DenseNetwork, GraphNetwork {

    /** What the numbers of a part do. */
    enum Kind {
        WEIGHTS,
        BIASES
    }

    /**
     * Consecutive parameters that share rate and unit.
     *
     * @param layer the layer they belong to
     * @param offset their place in the model's flat vector
     * @param size how many they are
     * @param rate as a multiple of eta; 0 when frozen
     * @param multiplier factor between the theorem's own coordinates and these numbers
     */
    record Part(int layer, Kind kind, int offset, int size, double rate, double multiplier) {}

    private final List<Part> parts;
    private final int size;
    private final long[] inputShape;
    private final int outputs;
    private Dl4jModel model;

    /** @param inputShape of one input */
    Network(Dl4jModel model, List<Part> parts, long[] inputShape, int outputs) {
        this.model = model;
        this.parts = List.copyOf(parts);
        this.size = parts.stream().mapToInt(Part::size).sum();
        this.inputShape = inputShape.clone();
        this.outputs = outputs;
    }

    /**
     * The DeepLearning4J network. Not to be used after {@link #close}.
     *
     * @param type {@code MultiLayerNetwork.class} or {@code ComputationGraph.class}
     * @throws IllegalArgumentException if it is of the other kind
     */
    public <M extends Model> M model(Class<M> type) {
        Model handedOut = openModel().model();
        if (!type.isInstance(handedOut)) {
            throw new IllegalArgumentException(
                    "This network is a " + handedOut.getClass().getSimpleName() + ", not a " + type.getSimpleName()
                            + "; ask for its own kind.");
        }
        return type.cast(handedOut);
    }

    /**
     * The outputs f(x).
     *
     * @param inputs n x d, one input a row
     * @return n x outputs
     * @throws IllegalArgumentException if the shape does not fit or an entry is not finite
     */
    public abstract SimpleMatrix outputs(SimpleMatrix inputs);

    /** Numbers in one input, d. */
    public int inputSize() {
        return Math.toIntExact(Arrays.stream(inputShape).reduce(1, (a, b) -> a * b));
    }

    /** Numbers in one output. */
    public int outputSize() {
        return outputs;
    }

    /** The rate of every single parameter as a multiple of eta, in the order of {@link #parameters}. */
    public double[] rates() {
        double[] rates = new double[size];
        int at = 0;
        for (Part part : parts) {
            Arrays.fill(rates, at, at + part.size, part.rate);
            at += part.size;
        }
        return rates;
    }

    /**
     * A copy of all stock parameters in DeepLearning4J's order: layer by layer, weights (column-major) before biases.
     * Frozen gates are not among them.
     */
    public double[] parameters() {
        double[] copy = new double[size];
        int at = 0;
        for (Part part : parts) {
            openModel().parameters().position(part.offset).get(copy, at, part.size);
            at += part.size;
        }
        model.parameters().position(0);
        return copy;
    }

    /**
     * Overwrites all stock parameters.
     *
     * @param parameters in the order of {@link #parameters}
     */
    public void assign(double[] parameters) {
        if (parameters.length != size) {
            throw new IllegalArgumentException("Got " + parameters.length + " parameters for a network of " + size
                    + "; pass an array as returned by parameters().");
        }
        int at = 0;
        for (Part part : parts) {
            openModel().parameters().position(part.offset).put(parameters, at, part.size);
            at += part.size;
        }
        model.parameters().position(0);
    }

    /**
     * How far the parameters are from an earlier state, in the parametrization's own coordinates.
     *
     * @param earlier what {@link #parameters} returned then
     */
    public Motion motionFrom(double[] earlier) {
        double[] now = parameters();
        if (earlier.length != now.length) {
            throw new IllegalArgumentException(
                    "The earlier state has " + earlier.length + " parameters, the network has " + now.length
                            + "; pass an array as returned by parameters() of the same network.");
        }
        double moved = 0;
        double initial = 0;
        SortedMap<Integer, double[]> ofWeights = new TreeMap<>();
        int at = 0;
        for (Part part : parts) {
            double unit = 1 / (part.multiplier * part.multiplier);
            double partMoved = unit * squaredDistance(now, earlier, at, part.size);
            double partInitial = unit * squaredNorm(earlier, at, part.size);
            moved += partMoved;
            initial += partInitial;
            double[] ofLayer = ofWeights.computeIfAbsent(part.layer, layer -> new double[2]);
            if (part.kind == Kind.WEIGHTS) {
                ofLayer[0] += partMoved;
                ofLayer[1] += partInitial;
            }
            at += part.size;
        }
        List<Motion.Layer> layers = ofWeights.values().stream()
                .map(squares -> new Motion.Layer(Math.sqrt(squares[0]), Math.sqrt(squares[1])))
                .toList();
        return new Motion(Math.sqrt(moved), Math.sqrt(initial), layers);
    }

    /**
     * Checks that a matrix can be fed to this network.
     *
     * @throws IllegalArgumentException in one sentence, if the shape does not fit or an entry is not finite
     * @throws IllegalStateException if this network was closed
     */
    public void requireInputs(SimpleMatrix inputs) {
        requireOpen();
        int d = inputSize();
        if (inputs.getNumRows() == 0 || inputs.getNumCols() != d) {
            throw new IllegalArgumentException("The inputs are " + inputs.getNumRows() + " x " + inputs.getNumCols()
                    + "; this network needs a matrix with one input of dimension " + d + " in each row.");
        }
        for (int i = 0; i < inputs.getNumRows(); i++) {
            for (int k = 0; k < d; k++) {
                if (!Double.isFinite(inputs.get(i, k))) {
                    throw new IllegalArgumentException("Input " + i + " has the entry " + inputs.get(i, k)
                            + " in dimension " + k + "; every entry must be finite.");
                }
            }
        }
    }

    /** Gives the memory back. Closing twice does nothing; any other use afterwards is an IllegalStateException. */
    @Override
    public void close() {
        if (model != null) {
            Dl4jModel closed = model;
            model = null;
            release(closed);
        }
    }

    /** What becomes of the model when this network is closed. */
    abstract void release(Dl4jModel closed);

    /** What a rule of motion has to know of each layer. */
    abstract List<LayerUpdate.Shape> shapes();

    /** Factor between the gradient of half the sum of squares and that of the model's own loss. */
    abstract double lossFactor();

    Dl4jModel openModel() {
        requireOpen();
        return model;
    }

    boolean isOpen() {
        return model != null;
    }

    void requireOpen() {
        if (model == null) {
            throw new IllegalStateException("This network was closed; draw another one, or give another model.");
        }
    }

    List<Part> parts() {
        return parts;
    }

    /** The shape of n inputs as the model wants them. */
    long[] shape(int n) {
        long[] shape = new long[inputShape.length + 1];
        shape[0] = n;
        System.arraycopy(inputShape, 0, shape, 1, inputShape.length);
        return shape;
    }

    /** The rates in the order of the model's flat vector, 0 for what is not among the parameters. */
    double[] flatRates() {
        double[] rates = new double[openModel().size()];
        for (Part part : parts) {
            Arrays.fill(rates, part.offset, part.offset + part.size, part.rate);
        }
        return rates;
    }

    /** Picks the parameters, in their order, from a vector in the order of the model's. */
    double[] select(double[] flat) {
        double[] selected = new double[size];
        int at = 0;
        for (Part part : parts) {
            System.arraycopy(flat, part.offset, selected, at, part.size);
            at += part.size;
        }
        return selected;
    }

    private static double squaredNorm(double[] v, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += v[i] * v[i];
        }
        return sum;
    }

    private static double squaredDistance(double[] v, double[] w, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += (v[i] - w[i]) * (v[i] - w[i]);
        }
        return sum;
    }
}
