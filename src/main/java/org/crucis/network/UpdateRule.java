package org.crucis.network;

import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * What the gradient g of the loss does to the parameters theta, in the parametrization's own coordinates. A step is eta
 * times the layer's rate; for the rates see {@link Parametrization}.
 */
public sealed interface UpdateRule {

    /** {@code theta -= eta g}. */
    record Plain() implements UpdateRule {}

    /**
     * Heavy ball (Polyak 1964): {@code v = momentum v - eta g; theta += v}, v = 0 at first.
     *
     * @param momentum in [0, 1)
     */
    record HeavyBall(double momentum) implements UpdateRule {
        /** Checks the range. */
        public HeavyBall {
            requireMomentum(momentum);
        }
    }

    /**
     * Nesterov's method with constant momentum, in the variable at which gradients are taken (Sutskever et al. 2013, and the
     * form of DeepLearning4J's updater): {@code v' = momentum v - eta g; theta += (1 + momentum) v' - momentum v}.
     *
     * @param momentum in [0, 1)
     */
    record Nesterov(double momentum) implements UpdateRule {
        /** Checks the range. */
        public Nesterov {
            requireMomentum(momentum);
        }
    }

    /**
     * Noisy (Langevin) descent: {@code theta += -eta g + sqrt(2 eta temperature) xi}, with independent standard normal xi for
     * every trained parameter and step. Without a bound on theta it samples exp(-loss / temperature) as eta goes to 0. Each
     * layer has its own streams. A layer of rate r (a multiple of eta) has noise of variance 2 eta r temperature in its stock
     * parameters, which is that of theta seen through the layer's multiplier.
     *
     * @param temperature positive
     * @param random source of the layers' seeds; advanced by two longs a layer when training starts
     */
    record Langevin(double temperature, UniformRandomProvider random) implements UpdateRule {
        /** Checks the range. */
        public Langevin {
            Objects.requireNonNull(random, "random");
            if (!(temperature > 0) || Double.isInfinite(temperature)) {
                throw new IllegalArgumentException(
                        "The temperature is " + temperature + "; it must be positive and finite.");
            }
        }
    }

    private static void requireMomentum(double momentum) {
        if (!(momentum >= 0) || momentum >= 1) {
            throw new IllegalArgumentException("The momentum is " + momentum + "; it must be at least 0 and below 1.");
        }
    }
}
