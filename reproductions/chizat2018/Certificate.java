package chizat2018;

import org.crucis.data.Circle;
import org.ejml.simple.SimpleMatrix;

/**
 * How far a network is from the minimum over signed measures mu on the circle of |y - int relu(omega . x) dmu|^2 / 2 + lambda
 * |mu|, with the mean over the inputs as inner product. Its Fenchel dual (derived) is the maximum of <p, y> - |p|^2 / 2 over
 * all p whose correlation with every relu(omega . x) is at most lambda; scaled down far enough, the residual is such a p.
 *
 * @param objective P, of a measure that the network is
 * @param lowerBound D, at most the minimum
 * @param correlation max over omega of |<relu(omega . x), y - f>|: lambda at the minimum, unless that is 0
 */
record Certificate(double objective, double lowerBound, double correlation) {

    /** Directions at which the correlation is looked up; between them it is larger by 1e-6 of itself at most. */
    private static final int DIRECTIONS = 2000;

    /**
     * The certificate of a network with the outputs f.
     *
     * @param mass total variation of its measure
     */
    static Certificate of(SimpleMatrix inputs, SimpleMatrix targets, SimpleMatrix outputs, double mass, double lambda) {
        int n = inputs.getNumRows();
        SimpleMatrix residual = targets.minus(outputs);
        SimpleMatrix hidden = inputs.mult(Circle.whole(DIRECTIONS).transpose());
        for (int i = 0; i < hidden.getNumElements(); i++) {
            hidden.set(i, Math.max(0, hidden.get(i)));
        }
        double correlation = hidden.transpose().mult(residual).elementMaxAbs() / n;
        double square = residual.dot(residual) / n;
        double product = residual.dot(targets) / n;
        double scale = Math.min(lambda / correlation, product / square);
        return new Certificate(square / 2 + lambda * mass, scale * product - scale * scale * square / 2, correlation);
    }

    /** (P - D) / P; may be negative by rounding and by the distance between directions. */
    double relativeGap() {
        return (objective - lowerBound) / objective;
    }
}
