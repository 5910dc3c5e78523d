package org.crucis.statistics;

import org.crucis.claim.Interval;

/**
 * Something measured, of which theory says where it lies.
 *
 * @param <B> what it becomes then
 */
public interface Boundable<B> {

    /** With what theory says of it. */
    B claimed(Interval theory);

    /** Theory bounds it from above: it may be smaller. */
    default B atMost(double value) {
        return claimed(Interval.atMost(value));
    }

    /** Theory bounds it from below: it may be larger. */
    default B atLeast(double value) {
        return claimed(Interval.atLeast(value));
    }

    /** Theory says what it is. */
    default B equalTo(double value) {
        return claimed(new Interval(value, value));
    }
}
