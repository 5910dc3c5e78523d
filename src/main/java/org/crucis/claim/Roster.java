package org.crucis.claim;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * What a run set out to do, written before anything runs ({@code run.json}). A claim on the roster without evidence is VOID.
 *
 * @param selection WHOLE when every claim of the suite was asked for
 */
public record Roster(
        int schemaVersion,
        Selection selection,
        Tier tier,
        int edition,
        List<PaperEntry> papers,
        List<ClaimEntry> claims,
        Evidence.Provenance provenance) {

    public Roster {
        papers = List.copyOf(papers);
        claims = List.copyOf(claims);
    }

    public enum Selection {
        WHOLE,
        SELECTED;

        /** The word used in evidence. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param arxiv identifier, empty when there is none
     * @param about what the paper claims, in prose
     */
    public record PaperEntry(String id, String title, String authors, int year, String arxiv, String about) {}

    /** @param problem why the plan could not be read, empty when it could */
    public record ClaimEntry(
            String id,
            String paper,
            String title,
            String source,
            String planDigest,
            List<PredictionEntry> predictions,
            String problem) {
        public ClaimEntry {
            predictions = List.copyOf(predictions);
        }
    }

    public record PredictionEntry(String id, Basis basis, String sentence) {}
}
