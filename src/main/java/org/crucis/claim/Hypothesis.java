package org.crucis.claim;

/**
 * A hypothesis of the theorem as measured on the data of a run, before training.
 *
 * @param experiment the experiment in which it was measured
 * @param measured the measured value nearest to the edge of what is required, over all blocks
 * @param required where the value has to lie
 */
public record Hypothesis(String experiment, String name, double measured, Interval required, boolean holds) {}
