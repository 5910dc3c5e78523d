package org.crucis.lab;

/** A claim that cannot be planned; the message says which rule it breaks and what to do. */
public final class PlanException extends RuntimeException {

    public PlanException(String message) {
        super(message);
    }
}
