package org.crucis.network;

import java.util.List;

/**
 * How far the parameters are from an earlier state, in the parametrization's own coordinates (stock weight divided by its
 * multiplier), where theorems measure it. Euclidean norms.
 *
 * @param total distance over all parameters, biases included
 * @param initial norm of all parameters in the earlier state
 * @param layers one entry a layer, input side first; weights only
 */
public record Motion(double total, double initial, List<Layer> layers) {

    /**
     * Motion of one layer's weights (Frobenius norms).
     *
     * @param moved distance from the earlier state
     * @param initial norm in the earlier state
     */
    public record Layer(double moved, double initial) {

        /** moved / initial. */
        public double relative() {
            return moved / initial;
        }
    }

    /** Copies the list. */
    public Motion {
        layers = List.copyOf(layers);
    }

    /** total / initial. */
    public double relative() {
        return total / initial;
    }
}
