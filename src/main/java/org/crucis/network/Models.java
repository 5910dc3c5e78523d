package org.crucis.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.DoublePointer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * Builds the DeepLearning4J networks, and keeps those that were closed for the next draw of the same architecture:
 * building one takes milliseconds, overwriting its parameters microseconds, and claims train thousands.
 */
final class Models {

    /** Idle models are freed beyond this number and this many parameters in all (64 MB). */
    private static final int MOST_IDLE = 128;

    private static final long MOST_IDLE_PARAMETERS = 1L << 23;

    private static final Map<Architecture, Deque<Model>> IDLE = new LinkedHashMap<>(16, 0.75f, true);
    private static int idleModels;
    private static long idleParameters;

    /**
     * A model and the place of its parameters: DeepLearning4J's flat vector, layer by layer, weights (inputs x outputs,
     * column-major) before biases.
     */
    record Model(MultiLayerNetwork network, DoublePointer parameters, int size) {}

    private Models() {}

    static Model take(Architecture architecture) {
        synchronized (IDLE) {
            Deque<Model> models = IDLE.get(architecture);
            if (models != null) {
                Model model = models.pop();
                if (models.isEmpty()) {
                    IDLE.remove(architecture);
                }
                idleModels--;
                idleParameters -= model.size;
                return model;
            }
        }
        return build(architecture);
    }

    static void giveBack(Architecture architecture, Model model) {
        List<Model> surplus = new ArrayList<>();
        synchronized (IDLE) {
            IDLE.computeIfAbsent(architecture, key -> new ArrayDeque<>()).push(model);
            idleModels++;
            idleParameters += model.size;
            Iterator<Deque<Model>> longestUnused = IDLE.values().iterator();
            while (idleModels > MOST_IDLE || idleParameters > MOST_IDLE_PARAMETERS) {
                Deque<Model> models = longestUnused.next();
                while (!models.isEmpty() && (idleModels > MOST_IDLE || idleParameters > MOST_IDLE_PARAMETERS)) {
                    Model freed = models.pop();
                    idleModels--;
                    idleParameters -= freed.size;
                    surplus.add(freed);
                }
                if (models.isEmpty()) {
                    longestUnused.remove();
                }
            }
        }
        surplus.forEach(Models::free);
    }

    /**
     * Frees parameters and gradient. MultiLayerNetwork.close does that too, but ends in a full garbage collection: a tenth
     * of a second for every network.
     */
    static void free(Model model) {
        for (INDArray array :
                Arrays.asList(model.network().params(), model.network().getFlattenedGradients())) {
            if (array != null && array.closeable()) {
                array.close();
            }
        }
    }

    private static Model build(Architecture architecture) {
        NumericSelfTest.require();
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .weightInit(WeightInit.ZERO)
                .miniBatch(false)
                .list();
        for (int layer = 0; layer < architecture.layers(); layer++) {
            LayerScale scale = architecture.scale(layer);
            // LossL2 has no factor 1/2, hence half the rate.
            Sgd weightUpdater = new Sgd(scale.weightRate() / 2);
            Sgd biasUpdater = new Sgd(scale.biasRate() / 2);
            layers.layer(
                    layer < architecture.depth()
                            ? new DenseLayer.Builder()
                                    .nIn(architecture.fanIn(layer))
                                    .nOut(architecture.fanOut(layer))
                                    .hasBias(architecture.hasBiases())
                                    .activation(architecture.activation().layerFunction())
                                    .updater(weightUpdater)
                                    .biasUpdater(biasUpdater)
                                    .build()
                            : new OutputLayer.Builder(new LossL2())
                                    .nIn(architecture.fanIn(layer))
                                    .nOut(architecture.fanOut(layer))
                                    .hasBias(architecture.hasBiases())
                                    .activation(new ActivationIdentity())
                                    .updater(weightUpdater)
                                    .biasUpdater(biasUpdater)
                                    .build());
        }
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        int size = architecture.parameters();
        if (network.params().dataType() != DataType.DOUBLE || network.numParams() != size) {
            throw new IllegalStateException("DeepLearning4J built a network of " + network.numParams()
                    + " parameters of type " + network.params().dataType() + " where " + size
                    + " of type DOUBLE were expected; use version 1.0.0-M2.1.");
        }
        // addressPointer, not pointer: only the former includes a view's offset.
        return new Model(network, new DoublePointer(network.params().data().addressPointer()), size);
    }
}
