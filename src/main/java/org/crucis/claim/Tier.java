package org.crucis.claim;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How large a run is. A tier scales sizes and blocks, never thresholds. */
public enum Tier {
    /** The whole suite within minutes on two cores. */
    QUICK,
    /** Paper-scale sweeps. */
    FULL;

    /** @throws IllegalArgumentException for any other word than "quick" and "full" */
    public static Tier parse(String word) {
        for (Tier tier : values()) {
            if (tier.name().equalsIgnoreCase(word)) {
                return tier;
            }
        }
        throw new IllegalArgumentException("unknown tier '" + word + "': expected quick or full");
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
