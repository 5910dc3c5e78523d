package org.crucis.ledger;

/** The ledger cannot be used; the message is a sentence that says which file, what is wrong with it, and what to do. */
public final class LedgerException extends RuntimeException {

    LedgerException(String sentence) {
        super(sentence);
    }

    LedgerException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
