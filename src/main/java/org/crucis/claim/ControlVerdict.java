package org.crucis.claim;

/** What became of a control: a setting in which the theory puts the truth outside the criterion's region. */
public enum ControlVerdict {
    /** The criterion came out outside, as it had to. */
    FIRED,
    /** The interval straddles the edge of the region after the last look. */
    UNDECIDED,
    /** The criterion accepted what it had to reject: the check cannot fail, and its prediction is VOID. */
    SILENT
}
