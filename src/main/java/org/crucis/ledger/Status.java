package org.crucis.ledger;

import java.util.List;
import java.util.Map;

/**
 * What a ledger holds.
 *
 * @param settings how many settings have trials
 * @param trials number of trials by outcome
 * @param damaged how many trials are not what was written; they count as not there
 * @param writers a sentence for each process of this machine that writes to it now
 */
public record Status(
        String file,
        long bytes,
        long settings,
        Map<String, Long> trials,
        long damaged,
        List<String> writers,
        List<ClaimTrials> claims,
        List<FailedTrial> failed) {

    /** @param seconds that its trials took, all together */
    public record ClaimTrials(String claim, long trials, double seconds, long failed) {}

    /**
     * @param point coordinates as JSON
     * @param cause name of a {@link org.crucis.lab.TrialResult.Cause}
     * @param finished ISO time
     */
    public record FailedTrial(
            String claim,
            String experiment,
            String point,
            int block,
            int edition,
            String cause,
            String reason,
            String finished) {}
}
