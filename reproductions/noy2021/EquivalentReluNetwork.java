package noy2021;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Gates;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ejml.simple.SimpleMatrix;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The ReLU network of twice the width that agrees with a gated network on the training inputs (a construction of our own; the
 * paper announces one and was not read). With h_k the features of the gated network, column by column of H_k, the ReLU network
 * is made to have the features r_k = [(h_k)_+ ; (-h_k)_+], which are never negative: its weights are V_k = R_k R_(k-1)^+, with R_(-1)
 * the inputs, and its output weights [B, -B]. Where the columns of R_(k-1) are linearly independent, V_k R_(k-1) = R_k exactly and
 * relu changes nothing.
 *
 * @param network as many layers as the gated one, each of twice the width; a DeepLearning4J network, to be closed
 * @param rank the least rank of the R_(k-1) of all layers, inputs included
 * @param largestNorm the largest Frobenius norm of a V_k over that of the gated network's W_k: how reasonable the size is
 */
record EquivalentReluNetwork(DenseNetwork network, int rank, double largestNorm) implements AutoCloseable {

    /** Singular values below this fraction of the largest one do not count. */
    private static final double RANK_TOLERANCE = 1e-10;

    /**
     * @param gated of one output and without biases, in any state of training
     * @param inputs n x d, linearly independent
     */
    static EquivalentReluNetwork of(DenseNetwork gated, SimpleMatrix inputs) {
        return with(gated, inputs, features(gated, inputs));
    }

    /** What goes wrong with m neurons instead of 2m: as if the features of the gated network were never negative. */
    static EquivalentReluNetwork withoutNegativeFeatures(DenseNetwork gated, SimpleMatrix inputs) {
        SimpleMatrix[] features = features(gated, inputs);
        Arrays.setAll(features, layer -> positive(features[layer]));
        return with(gated, inputs, features);
    }

    private static SimpleMatrix[] features(DenseNetwork gated, SimpleMatrix inputs) {
        SimpleMatrix[] features = new SimpleMatrix[gated.architecture().depth()];
        Map<String, INDArray> activations =
                gated.model(ComputationGraph.class).feedForward(Nd4j.createFromArray(inputs.toArray2()), false);
        Arrays.setAll(
                features,
                layer -> new SimpleMatrix(activations.get("gated" + layer).toDoubleMatrix()).transpose());
        return features;
    }

    /**
     * The same for any features whatever, m x n for every layer: the construction does not ask where they come from.
     */
    static EquivalentReluNetwork with(DenseNetwork gated, SimpleMatrix inputs, SimpleMatrix[] features) {
        Architecture architecture = gated.architecture();
        int layers = architecture.depth();
        int width = architecture.width();
        DoubleStream parameters = DoubleStream.empty();
        SimpleMatrix before = inputs.transpose();
        int rank = inputs.getNumRows();
        double largestNorm = 0;
        for (int layer = 0; layer < layers; layer++) {
            rank = Math.min(rank, rank(before));
            SimpleMatrix parts = positive(features[layer]).concatRows(positive(features[layer].negative()));
            SimpleMatrix weights = parts.mult(before.pseudoInverse());
            largestNorm =
                    Math.max(largestNorm, weights.normF() / gated.weights(layer).normF());
            // Stock weights are fan-in x fan-out, column after column: the rows of V.
            parameters = DoubleStream.concat(
                    parameters, Arrays.stream(weights.getDDRM().getData()));
            before = parts;
        }
        double[] last = gated.weights(layers).getDDRM().getData();
        parameters = DoubleStream.concat(parameters, Arrays.stream(last));
        parameters = DoubleStream.concat(parameters, Arrays.stream(last).map(weight -> -weight));
        DenseNetwork network = architecture
                .gates(Gates.NONE)
                .hidden(2 * width, layers)
                .draw(RandomSource.XO_SHI_RO_256_PP.create(0)); // every weight is overwritten
        network.assign(parameters.toArray());
        return new EquivalentReluNetwork(network, rank, largestNorm);
    }

    private static SimpleMatrix positive(SimpleMatrix matrix) {
        SimpleMatrix positive = matrix.copy();
        for (int i = 0; i < positive.getNumElements(); i++) {
            positive.set(i, Math.max(0, positive.get(i)));
        }
        return positive;
    }

    private static int rank(SimpleMatrix matrix) {
        double[] singular = matrix.svd().getSingularValues();
        double largest = Arrays.stream(singular).max().orElse(0);
        return (int) Arrays.stream(singular)
                .filter(value -> value > RANK_TOLERANCE * largest)
                .count();
    }

    /** |f_ReLU - f_gated| over |f_gated|, maxima over inputs. */
    double difference(DenseNetwork gated, SimpleMatrix inputs) {
        SimpleMatrix expected = gated.outputs(inputs);
        double scale = Math.max(expected.elementMaxAbs(), Double.MIN_NORMAL);
        return network.outputs(inputs).minus(expected).elementMaxAbs() / scale;
    }

    @Override
    public void close() {
        network.close();
    }
}
