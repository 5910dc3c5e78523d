package org.crucis.command;

/** The user asked for what cannot be done; the message is the one sentence that says what, and what to do. */
final class Refusal extends RuntimeException {

    Refusal(String sentence) {
        super(sentence);
    }
}
