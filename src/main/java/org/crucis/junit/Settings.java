package org.crucis.junit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Tier;
import org.crucis.engine.EngineSettings;
import org.crucis.engine.Engines;
import org.crucis.severity.Audits;
import org.crucis.severity.SeverityFolder;

/**
 * How a run is set, from JUnit's configuration parameters or system properties.
 *
 * @param reports the folder that holds {@code latest} and {@code selected} ({@code crucis.reports})
 * @param tier quick or full ({@code crucis.tier})
 * @param edition which seeds ({@code crucis.edition}); editions are counted, so that nobody shops for seeds
 * @param seeds whether the edition was asked for or drawn ({@code crucis.seeds}); a drawn one goes to a folder of its own and
 *     onto the list of audits
 * @param engine what runs the trials ({@code crucis.engine}): worker processes by default
 * @param limits how many trials run at once ({@code crucis.threads}, all cores by default), for how long
 *     ({@code crucis.trial.minutes}), in how much memory ({@code crucis.trial.megabytes})
 * @param ledger the file of finished trials ({@code crucis.ledger}), {@code ledger.db} beside the reports by default; empty
 *     when it is {@code off}, and every trial is run anew
 * @param talk how much is said on the way ({@code crucis.progress})
 */
record Settings(
        Path reports,
        Tier tier,
        int edition,
        Seeds seeds,
        String engine,
        EngineSettings limits,
        Optional<Path> ledger,
        Talk talk) {

    /** Where the edition comes from. */
    enum Seeds {
        PINNED,
        FRESH
    }

    /** How much a run says. */
    enum Talk {
        LIVE,
        QUIET
    }

    static final String REPORTS = "crucis.reports";
    static final String TIER = "crucis.tier";
    static final String EDITION = "crucis.edition";
    static final String SEEDS = "crucis.seeds";
    static final String THREADS = "crucis.threads";
    static final String ENGINE = "crucis.engine";
    static final String LEDGER = "crucis.ledger";
    static final String MINUTES = "crucis.trial.minutes";
    static final String MEGABYTES = "crucis.trial.megabytes";
    static final String PROGRESS = "crucis.progress";

    /** In the place of a ledger's file: none. */
    static final String OFF = "off";

    static Settings read(Function<String, Optional<String>> parameter) {
        Path reports = Path.of(parameter.apply(REPORTS).orElse("reports"));
        Seeds seeds = word(SEEDS, Seeds.class, parameter.apply(SEEDS).orElse("pinned"));
        if (seeds == Seeds.FRESH && parameter.apply(EDITION).isPresent()) {
            throw new IllegalArgumentException(
                    SEEDS + "=fresh draws an edition, and " + EDITION + " names one: give one of them");
        }
        return new Settings(
                reports,
                Tier.parse(parameter.apply(TIER).orElse("quick")),
                seeds == Seeds.FRESH
                        ? audits(reports).nextEdition()
                        : positive(EDITION, parameter.apply(EDITION).orElse("1")),
                seeds,
                parameter.apply(ENGINE).orElse(Engines.WORKERS),
                new EngineSettings(
                        parameter
                                .apply(THREADS)
                                .map(text -> positive(THREADS, text))
                                .orElse(Runtime.getRuntime().availableProcessors()),
                        parameter
                                .apply(MINUTES)
                                .map(text -> Duration.ofMinutes(positive(MINUTES, text)))
                                .orElse(EngineSettings.LONGEST),
                        parameter
                                .apply(MEGABYTES)
                                .map(text -> positive(MEGABYTES, text))
                                .orElse(EngineSettings.HEAP_MEGABYTES)),
                parameter
                        .apply(LEDGER)
                        .map(text -> text.equals(OFF) ? Optional.<Path>empty() : Optional.of(Path.of(text)))
                        .orElse(Optional.of(reports.resolve("ledger.db"))),
                word(PROGRESS, Talk.class, parameter.apply(PROGRESS).orElse("live")));
    }

    /**
     * The audits listed beside these reports.
     *
     * @throws IllegalArgumentException when the list cannot be read: an edition would be drawn twice
     */
    static Audits audits(Path reports) {
        SeverityFolder.Reading<Audits> reading = SeverityFolder.in(reports).read(Audits.NAME, Audits.class);
        if (!reading.problem().isEmpty()) {
            throw new IllegalArgumentException(reading.problem());
        }
        return reading.found().orElse(Audits.NONE);
    }

    private static <E extends Enum<E>> E word(String name, Class<E> type, String text) {
        return Stream.of(type.getEnumConstants())
                .filter(each -> each.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " must be "
                        + Stream.of(type.getEnumConstants())
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" or "))
                        + ", got '" + text + "'"));
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
