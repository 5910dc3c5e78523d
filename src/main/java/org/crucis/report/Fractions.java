package org.crucis.report;

import org.crucis.claim.Numbers;

/** Exponents as theorems write them: −1/2, −3/4, 2. */
final class Fractions {

    private static final int[] DENOMINATORS = {1, 2, 3, 4, 8};

    /** Criteria write thirds with four digits. */
    private static final double WRITTEN = 1e-4;

    private Fractions() {}

    /** The fraction where it is one of a small denominator, the number otherwise; with a true minus sign. */
    static String show(double value) {
        for (int denominator : DENOMINATORS) {
            long numerator = Math.round(value * denominator);
            if (Math.abs(value - (double) numerator / denominator) < WRITTEN) {
                return signed(denominator == 1 ? Long.toString(numerator) : numerator + "/" + denominator);
            }
        }
        return signed(Numbers.show(value));
    }

    /** A true minus sign in the place of a hyphen. */
    static String signed(String number) {
        return number.replace('-', '−');
    }
}
