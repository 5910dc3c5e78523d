package org.crucis.ledger;

import java.util.List;
import org.crucis.claim.Observation;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;

/**
 * A finished trial, read back.
 *
 * @param settingNumber of the row that holds its setting
 * @param finished ISO time
 */
public record KeptTrial(long settingNumber, Setting setting, TrialSpec spec, TrialResult result, String finished) {

    /** What it measured; nothing when it failed or did not apply. */
    public List<Observation> observations() {
        return result.outcome() instanceof TrialResult.Measured measured ? measured.observations() : List.of();
    }
}
