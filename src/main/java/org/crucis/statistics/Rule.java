package org.crucis.statistics;

import org.crucis.claim.Criterion;

/** A criterion that can be asked for of every member of a family. */
public interface Rule extends Criterion {

    /** The same criterion for each value of an axis, such as an activation; it holds when it holds for each. */
    default Criterion per(String axis) {
        return new Per(this, axis);
    }
}
