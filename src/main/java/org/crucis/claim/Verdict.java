package org.crucis.claim;

import java.util.Collection;
import java.util.Comparator;

/** What a run says of a prediction or of a claim, worst first. */
public enum Verdict {
    /** Nothing can be concluded: a control was silent, a trial threw, nothing trained, no evidence. */
    VOID,
    /** The criterion came out wholly outside its region, twice, on independent blocks. */
    REFUTED,
    /** The interval lies neither inside nor outside the region after the last look. */
    INCONCLUSIVE,
    /** A hypothesis of the theorem, measured before training, fails on this data, or the data are absent. */
    NOT_APPLICABLE,
    /** The interval lies inside the region and every control fired. */
    SUPPORTED;

    /**
     * The verdict of a claim: the worst of its verdict-carrying predictions, {@link #NOT_APPLICABLE} when there are none.
     */
    public static Verdict worst(Collection<Verdict> verdicts) {
        return verdicts.stream().min(Comparator.naturalOrder()).orElse(NOT_APPLICABLE);
    }
}
