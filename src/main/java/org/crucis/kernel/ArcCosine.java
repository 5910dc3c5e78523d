package org.crucis.kernel;

/**
 * The arc-cosine functions J_n of Cho and Saul 2009: for a centred Gaussian pair (u, v) with variances a, b at angle theta,
 * E[max(u, 0)^n max(v, 0)^n] = (a b)^(n/2) J_n(theta) / (2 pi), where n = 0 stands for the step function.
 *
 * <p>Angles are in radians, in [0, pi]; all three functions fall from their value at 0 (pi, pi, 3 pi) to 0 at pi.
 */
public final class ArcCosine {

    private ArcCosine() {}

    /** J_0 = pi - theta. */
    public static double j0(double theta) {
        return Math.PI - requireAngle(theta);
    }

    /** J_1 = sin theta + (pi - theta) cos theta. */
    public static double j1(double theta) {
        return Math.sin(requireAngle(theta)) + (Math.PI - theta) * Math.cos(theta);
    }

    /** J_2 = 3 sin theta cos theta + (pi - theta)(1 + 2 cos^2 theta). */
    public static double j2(double theta) {
        double cosine = Math.cos(requireAngle(theta));
        return 3 * Math.sin(theta) * cosine + (Math.PI - theta) * (1 + 2 * cosine * cosine);
    }

    private static double requireAngle(double theta) {
        if (!(theta >= 0 && theta <= Math.PI)) {
            throw new IllegalArgumentException("An angle between two inputs lies in [0, pi], but got " + theta
                    + ": pass it in radians, not as a cosine.");
        }
        return theta;
    }
}
