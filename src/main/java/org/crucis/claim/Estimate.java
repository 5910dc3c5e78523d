package org.crucis.claim;

/** A number with its interval; {@code lower <= value <= upper}. */
public record Estimate(double lower, double value, double upper) {

    public Estimate {
        if (!(lower <= value && value <= upper)) {
            throw new IllegalArgumentException(
                    "an estimate needs lower <= value <= upper, got " + lower + ", " + value + ", " + upper);
        }
    }

    public static Estimate exactly(double value) {
        return new Estimate(value, value, value);
    }

    public Interval interval() {
        return new Interval(lower, upper);
    }

    @Override
    public String toString() {
        return lower == upper
                ? Numbers.show(value)
                : Numbers.show(value) + " [" + Numbers.show(lower) + ", " + Numbers.show(upper) + "]";
    }
}
