package org.crucis.severity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * How often criteria err on simulated observations whose truth is known, and how often they see the deviation that a finding
 * calls detectable. Kept as {@value #NAME}.json in the {@link SeverityFolder}.
 *
 * @param schemaVersion {@link org.crucis.claim.Evidence#SCHEMA_VERSION} of the writer
 */
public record Calibration(int schemaVersion, List<Rate> rates, List<Power> powers) {

    /** The record's name in the folder. */
    public static final String NAME = "calibration";

    /** Two-sided confidence of the intervals of all rates. */
    public static final double CONFIDENCE = 0.99;

    public Calibration {
        rates = List.copyOf(rates);
        powers = List.copyOf(powers);
    }

    /**
     * Where the truth lies, and what is counted. A control fires where a prediction would be outside, so that EDGE_OUTSIDE
     * speaks of both; in a family it has to be outside in every member, and CONTROL_FIRED counts where one member lies on the
     * edge and the others far outside.
     */
    public enum Situation {
        TRUE_OUTSIDE("theory true, one look outside"),
        TRUE_SUPPORTED("theory true, inside at one of three looks"),
        EDGE_OUTSIDE("truth on the edge, outside at one of three looks"),
        EDGE_CONFIRMED("truth on the edge, outside in the second stage"),
        EDGE_SUPPORTED("truth on the edge, inside at one of three looks"),
        CONTROL_FIRED("control, one member on the edge, fired at one of three looks");

        private final String words;

        Situation(String words) {
            this.words = words;
        }

        /** In words, as a table shows it. */
        public String words() {
            return words;
        }
    }

    /** What is known of a promise. */
    public enum Standing {
        /** The whole interval keeps it. */
        KEPT("kept"),
        /** The interval contains the promised rate: too few runs, or an exact level. */
        NOT_SHOWN("not shown to be kept"),
        /** The whole interval breaks it. */
        BROKEN("broken");

        private final String word;

        Standing(String word) {
            this.word = word;
        }

        @JsonValue
        public String word() {
            return word;
        }
    }

    /** Whether the law of the observations is one for which the levels are promised. */
    public enum Tails {
        ORDINARY,
        /** So skewed that Student's level is known not to be kept. */
        SKEWED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How often something happened, with the interval of Clopper and Pearson.
     *
     * @param lower of the interval at {@link #CONFIDENCE}
     */
    public record Frequency(int runs, int events, double rate, double lower, double upper) {}

    /**
     * How often a criterion erred, or decided.
     *
     * @param setting what was simulated, in words
     * @param criterion its sentence
     * @param blocks of the first look
     * @param promised upper bound; null where nothing is promised
     * @param standing null where nothing is promised
     */
    public record Rate(
            String setting,
            Tails tails,
            String criterion,
            int blocks,
            Situation situation,
            Frequency frequency,
            Double promised,
            Standing standing) {}

    /**
     * How often a deviation was found: outside on so many blocks, and again on as many independent ones.
     *
     * @param deviation past the edge of the region, in the unit: the median of what findings on the edge call detectable
     * @param promised lower bound
     */
    public record Power(
            String setting,
            Tails tails,
            String criterion,
            int blocks,
            double deviation,
            String unit,
            Frequency frequency,
            double promised,
            Standing standing) {}
}
