package org.crucis.network;

/** The sets of trained layers that theorems speak of; {@link #only} gives any other. */
public enum Trained implements TrainedLayers {
    /** Every layer. */
    ALL {
        @Override
        public boolean include(int layer, int depth) {
            return true;
        }
    },
    /** Every layer but the output layer. */
    HIDDEN {
        @Override
        public boolean include(int layer, int depth) {
            return layer < depth;
        }
    },
    /** Every layer but the first and the output layer, as in the convergence theorems of deep networks; needs depth 2. */
    INNER {
        @Override
        public boolean include(int layer, int depth) {
            return layer > 0 && layer < depth;
        }
    },
    /** The output layer alone: a random-feature model. */
    OUTPUT {
        @Override
        public boolean include(int layer, int depth) {
            return layer == depth;
        }
    };

    /** Exactly these layers, counted from 0 at the input side; layer {@code depth} is the output layer. */
    public static TrainedLayers only(int... layers) {
        return TrainedLayers.Only.of(layers);
    }
}
