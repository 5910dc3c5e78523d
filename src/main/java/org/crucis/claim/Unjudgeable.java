package org.crucis.claim;

/** Observations from which no criterion may conclude anything: the finding is VOID, for the reason in the message. */
public final class Unjudgeable extends RuntimeException {

    public Unjudgeable(String reason) {
        super(reason);
    }
}
