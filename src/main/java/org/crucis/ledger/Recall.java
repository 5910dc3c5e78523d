package org.crucis.ledger;

import org.crucis.lab.TrialResult;

/** What the ledger remembers of a trial that is asked for. */
sealed interface Recall {

    record Kept(TrialResult result) implements Recall {}

    record Missing(Reuse.Reason reason) implements Recall {}
}
