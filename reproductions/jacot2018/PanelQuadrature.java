package jacot2018;

import java.util.function.DoubleUnaryOperator;

/**
 * E[g(u) g(v)] for a Gaussian pair by Gauss-Legendre rules on panels that are broken where g may have a kink, at u = 0 and v =
 * 0. With u = sqrt(a) p and v = (c p + s q) / sqrt(a), s = sqrt(a b - c^2), the inner integral over q is cut at q = -c p / s.
 *
 * <p>Unlike the library's trapezoid rule it serves ReLU and its step, and shares no line with the closed forms. For pairs that
 * are not nearly proportional: the inner integral changes over p of order s / c.
 *
 * @param nodes on a panel, in [-1, 1]
 * @param weights of the nodes
 * @param panels on each side of a kink
 */
record PanelQuadrature(double[] nodes, double[] weights, int panels) {

    /** The normal density there is 3e-18 of its maximum. */
    private static final double REACH = 9;

    /** To the last digits. */
    static PanelQuadrature fine() {
        return of(16, 6);
    }

    /** To four digits, a hundred times faster. */
    static PanelQuadrature coarse() {
        return of(8, 2);
    }

    private static PanelQuadrature of(int order, int panels) {
        double[] nodes = new double[order];
        double[] weights = new double[order];
        for (int k = 0; k < order; k++) {
            double x = Math.cos(Math.PI * (k + 0.75) / (order + 0.5));
            double slope = 0;
            // Newton's method converges quadratically from this starting point (Abramowitz and Stegun 22.16.6).
            for (int iteration = 0; iteration < 8; iteration++) {
                double before = 1;
                double now = x;
                for (int degree = 2; degree <= order; degree++) {
                    double next = ((2 * degree - 1) * x * now - (degree - 1) * before) / degree;
                    before = now;
                    now = next;
                }
                slope = order * (x * now - before) / (x * x - 1);
                x -= now / slope;
            }
            nodes[k] = x;
            weights[k] = 2 / ((1 - x * x) * slope * slope);
        }
        return new PanelQuadrature(nodes, weights, panels);
    }

    /** E[g(u) g(v)], u and v centred with variances a and b and covariance c. */
    double expectation(DoubleUnaryOperator g, double a, double b, double c) {
        double scale = Math.sqrt(a);
        double along = c / scale;
        double across = Math.sqrt(Math.max(0, b - along * along));
        if (across < 1e-7 * Math.sqrt(b)) {
            return normal(0, p -> g.applyAsDouble(scale * p) * g.applyAsDouble(along * p));
        }
        return normal(
                0,
                p -> g.applyAsDouble(scale * p)
                        * normal(-along * p / across, q -> g.applyAsDouble(along * p + across * q)));
    }

    /** The integral of f against the standard normal density, f smooth on each side of the kink. */
    private double normal(double kink, DoubleUnaryOperator f) {
        double middle = Math.max(-REACH, Math.min(REACH, kink));
        return side(-REACH, middle, f) + side(middle, REACH, f);
    }

    private double side(double from, double to, DoubleUnaryOperator f) {
        double half = (to - from) / panels / 2;
        double sum = 0;
        for (int panel = 0; half > 0 && panel < panels; panel++) {
            double centre = from + (2 * panel + 1) * half;
            for (int k = 0; k < nodes.length; k++) {
                double p = centre + half * nodes[k];
                sum += half * weights[k] * Math.exp(-p * p / 2) * f.applyAsDouble(p);
            }
        }
        return sum / Math.sqrt(2 * Math.PI);
    }
}
