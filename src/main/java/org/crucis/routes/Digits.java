package org.crucis.routes;

/** Digits of agreement of two routes to the same numbers. */
final class Digits {

    /** What double precision can show. */
    private static final double MOST = 16;

    private Digits() {}

    /**
     * -log10 of the largest difference over the largest number, between 0 and 16. Numbers that are not finite agree with
     * nothing.
     *
     * @throws IllegalArgumentException when the routes do not give equally many numbers, or none
     */
    static double of(double[] first, double[] second) {
        if (first.length != second.length || first.length == 0) {
            throw new IllegalArgumentException("The first route gives " + first.length + " numbers, the second "
                    + second.length + "; both must give the same, and at least one.");
        }
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < first.length; i++) {
            if (!Double.isFinite(first[i]) || !Double.isFinite(second[i])) {
                return 0;
            }
            difference = Math.max(difference, Math.abs(first[i] - second[i]));
            largest = Math.max(largest, Math.max(Math.abs(first[i]), Math.abs(second[i])));
        }
        return difference == 0 ? MOST : Math.min(MOST, Math.max(0, -Math.log10(difference / largest)));
    }
}
