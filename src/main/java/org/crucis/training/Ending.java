package org.crucis.training;

/** How a training ended. Divergence is an observation that some theorems predict, not an error. */
public sealed interface Ending {

    /** Number of steps made. */
    int steps();

    /** The loss fell to the wanted fraction of the initial one. */
    record Converged(int steps) implements Ending {}

    /** The loss rose above what {@link GradientDescent#noSlowerThan} allows at this step. */
    record TooSlow(int steps) implements Ending {}

    /** All allowed steps were made. */
    record Exhausted(int steps) implements Ending {}

    /** The loss became infinite, not a number, or larger than {@link GradientDescent#DIVERGENCE} times the initial one. */
    record Diverged(int steps) implements Ending {}
}
