package org.crucis.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
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

    private static final Map<Architecture, Deque<Entry>> IDLE = new LinkedHashMap<>(16, 0.75f, true);
    private static int idleModels;
    private static long idleParameters;

    /**
     * Where a layer's numbers begin in the model's flat vector: weights (inputs x outputs, column-major), biases.
     *
     * @param biases -1 if there are none
     */
    record Place(int weights, int biases) {}

    /**
     * The places of all layers.
     *
     * @param layers layers of the network, output layer included
     * @param gates frozen gates of the hidden layers; empty if there are none
     * @param twins frozen ReLU layers that feed the gates; empty if there are none
     */
    record Places(List<Place> layers, List<Place> gates, List<Place> twins) {}

    /** A model with its places. */
    record Entry(Dl4jModel model, Places places) {}

    private Models() {}

    static Entry take(Architecture architecture) {
        synchronized (IDLE) {
            Deque<Entry> models = IDLE.get(architecture);
            if (models != null) {
                Entry model = models.pop();
                if (models.isEmpty()) {
                    IDLE.remove(architecture);
                }
                idleModels--;
                idleParameters -= model.model().size();
                return model;
            }
        }
        return build(architecture);
    }

    static void giveBack(Architecture architecture, Entry model) {
        List<Entry> surplus = new ArrayList<>();
        synchronized (IDLE) {
            IDLE.computeIfAbsent(architecture, key -> new ArrayDeque<>()).push(model);
            idleModels++;
            idleParameters += model.model().size();
            Iterator<Deque<Entry>> longestUnused = IDLE.values().iterator();
            while (idleModels > MOST_IDLE || idleParameters > MOST_IDLE_PARAMETERS) {
                Deque<Entry> models = longestUnused.next();
                while (!models.isEmpty() && (idleModels > MOST_IDLE || idleParameters > MOST_IDLE_PARAMETERS)) {
                    Entry freed = models.pop();
                    idleModels--;
                    idleParameters -= freed.model().size();
                    surplus.add(freed);
                }
                if (models.isEmpty()) {
                    longestUnused.remove();
                }
            }
        }
        surplus.forEach(entry -> entry.model().free());
    }

    private static Entry build(Architecture architecture) {
        NumericSelfTest.require();
        return architecture.isGated() ? gated(architecture) : ungated(architecture);
    }

    private static Entry ungated(Architecture architecture) {
        NeuralNetConfiguration.ListBuilder layers = configuration().list();
        for (int layer = 0; layer < architecture.depth(); layer++) {
            layers.layer(hidden(architecture, layer, architecture.activation().layerFunction()));
        }
        MultiLayerNetwork network =
                new MultiLayerNetwork(layers.layer(output(architecture)).build());
        network.init();
        return entry(network, network.getLayers(), List.of(), List.of());
    }

    private static Entry gated(Architecture architecture) {
        ComputationGraphConfiguration.GraphBuilder graph =
                configuration().graphBuilder().addInputs("inputs");
        String below = "inputs";
        String gatedBy = "inputs";
        boolean twinned = architecture.gates() == Gates.INITIAL;
        int depth = architecture.depth();
        for (int layer = 0; layer < depth; layer++) {
            graph.addLayer("hidden" + layer, hidden(architecture, layer, new ActivationIdentity()), below);
            graph.addLayer("gate" + layer, frozen(architecture, layer, new StepActivation()), gatedBy);
            if (twinned && layer < depth - 1) {
                // A ReLU layer of its own: an activation layer behind it would work in place, on what the next gates
                // read.
                graph.addLayer("twin" + layer, frozen(architecture, layer, new ActivationReLU()), gatedBy);
                gatedBy = "twin" + layer;
            }
            graph.addVertex(
                    "gated" + layer,
                    new ElementWiseVertex(ElementWiseVertex.Op.Product),
                    "hidden" + layer,
                    "gate" + layer);
            below = "gated" + layer;
        }
        ComputationGraph network = new ComputationGraph(graph.addLayer("output", output(architecture), below)
                .setOutputs("output")
                .build());
        network.init();
        Layer[] layers = Stream.concat(named(network, "hidden", depth), Stream.of(network.getLayer("output")))
                .toArray(Layer[]::new);
        return entry(
                network,
                layers,
                named(network, "gate", depth).toList(),
                named(network, "twin", twinned ? depth - 1 : 0).toList());
    }

    private static Stream<Layer> named(ComputationGraph graph, String name, int count) {
        return IntStream.range(0, count).mapToObj(layer -> graph.getLayer(name + layer));
    }

    private static NeuralNetConfiguration.Builder configuration() {
        return new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .weightInit(WeightInit.ZERO)
                .miniBatch(false);
    }

    private static DenseLayer hidden(Architecture architecture, int layer, IActivation activation) {
        LayerScale scale = architecture.scale(layer);
        return new DenseLayer.Builder()
                .nIn(architecture.fanIn(layer))
                .nOut(architecture.fanOut(layer))
                .hasBias(architecture.hasBiases())
                .activation(activation)
                .updater(updater(scale.weightRate()))
                .biasUpdater(updater(scale.biasRate()))
                .build();
    }

    private static FrozenLayer frozen(Architecture architecture, int layer, IActivation activation) {
        return new FrozenLayer(new DenseLayer.Builder()
                .nIn(architecture.gateFanIn(layer))
                .nOut(architecture.width())
                .hasBias(architecture.gates() == Gates.INITIAL && architecture.hasBiases())
                .activation(activation)
                .build());
    }

    private static OutputLayer output(Architecture architecture) {
        int layer = architecture.depth();
        LayerScale scale = architecture.scale(layer);
        return new OutputLayer.Builder(new LossL2())
                .nIn(architecture.fanIn(layer))
                .nOut(architecture.fanOut(layer))
                .hasBias(architecture.hasBiases())
                .activation(new ActivationIdentity())
                .updater(updater(scale.weightRate()))
                .biasUpdater(updater(scale.biasRate()))
                .build();
    }

    /** LossL2 has no factor 1/2, hence half the rate. */
    private static Sgd updater(double rate) {
        return new Sgd(rate / 2);
    }

    private static Entry entry(Model network, Layer[] layers, List<Layer> gates, List<Layer> twins) {
        Dl4jModel model = Dl4jModel.of(network);
        return new Entry(model, new Places(places(model, List.of(layers)), places(model, gates), places(model, twins)));
    }

    private static List<Place> places(Dl4jModel model, List<Layer> layers) {
        return layers.stream()
                .map(layer -> new Place(
                        model.offset(layer.getParam("W")),
                        layer.paramTable().containsKey("b") ? model.offset(layer.getParam("b")) : -1))
                .toList();
    }
}
