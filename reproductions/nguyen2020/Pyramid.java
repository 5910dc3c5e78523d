package nguyen2020;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Gaussian;
import org.crucis.network.GraphNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.simple.SimpleMatrix;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * The paper's network, built of stock layers without biases: F_l = sigma(F_(l-1) W_l) with samples as rows, four layers of weights,
 * the last one linear with a single output; gradient descent on Phi = |F_4 - Y|^2 / 2 with all layers at one rate.
 *
 * <p>W_1 is Gaussian and large, W_2 Gaussian and small, so that the initial output is small; W_3 and W_4 are multiples of matrices with
 * orthonormal columns: the initialisation for which a first layer of width N suffices.
 */
final class Pyramid implements AutoCloseable {

    /** The inequality of one state, in the norms of Frobenius. */
    record State(double gradient, double lowerBound, double upperBound) {}

    /** Widths of the layers above the first one. */
    static final int NARROW = 10;

    private static final double FIRST = 2;
    private static final double SECOND = 0.3;
    private static final double ORTHOGONAL = 1.5;

    private final MultiLayerNetwork model;
    private final GraphNetwork network;

    private Pyramid(MultiLayerNetwork model, int d) {
        this.model = model;
        this.network = GraphNetwork.of(model, d);
    }

    /**
     * Draws a network.
     *
     * @param d dimension of an input
     * @param widths n_1, n_2, n_3
     */
    static Pyramid draw(int d, int[] widths, UniformRandomProvider random) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .miniBatch(false)
                .activation(new LeakySoftplus())
                .updater(new Sgd(0.5)) // LossL2 has no factor 1/2: a rate of 1 for Phi
                .list();
        int received = d;
        for (int width : widths) {
            list.layer(new DenseLayer.Builder()
                    .nIn(received)
                    .nOut(width)
                    .hasBias(false)
                    .build());
            received = width;
        }
        list.layer(new OutputLayer.Builder(new LossL2())
                .nIn(received)
                .nOut(1)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build());
        MultiLayerNetwork model = new MultiLayerNetwork(list.build());
        model.init();
        List<SimpleMatrix> weights = List.of(
                Gaussian.inputs(d, widths[0], random).scale(FIRST / Math.sqrt(d)),
                Gaussian.inputs(widths[0], widths[1], random).scale(SECOND / Math.sqrt(widths[0])),
                orthonormal(widths[1], widths[2], random).scale(ORTHOGONAL),
                orthonormal(widths[2], 1, random).scale(ORTHOGONAL));
        for (int layer = 0; layer < weights.size(); layer++) {
            model.setParam(layer + "_W", Nd4j.create(weights.get(layer).toArray2()));
        }
        return new Pyramid(model, d);
    }

    /** Orthonormal columns, or rows where there are fewer of them. */
    static SimpleMatrix orthonormal(int rows, int columns, UniformRandomProvider random) {
        if (rows < columns) {
            return orthonormal(columns, rows, random).transpose();
        }
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(rows, columns);
        qr.decompose(Gaussian.inputs(rows, columns, random).getDDRM());
        return SimpleMatrix.wrap(qr.getQ(null, true));
    }

    GraphNetwork network() {
        return network;
    }

    /** F_1, one input a row. */
    SimpleMatrix features(SimpleMatrix x) {
        return matrix(model.feedForward(array(x), false).get(1));
    }

    /**
     * The gradient with respect to W_2 and what bounds it.
     *
     * @param rank how many singular values of F_1 count: N for the theorem
     */
    State state(SimpleMatrix x, SimpleMatrix y, int rank) {
        model.setInput(array(x));
        model.setLabels(array(y));
        model.computeGradientAndScore();
        double gradient = matrix(model.gradient().getGradientFor("1_W")).normF() / 2;
        double error = network.outputs(x).minus(y).normF();
        List<double[]> singular = new ArrayList<>();
        singular.add(extremes(features(x), rank));
        for (int layer = 2; layer <= 3; layer++) {
            SimpleMatrix weights = matrix(model.getParam(layer + "_W"));
            singular.add(extremes(weights, weights.getNumCols()));
        }
        double gamma = LeakySoftplus.SMALLEST_SLOPE;
        double lower = gamma * gamma * error;
        double upper = error;
        for (double[] each : singular) {
            lower *= each[0];
            upper *= each[1];
        }
        return new State(gradient, lower, upper);
    }

    /** The singular value of this rank, 0 where the matrix has fewer of them, and the largest one. */
    static double[] extremes(SimpleMatrix matrix, int rank) {
        double[] values = matrix.svd(true).getSingularValues();
        Arrays.sort(values);
        double smallest = values.length < rank ? 0 : values[values.length - rank];
        return new double[] {smallest, values[values.length - 1]};
    }

    private static INDArray array(SimpleMatrix matrix) {
        return Nd4j.create(matrix.toArray2());
    }

    private static SimpleMatrix matrix(INDArray array) {
        return new SimpleMatrix(array.toDoubleMatrix());
    }

    @Override
    public void close() {
        network.close();
    }
}
