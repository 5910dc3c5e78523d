package org.crucis.ledger;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many trials were handed over from earlier runs, and why the others were run.
 *
 * @param ran number of trials for each reason, in the order of the reasons; none is zero
 */
public record Reuse(long kept, Map<Reason, Long> ran) {

    /** Why a trial was run. */
    public enum Reason {
        NEVER_RUN("never run before"),
        EDITION("for the edition is another one"),
        PLAN("for the plan has changed"),
        CODE("for the code has changed"),
        ENVIRONMENT("for the numeric environment is another one"),
        NOT_MEASURED("that failed or did not apply before"),
        DAMAGED("for the record was damaged");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    public Reuse {
        Map<Reason, Long> copy = new EnumMap<>(Reason.class);
        ran.forEach((reason, count) -> {
            if (count > 0) {
                copy.put(reason, count);
            }
        });
        ran = Collections.unmodifiableMap(copy);
    }

    /** Such as "18 200 trials were kept from earlier runs; 300 were run: 200 never run before, 100 for the code has changed". */
    public String sentence() {
        String first = (kept == 0 ? "no trial was" : kept == 1 ? "1 trial was" : grouped(kept) + " trials were")
                + " kept from earlier runs";
        long run = ran.values().stream().mapToLong(Long::longValue).sum();
        if (run == 0) {
            return first + "; none was run";
        }
        return first + "; " + grouped(run) + (run == 1 ? " was" : " were") + " run: "
                + ran.entrySet().stream()
                        .map(reason -> grouped(reason.getValue()) + " " + reason.getKey().words)
                        .collect(Collectors.joining(", "));
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', ' ');
    }
}
