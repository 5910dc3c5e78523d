package org.crucis.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.ejml.simple.SimpleMatrix;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * Any DeepLearning4J model with one input, one output layer with the sum of squares as its loss, and plain gradient descent:
 * residual graphs, recurrent layers. Everything goes through DeepLearning4J's own passes ({@link ModelPropagation}).
 *
 * <p>The model says by its {@code Sgd} updaters how fast each parameter moves, and by {@code FrozenLayerWithBackprop} what
 * does not: one {@code fit} on the full batch with {@code miniBatch(false)} is one step with eta = 1. So {@code Sgd(0.5)}
 * with {@code LossL2}, which has no factor 1/2, means the rate 1. Own coordinates are the stock parameters.
 */
public final class GraphNetwork extends Network {

    private final double lossFactor;

    private GraphNetwork(Dl4jModel model, List<Part> parts, long[] inputShape, int outputs, double lossFactor) {
        super(model, parts, inputShape, outputs);
        this.lossFactor = lossFactor;
    }

    /**
     * Takes over a model: {@link #close} frees its memory.
     *
     * @param model an initialised {@code MultiLayerNetwork} or {@code ComputationGraph} in double precision
     * @param inputShape shape of one input without the number of inputs: d for vectors, (d, T) for sequences. A row of an
     *     input matrix holds its numbers with the last index running fastest, outputs likewise
     * @throws IllegalArgumentException in one sentence, if the model does more than gradient descent on a sum of squares, or
     *     inputs of that shape do not fit
     */
    public static GraphNetwork of(Model model, long... inputShape) {
        NumericSelfTest.require();
        Layer[] layers = layers(model);
        Dl4jModel own = Dl4jModel.of(model);
        long[] shape = new long[inputShape.length + 1];
        shape[0] = 1;
        System.arraycopy(inputShape, 0, shape, 1, inputShape.length);
        INDArray output = firstOutput(own, shape);
        double lossFactor = lossFactor(outputLayer(model), output);
        List<Part> parts = new ArrayList<>();
        for (int l = 0; l < layers.length; l++) {
            Layer layer = layers[l];
            requirePlain(layer);
            for (Map.Entry<String, INDArray> parameter : layer.paramTable().entrySet()) {
                String name = parameter.getKey();
                var configuration = layer.conf().getLayer();
                Kind kind = configuration.initializer().isBiasParam(configuration, name) ? Kind.BIASES : Kind.WEIGHTS;
                int size = Math.toIntExact(parameter.getValue().length());
                parts.add(new Part(
                        l, kind, own.offset(parameter.getValue()), size, lossFactor * learningRate(layer, name), 1));
            }
        }
        if (parts.stream().mapToInt(Part::size).sum() != own.size()) {
            throw new IllegalArgumentException(
                    "The graph has parameters outside of its layers, in vertices of their own,"
                            + " which cannot be trained here; build it of layers.");
        }
        parts.sort(Comparator.comparingInt(Part::offset));
        return new GraphNetwork(own, parts, inputShape, Math.toIntExact(output.length()), lossFactor);
    }

    private static INDArray firstOutput(Dl4jModel model, long[] shape) {
        try {
            return model.output(Nd4j.zeros(DataType.DOUBLE, shape));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "The model takes no input of shape " + Arrays.toString(Arrays.copyOfRange(shape, 1, shape.length))
                            + "; give the shape of one input, without the number of inputs.",
                    e);
        }
    }

    private static Layer[] layers(Model model) {
        if (model instanceof MultiLayerNetwork network) {
            return network.getLayers();
        }
        if (model instanceof ComputationGraph graph) {
            if (graph.getNumInputArrays() != 1 || graph.getNumOutputArrays() != 1) {
                throw new IllegalArgumentException("The graph has " + graph.getNumInputArrays() + " inputs and "
                        + graph.getNumOutputArrays() + " outputs; give one with one of each.");
            }
            return graph.getLayers();
        }
        throw new IllegalArgumentException("The model is a " + model.getClass().getSimpleName()
                + "; give a MultiLayerNetwork or a ComputationGraph.");
    }

    private static Layer outputLayer(Model model) {
        return model instanceof ComputationGraph graph
                ? graph.getOutputLayer(0)
                : ((MultiLayerNetwork) model).getOutputLayer();
    }

    /** The gradient of LossL2 is twice that of half the sum of squares; LossMSE divides by the number of outputs. */
    private static double lossFactor(Layer layer, INDArray output) {
        var configuration = layer.conf().getLayer();
        if (configuration instanceof OutputLayer || configuration instanceof RnnOutputLayer) {
            ILossFunction loss = ((BaseOutputLayer) configuration).getLossFn();
            if (loss.getClass() == LossL2.class && ((LossL2) loss).getWeights() == null) {
                return 2;
            }
            if (loss.getClass() == LossMSE.class && ((LossMSE) loss).getWeights() == null) {
                return 2.0 / output.size(1);
            }
        }
        throw new IllegalArgumentException("The model ends in " + configuration
                + "; give it an OutputLayer or RnnOutputLayer with an unweighted LossL2 or LossMSE.");
    }

    private static void requirePlain(Layer layer) {
        var configuration = layer.conf().getLayer();
        boolean regularized = layer.paramTable().keySet().stream()
                .map(configuration::getRegularizationByParam)
                .anyMatch(terms -> terms != null && !terms.isEmpty());
        boolean normalized = configuration.getGradientNormalization() != null
                && configuration.getGradientNormalization() != GradientNormalization.None;
        boolean constrained = configuration.getConstraints() != null
                && !configuration.getConstraints().isEmpty();
        boolean noisy = configuration instanceof BaseLayer base && base.getWeightNoise() != null;
        if (regularized || normalized || constrained || noisy || configuration.getIDropout() != null) {
            throw new IllegalArgumentException("Layer '" + configuration.getLayerName()
                    + "' has dropout, weight noise, regularization, constraints or normalized gradients; plain gradient descent has none of"
                    + " them, so take them out.");
        }
    }

    private static double learningRate(Layer layer, String parameter) {
        var configuration = layer.conf().getLayer();
        if (layer instanceof FrozenLayer) {
            throw new IllegalArgumentException("Layer '" + configuration.getLayerName()
                    + "' is a FrozenLayer, which sends no signal to the layers below it; use FrozenLayerWithBackprop.");
        }
        if (layer instanceof FrozenLayerWithBackprop) {
            return 0;
        }
        IUpdater updater = configuration.getUpdaterByParam(parameter);
        if (updater instanceof Sgd sgd && sgd.getLearningRateSchedule() == null) {
            return sgd.getLearningRate();
        }
        throw new IllegalArgumentException("Parameter '" + parameter + "' of layer '" + configuration.getLayerName()
                + "' is updated by " + updater + "; give the layer an Sgd with a fixed rate.");
    }

    @Override
    public SimpleMatrix outputs(SimpleMatrix inputs) {
        try (ModelPropagation propagation = ModelPropagation.of(this, inputs)) {
            propagation.forward();
            return propagation.outputs();
        }
    }

    @Override
    void release(Dl4jModel closed) {
        closed.free();
    }

    /** Own coordinates are the stock parameters; which of them belong to one neuron, only the layer knows. */
    @Override
    List<LayerUpdate.Shape> shapes() {
        int layers = parts().stream().mapToInt(Part::layer).max().orElse(-1) + 1;
        return Collections.nCopies(layers, new LayerUpdate.Shape(0, 1, 1));
    }

    @Override
    double lossFactor() {
        return lossFactor;
    }
}
