package org.crucis.claim;

/** A closed interval of the extended real line; a side without a bound is infinite. */
public record Interval(double lower, double upper) {

    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("an interval needs lower <= upper, got " + lower + " and " + upper);
        }
    }

    public static Interval atMost(double upper) {
        return new Interval(Double.NEGATIVE_INFINITY, upper);
    }

    public static Interval atLeast(double lower) {
        return new Interval(lower, Double.POSITIVE_INFINITY);
    }

    public static Interval around(double centre, double halfWidth) {
        return new Interval(centre - halfWidth, centre + halfWidth);
    }

    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }

    /** Whether the other interval lies inside this one. */
    public boolean encloses(Interval other) {
        return lower <= other.lower && other.upper <= upper;
    }

    /** How far the other interval sticks out of this one; negative when it lies strictly inside. */
    public double overshoot(Interval other) {
        return Math.max(lower - other.lower, other.upper - upper);
    }

    /** The larger of two distances past the ends of this interval, of which an infinite end has none. */
    public double farther(double pastLower, double pastUpper) {
        return Math.max(Double.isInfinite(lower) ? 0 : pastLower, Double.isInfinite(upper) ? 0 : pastUpper);
    }

    /** Whether the two intervals have no point in common. */
    public boolean misses(Interval other) {
        return other.upper < lower || upper < other.lower;
    }

    @Override
    public String toString() {
        if (Double.isInfinite(lower)) {
            return "at most " + Numbers.show(upper);
        }
        if (Double.isInfinite(upper)) {
            return "at least " + Numbers.show(lower);
        }
        return "[" + Numbers.show(lower) + ", " + Numbers.show(upper) + "]";
    }
}
