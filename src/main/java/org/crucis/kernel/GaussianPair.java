package org.crucis.kernel;

/**
 * A centred Gaussian pair (u, v): the pre-activations of one neuron on two inputs, in the limit of wide layers.
 *
 * <p>The sine part is carried along because it cannot be recovered from the three moments when the inputs almost coincide:
 * a b - c^2 then is a difference of nearly equal numbers, and half of the digits of the angle are lost.
 *
 * @param a variance of u
 * @param b variance of v
 * @param c covariance of u and v
 * @param s sqrt(a b - c^2), exactly 0 when u and v are proportional
 */
public record GaussianPair(double a, double b, double c, double s) {

    /**
     * Below this multiple of a b the difference a b - c^2 is nothing but the rounding of its three inputs, each of which is good
     * to a few units in the last place (2^-52).
     */
    private static final double ROUNDING_OF_MOMENTS = 0x1p-49;

    public GaussianPair {
        if (!(a >= 0 && b >= 0 && s >= 0) || !Double.isFinite(a * b) || !Double.isFinite(c)) {
            throw new IllegalArgumentException(
                    "A Gaussian pair needs finite moments with variances of at least 0, but got variances " + a
                            + " and " + b + " with covariance " + c + ": check the inputs for huge or missing values.");
        }
    }

    /** The pair with the given moments; a covariance beyond sqrt(a b) by no more than rounding counts as proportional. */
    public static GaussianPair of(double a, double b, double c) {
        double product = a * b;
        double square = Math.fma(a, b, -product) + Math.fma(-c, c, product);
        return new GaussianPair(a, b, c, square > ROUNDING_OF_MOMENTS * product ? Math.sqrt(square) : 0);
    }

    /** The pair (u, u). */
    public static GaussianPair same(double a) {
        return new GaussianPair(a, a, a, 0);
    }

    /** Angle between u and v in [0, pi]. The arc cosine of the correlation would lose half of the digits near 0 and pi. */
    public double angle() {
        return Math.atan2(s, c);
    }

    /** Whether u = v. */
    boolean coincides() {
        return s == 0 && a == b && c > 0;
    }
}
