package org.crucis.lab;

import org.crucis.claim.Point;

/**
 * A trial by name: all that another process needs to run it. No code is shipped, only names; the seeds are the plan's.
 *
 * @param claimClass binary name of the class of the claim
 * @param experiment name of the field that holds the experiment
 */
public record TrialSpec(String claimClass, String experiment, Point point, int block, Seeds seeds) {

    /** As a reader finds the trial again: claim, experiment, point, block, edition. */
    @Override
    public String toString() {
        return seeds.claim() + ", " + experiment + " at " + point + ", block " + block + ", edition " + seeds.edition();
    }
}
