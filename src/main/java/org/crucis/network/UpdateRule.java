package org.crucis.network;

import java.util.List;
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

    /**
     * Adds {@code (s_l / 2) |theta_l|^2} to the loss for each layer l, theta_l being all its weights and biases in the
     * parametrization's own coordinates; a layer that is not trained feels nothing. The penalty {@code lam mean_r u_r^2} on the
     * output weights beside the mean squared error {@code (1/2n) sum (f - y)^2} is {@code s = 2 n lam / m}.
     *
     * @param strengths s_l of each layer, input side first, the output layer last; not negative
     * @param rule what the gradient with the penalty's does; without momentum
     */
    record Penalized(List<Double> strengths, UpdateRule rule) implements UpdateRule {
        /** Checks the strengths and the rule. */
        public Penalized {
            strengths = List.copyOf(strengths);
            Objects.requireNonNull(rule, "rule");
            for (double strength : strengths) {
                if (!(strength >= 0) || Double.isInfinite(strength)) {
                    throw new IllegalArgumentException(
                            "The strengths of the penalties are " + strengths + "; none may be negative or infinite.");
                }
            }
            if (rule instanceof HeavyBall || rule instanceof Nesterov) {
                throw new IllegalArgumentException(
                        "A penalty would bypass the velocity of " + rule + "; penalize plain or noisy descent.");
            }
        }
    }

    /**
     * Moves by the rule, then scales the incoming weights of every trained hidden neuron to length one, in own coordinates and
     * without its bias. Up to a higher order in the step that is the rule's motion on the product of spheres: gradient flow for
     * plain descent, and Brownian motion with the drift of the gradient for noisy descent. Begin with {@link
     * DenseNetwork#onUnitSpheres}.
     *
     * @param rule what moves the parameters before that; without momentum
     */
    record UnitNeurons(UpdateRule rule) implements UpdateRule {
        /** Checks the rule. */
        public UnitNeurons {
            Objects.requireNonNull(rule, "rule");
            if (rule instanceof HeavyBall || rule instanceof Nesterov) {
                throw new IllegalArgumentException(
                        "The velocity of " + rule + " would leave the sphere; keep plain or noisy descent on it.");
            }
        }
    }

    private static void requireMomentum(double momentum) {
        if (!(momentum >= 0) || momentum >= 1) {
            throw new IllegalArgumentException("The momentum is " + momentum + "; it must be at least 0 and below 1.");
        }
    }
}
