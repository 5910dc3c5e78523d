package org.crucis.severity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.crucis.claim.Evidence;
import org.crucis.claim.Tier;

/**
 * The runs of the whole suite on fresh seeds, in the order in which they were begun. An edition is listed before its first
 * trial runs, so that a run that is broken off, or that nobody likes, stays on the list.
 *
 * @param schemaVersion of the format
 */
public record Audits(int schemaVersion, List<Audit> audits) {

    /** The record's name in the {@link SeverityFolder}. */
    public static final String NAME = "audits";

    /** Editions from here on are fresh ones; those below are asked for by their number. */
    public static final int FIRST_EDITION = 1001;

    public static final Audits NONE = new Audits(Evidence.SCHEMA_VERSION, List.of());

    public Audits {
        audits = List.copyOf(audits);
    }

    /** How far a run has come. */
    public enum State {
        BEGUN,
        FINISHED
    }

    /**
     * One run of the whole suite.
     *
     * @param version of this program, and of its code, as the run's provenance tells them
     * @param started when, as the run's provenance tells it
     * @param claims how many were on the roster
     * @param predictions how many predictions that count came to each verdict; empty while the run has not finished
     * @param others the predictions that count and were neither SUPPORTED nor NOT_APPLICABLE, as "claim prediction VERDICT"
     */
    public record Audit(
            int edition,
            Tier tier,
            State state,
            String version,
            String started,
            int claims,
            Map<String, Integer> predictions,
            List<String> others) {
        public Audit {
            predictions = Collections.unmodifiableMap(new TreeMap<>(predictions));
            others = List.copyOf(others);
        }

        public int count(String verdict) {
            return predictions.getOrDefault(verdict, 0);
        }
    }

    /** An edition that nobody has seen. */
    public int nextEdition() {
        return audits.stream()
                .mapToInt(Audit::edition)
                .map(edition -> edition + 1)
                .reduce(FIRST_EDITION, Math::max);
    }

    /** With this run in the place of an earlier state of it, or at the end. */
    public Audits with(Audit audit) {
        List<Audit> changed = new ArrayList<>(audits);
        changed.removeIf(each -> each.edition() == audit.edition());
        changed.add(audit);
        changed.sort(Comparator.comparingInt(Audit::edition));
        return new Audits(schemaVersion, changed);
    }
}
