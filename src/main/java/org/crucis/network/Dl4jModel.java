package org.crucis.network;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A DeepLearning4J model of either kind, with one input and one output array, and the place of its parameters, which
 * DeepLearning4J keeps in one flat vector.
 *
 * @param parameters first entry of the flat vector
 * @param size length of the flat vector
 */
record Dl4jModel(Model model, DoublePointer parameters, int size) {

    static Dl4jModel of(Model model) {
        INDArray parameters = model.params();
        if (parameters.dataType() != DataType.DOUBLE) {
            throw new IllegalArgumentException("The model has parameters of type " + parameters.dataType()
                    + "; build it with dataType(DataType.DOUBLE).");
        }
        return new Dl4jModel(model, pointer(parameters), Math.toIntExact(model.numParams()));
    }

    /** addressPointer, not pointer: only the former includes a view's offset. */
    private static DoublePointer pointer(INDArray array) {
        return new DoublePointer(array.data().addressPointer());
    }

    /** Where a view of the parameters begins in the flat vector. */
    int offset(INDArray view) {
        return Math.toIntExact((pointer(view).address() - parameters.address()) / Double.BYTES);
    }

    /** A part of the flat vector as a matrix. */
    Block block(int offset, int rows, int columns) {
        if (offset < 0 || offset + (long) rows * columns > size) {
            throw new IndexOutOfBoundsException("A block of " + rows + " x " + columns + " parameters from " + offset);
        }
        return new Block(new DoublePointer(parameters).getPointer(offset), rows, columns);
    }

    /** The outputs, in memory of their own. */
    INDArray output(INDArray inputs) {
        return model instanceof ComputationGraph graph
                ? graph.output(inputs)[0].dup()
                : ((MultiLayerNetwork) model).output(inputs).dup();
    }

    /** The gradient of the model's loss, summed over the inputs, in the order of the flat vector: a view, 1 x size. */
    INDArray gradient(INDArray inputs, INDArray labels) {
        if (model instanceof ComputationGraph graph) {
            graph.setInputs(inputs);
            graph.setLabels(labels);
            graph.computeGradientAndScore();
            return graph.getFlattenedGradients();
        }
        MultiLayerNetwork network = (MultiLayerNetwork) model;
        network.setInput(inputs);
        network.setLabels(labels);
        network.computeGradientAndScore();
        return network.getFlattenedGradients();
    }

    /**
     * Frees parameters and gradient. DeepLearning4J's own close does that too, but ends in a full garbage collection: a
     * tenth of a second for every network.
     */
    void free() {
        for (INDArray array : Arrays.asList(model.params(), model.getGradientsViewArray())) {
            if (array != null && array.closeable()) {
                array.close();
            }
        }
    }
}
