package org.crucis.network;

/**
 * The constants of {@code exp(x) = 2^k exp(r)}, {@code k} the integer next to {@code x / log 2}, |r| <= log(2) / 2: the
 * Taylor polynomial of degree 13 is off by 4e-18 there. Multiplications, additions and shifts alone, so that vectors can
 * do it; the whole is within 2 units in the last place.
 */
final class Exponential {

    static final double LOWEST = -708;
    static final double PER_LOG_TWO = 1 / Math.log(2);

    /** Added to a number below 2^51 in size, it leaves the nearest integer in the lowest bits. */
    static final double ROUNDING = 0x1.8p52;

    /** log 2 in two parts, the first with 21 trailing zero bits: its products with k are exact. */
    static final double LOG_TWO_HIGH = 0x1.62e42fee00000p-1;

    static final double LOG_TWO_LOW = 0x1.a39ef35793c76p-33;

    static final long ONE = Double.doubleToRawLongBits(1.0);
    static final int MANTISSA_BITS = 52;

    /** 1 / k! for k = 0 .. 13. */
    private static final double[] TAYLOR = new double[14];

    static {
        TAYLOR[0] = 1;
        for (int k = 1; k < TAYLOR.length; k++) {
            TAYLOR[k] = TAYLOR[k - 1] / k;
        }
    }

    static final double C2 = TAYLOR[2];
    static final double C3 = TAYLOR[3];
    static final double C4 = TAYLOR[4];
    static final double C5 = TAYLOR[5];
    static final double C6 = TAYLOR[6];
    static final double C7 = TAYLOR[7];
    static final double C8 = TAYLOR[8];
    static final double C9 = TAYLOR[9];
    static final double C10 = TAYLOR[10];
    static final double C11 = TAYLOR[11];
    static final double C12 = TAYLOR[12];
    static final double C13 = TAYLOR[13];

    private Exponential() {}

    /** exp(x), for x up to 709. */
    static double of(double x) {
        double bounded = Math.max(x, LOWEST);
        double rounded = bounded * PER_LOG_TWO + ROUNDING;
        double k = rounded - ROUNDING;
        double r = bounded - k * LOG_TWO_HIGH - k * LOG_TWO_LOW;
        // Pairs by Estrin's scheme: short chains of dependent operations.
        double r2 = r * r;
        double r4 = r2 * r2;
        double low = (1 + r) + (C2 + C3 * r) * r2;
        double middle = (C4 + C5 * r) + (C6 + C7 * r) * r2;
        double high = ((C8 + C9 * r) + (C10 + C11 * r) * r2) + (C12 + C13 * r) * r4;
        double exponential = low + (middle + high * r4) * r4;
        double power = Double.longBitsToDouble((Double.doubleToRawLongBits(rounded) << MANTISSA_BITS) + ONE);
        return exponential * power;
    }
}
