package org.crucis.junit;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.crucis.claim.Tier;

/**
 * How a run is set, from JUnit's configuration parameters or system properties.
 *
 * @param reports the folder that holds {@code latest} and {@code selected} ({@code crucis.reports})
 * @param tier quick or full ({@code crucis.tier})
 * @param edition which seeds ({@code crucis.edition}); editions are counted, so that nobody shops for seeds
 * @param threads how many trials run at once ({@code crucis.threads}); all cores by default
 */
record Settings(Path reports, Tier tier, int edition, int threads) {

    static final String REPORTS = "crucis.reports";
    static final String TIER = "crucis.tier";
    static final String EDITION = "crucis.edition";
    static final String THREADS = "crucis.threads";

    static Settings read(Function<String, Optional<String>> parameter) {
        return new Settings(
                Path.of(parameter.apply(REPORTS).orElse("reports")),
                Tier.parse(parameter.apply(TIER).orElse("quick")),
                positive(EDITION, parameter.apply(EDITION).orElse("1")),
                parameter
                        .apply(THREADS)
                        .map(text -> positive(THREADS, text))
                        .orElse(Runtime.getRuntime().availableProcessors()));
    }

    private static int positive(String name, String text) {
        try {
            int value = Integer.parseInt(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Reported below, with the text as it was given.
        }
        throw new IllegalArgumentException(name + " must be a whole number from 1 up, got '" + text + "'");
    }
}
