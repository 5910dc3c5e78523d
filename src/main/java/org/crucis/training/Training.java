package org.crucis.training;

import org.ejml.simple.SimpleMatrix;

/** The record of one training run. */
public final class Training {

    private final Ending ending;
    private final double[] losses;
    private final SimpleMatrix outputs;

    Training(Ending ending, double[] losses, SimpleMatrix outputs) {
        this.ending = ending;
        this.losses = losses;
        this.outputs = outputs;
    }

    /** How it ended. */
    public Ending ending() {
        return ending;
    }

    /** Number of steps made. */
    public int steps() {
        return ending.steps();
    }

    /** A copy of the losses, (1/2) sum_i (f_i - y_i)^2, indexed by step: entry 0 is the initial one. */
    public double[] losses() {
        return losses.clone();
    }

    /** Loss after this many steps. */
    public double loss(int step) {
        return losses[step];
    }

    /** Last loss divided by the initial one; 0 when both are 0. */
    public double relativeLoss() {
        double last = losses[losses.length - 1];
        return last == 0 ? 0 : last / losses[0];
    }

    /** A copy of the last outputs on the training inputs, n x outputs, as the network computes them (not centred). */
    public SimpleMatrix outputs() {
        return outputs.copy();
    }

    @Override
    public String toString() {
        return ending + ", loss " + losses[0] + " -> " + losses[losses.length - 1];
    }
}
