package jacot2018;

/**
 * The limiting tangent kernel of ReLU networks without biases on the unit sphere, with weight variance 2 behind the first layer, as
 * a function of the angle alone: with kappa_0(u) = (pi - arccos u) / pi and kappa_1(u) = (u (pi - arccos u) + sqrt(1 - u^2)) / pi,
 * {@code K <- kappa_1(K), Theta <- kappa_1(K) + kappa_0(K) Theta}, starting from K = Theta = u.
 */
final class ArcCosineSphere {

    /** At which angle kappa_0 is taken. */
    enum Angle {
        OF_THE_LAYER,
        /** A mistake that goes unnoticed with one hidden layer. */
        OF_THE_INPUTS
    }

    private ArcCosineSphere() {}

    /** Theta at an angle between two inputs, behind {@code depth} hidden layers. */
    static double ntk(double angle, int depth, Angle of) {
        double correlation = Math.cos(angle);
        double tangent = correlation;
        double at = angle;
        for (int layer = 1; layer <= depth; layer++) {
            double slopes = kappa0(of == Angle.OF_THE_LAYER ? at : angle);
            correlation = kappa1(at);
            tangent = correlation + slopes * tangent;
            at = Math.acos(Math.min(1, correlation));
        }
        return tangent;
    }

    private static double kappa0(double angle) {
        return (Math.PI - angle) / Math.PI;
    }

    private static double kappa1(double angle) {
        return (Math.cos(angle) * (Math.PI - angle) + Math.sin(angle)) / Math.PI;
    }
}
