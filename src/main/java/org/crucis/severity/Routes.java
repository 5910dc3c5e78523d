package org.crucis.severity;

import java.util.List;

/**
 * How far the instruments agree with second, independent routes to the same numbers, on small samples.
 *
 * @param schemaVersion {@link org.crucis.claim.Evidence#SCHEMA_VERSION}
 * @param rows one a comparison, in the catalogue's order
 */
public record Routes(int schemaVersion, List<Row> rows) {

    /** The record's name in the {@link SeverityFolder}. */
    public static final String NAME = "routes";

    public Routes {
        rows = List.copyOf(rows);
    }

    /** What a comparison says. */
    public enum Verdict {
        AGREE,
        DISAGREE
    }

    /**
     * One comparison.
     *
     * @param room of the instrument
     * @param instrument what is computed twice
     * @param first the instrument's own way
     * @param second the other way
     * @param setting sizes and kinds of the sample
     * @param digits that agree: -log10 of the relative difference, from 0 to 16
     * @param required how many have to, fixed in advance
     * @param reason why fewer than ten are asked for; empty otherwise
     * @param problem why a route gave no numbers, one sentence; empty otherwise
     * @param verdict whether the digits suffice
     */
    public record Row(
            String room,
            String instrument,
            String first,
            String second,
            String setting,
            double digits,
            double required,
            String reason,
            String problem,
            Verdict verdict) {}

    /** The rows whose routes disagree. */
    public List<Row> disagreeing() {
        return rows.stream().filter(row -> row.verdict == Verdict.DISAGREE).toList();
    }
}
