package org.crucis.routes;

import org.apache.commons.rng.simple.RandomSource;
import org.crucis.data.Gaussian;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Gates;
import org.crucis.network.Parametrization;
import org.crucis.network.Trained;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A small network with something to learn, small enough in its outputs for eta = 1, the rate of the model's own {@code fit}.
 *
 * @param architecture of the network; every draw of it here is the same
 * @param inputs n x d
 * @param targets n x outputs
 */
record Problem(Architecture architecture, SimpleMatrix inputs, SimpleMatrix targets) {

    private static final Architecture SMALL = Architecture.of(5)
            .variances(1.5, 0.2)
            .parametrization(Parametrization.ntk().scaledBy(0.1));

    static Problem shallow() {
        return of(SMALL.hidden(64, 1));
    }

    static Problem deep() {
        return of(SMALL.hidden(32, 3).outputs(2).activation(Activation.ERF));
    }

    static Problem gated() {
        return of(SMALL.hidden(32, 3).gates(Gates.INDEPENDENT).trained(Trained.INNER));
    }

    /** Without a kink, for what is expanded in powers of a step. */
    static Problem smooth() {
        return of(SMALL.hidden(16, 1).activation(Activation.TANH));
    }

    private static Problem of(Architecture architecture) {
        return new Problem(
                architecture,
                Gaussian.inputs(8, 5, RandomSource.XO_SHI_RO_256_PP.create(3)),
                Gaussian.inputs(8, architecture.outputs(), RandomSource.XO_SHI_RO_256_PP.create(4)));
    }

    DenseNetwork draw() {
        return architecture.draw(RandomSource.XO_SHI_RO_256_PP.create(5));
    }

    String setting() {
        return (architecture.isGated() ? "gated " : "") + architecture.activation() + ", width " + architecture.width()
                + ", depth " + architecture.depth() + ", " + architecture.outputs()
                + (architecture.outputs() == 1 ? " output" : " outputs") + ", " + inputs.getNumRows() + " inputs";
    }

    /** The outputs by the model's own forward pass. */
    SimpleMatrix modelOutputs(DenseNetwork network) {
        INDArray outputs = architecture.isGated()
                ? network.model(ComputationGraph.class).output(array(inputs))[0]
                : network.model(MultiLayerNetwork.class).output(array(inputs));
        return matrix(outputs);
    }

    /** Full-batch steps by the model's own {@code fit}. */
    void fit(DenseNetwork network, int steps) {
        for (int step = 0; step < steps; step++) {
            if (architecture.isGated()) {
                network.model(ComputationGraph.class)
                        .fit(new INDArray[] {array(inputs)}, new INDArray[] {array(targets)});
            } else {
                network.model(MultiLayerNetwork.class).fit(array(inputs), array(targets));
            }
        }
    }

    static INDArray array(SimpleMatrix matrix) {
        return Nd4j.createFromArray(matrix.toArray2());
    }

    static SimpleMatrix matrix(INDArray array) {
        return new SimpleMatrix(array.toDoubleMatrix());
    }
}
