package org.crucis.bench;

import java.util.List;

/**
 * What one process of either side is to do; the sizes of a claim are for that kind alone.
 *
 * @param budget seconds to measure each case for, at least
 * @param threads how many trials at once, one entry a run of the claim
 * @param trials how many small trainings the resident memory is followed along
 */
record Plan(
        Kind kind,
        double budget,
        List<Case> cases,
        List<Integer> widths,
        List<Integer> threads,
        int blocks,
        int n,
        int d,
        int steps,
        List<Integer> probes,
        int trials) {

    Plan with(List<Case> drawn) {
        return new Plan(kind, budget, drawn, widths, threads, blocks, n, d, steps, probes, trials);
    }

    /** How the work is done; each side knows these words. */
    enum Kind {
        TRAINING,
        KERNEL,
        CLAIM,
        ENGINES,
        MEMORY
    }
}
