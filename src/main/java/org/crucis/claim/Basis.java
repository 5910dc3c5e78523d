package org.crucis.claim;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a prediction rests on. */
public enum Basis {
    /** Read in the paper's text. */
    TEXT,
    /** Read in the paper's abstract only. */
    ABSTRACT,
    /** Recalled; the text was not at hand. */
    RECALLED,
    /** Derived here. When it is refuted, suspect the derivation first. */
    DERIVED,
    /** A band set after a pilot run: shown, never counted. */
    PILOT;

    /** The word used in evidence. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a prediction on this basis counts towards the verdict of its claim. */
    public boolean carriesVerdict() {
        return this != PILOT;
    }
}
