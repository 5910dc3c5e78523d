package org.crucis.theorem;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * One hypothesis of a theorem as measured on the data.
 *
 * @param measured a number, or the user's choice in words
 * @param required what it has to be, to be read after "must be"
 */
public record Hypothesis(String name, Object measured, String required, Standing standing) {

    /** Whether it holds. */
    public enum Standing {
        HOLDS,
        FAILS,
        /** The theorem names no number. */
        OPEN;

        /** The word used in JSON. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
