package org.crucis.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Which layers gradient descent moves; the others keep their initial weights and are left out of the tangent kernel. */
public sealed interface TrainedLayers permits Trained, TrainedLayers.Only {

    /**
     * Whether a layer moves.
     *
     * @param layer counted from 0, the input side
     * @param depth number of hidden layers, which is the index of the output layer
     */
    boolean include(int layer, int depth);

    /**
     * The trained layer nearest to the inputs: what lies below it never changes.
     *
     * @throws IllegalArgumentException if a network of this depth has none, or not all of the layers named
     */
    default int lowest(int depth) {
        for (int layer = 0; layer <= depth; layer++) {
            if (include(layer, depth)) {
                return layer;
            }
        }
        throw new IllegalArgumentException(
                "With depth " + depth + " no layer is trained by " + this + "; choose a larger depth or other layers.");
    }

    /**
     * Exactly these layers; made by {@link Trained#only}.
     *
     * @param layers in ascending order, each once
     */
    record Only(List<Integer> layers) implements TrainedLayers {

        /** Sorts, so that the order in which layers are named makes no difference. */
        public Only {
            layers = layers.stream().distinct().sorted().toList();
            if (layers.isEmpty() || layers.get(0) < 0) {
                throw new IllegalArgumentException(
                        "The layers to train are " + layers + "; name at least one, counted from 0 at the input side.");
            }
        }

        static Only of(int... layers) {
            return new Only(Arrays.stream(layers).boxed().toList());
        }

        @Override
        public int lowest(int depth) {
            int highest = layers.get(layers.size() - 1);
            if (highest > depth) {
                throw new IllegalArgumentException("There is no layer " + highest + " to train; layers are counted from"
                        + " 0 to the depth (" + depth + "), which is the output layer.");
            }
            return layers.get(0);
        }

        @Override
        public boolean include(int layer, int depth) {
            return layers.contains(layer);
        }

        @Override
        public String toString() {
            return layers.stream().map(String::valueOf).collect(Collectors.joining(", ", "only(", ")"));
        }
    }
}
