package org.crucis.feature;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.UnitSphereSampler;
import org.ejml.simple.SimpleMatrix;

/**
 * The sliced Wasserstein distance: W1 of the projections on a direction, averaged over directions that are fixed in advance. In
 * the unit of the points; at most the W1 distance in space (Bonneel et al. 2015, J. Math. Imaging Vis. 51).
 */
public final class SlicedWasserstein {

    /** Unit vectors, one a row. */
    private final SimpleMatrix directions;

    private SlicedWasserstein(SimpleMatrix directions) {
        this.directions = directions;
    }

    /**
     * Along given directions.
     *
     * @param directions number x k, one a row; each is scaled to length 1
     * @throws IllegalArgumentException if there is none, an entry is not finite, or a direction is 0
     */
    public static SlicedWasserstein along(SimpleMatrix directions) {
        Points.requireUsable(directions, "directions");
        SimpleMatrix unit = directions.copy();
        for (int i = 0; i < unit.getNumRows(); i++) {
            double length = directions.getRow(i).normF();
            if (!(length > 0)) {
                throw new IllegalArgumentException(
                        "Direction " + (i + 1) + " is 0 and points nowhere; every direction needs a positive length.");
            }
            unit.insertIntoThis(i, 0, directions.getRow(i).divide(length));
        }
        return new SlicedWasserstein(unit);
    }

    /** Along directions at equal angles in the plane, the first coordinate axis among them: for points with two coordinates. */
    public static SlicedWasserstein evenly(int number) {
        requireSome(number, "number of directions");
        SimpleMatrix directions = new SimpleMatrix(number, 2);
        for (int i = 0; i < number; i++) {
            // Opposite directions give the same projections: half a turn is enough.
            double angle = Math.PI * i / number;
            directions.set(i, 0, Math.cos(angle));
            directions.set(i, 1, Math.sin(angle));
        }
        return new SlicedWasserstein(directions);
    }

    /** Along directions drawn uniformly on the unit sphere: for points with this many coordinates. */
    public static SlicedWasserstein drawn(int number, int dimension, UniformRandomProvider random) {
        requireSome(number, "number of directions");
        requireSome(dimension, "dimension");
        UnitSphereSampler sampler = UnitSphereSampler.of(random, dimension);
        SimpleMatrix directions = new SimpleMatrix(number, dimension);
        for (int i = 0; i < number; i++) {
            directions.setRow(i, 0, sampler.sample());
        }
        return new SlicedWasserstein(directions);
    }

    /** The directions, number x k, each of length 1. */
    public SimpleMatrix directions() {
        return directions.copy();
    }

    /**
     * Mean over the directions of W1 along them.
     *
     * @param a m x k, one point a row
     * @param b n x k
     * @throws IllegalArgumentException if a sample is empty, an entry is not finite, or the numbers of columns differ from each
     *     other or from the directions'
     */
    public double distance(SimpleMatrix a, SimpleMatrix b) {
        Points.requireSameSpace(a, b);
        if (a.getNumCols() != directions.getNumCols()) {
            throw new IllegalArgumentException("The points have " + a.getNumCols() + " coordinates, the directions "
                    + directions.getNumCols() + "; take directions in the space of the points.");
        }
        double sum = 0;
        for (int i = 0; i < directions.getNumRows(); i++) {
            SimpleMatrix direction = directions.getRow(i).transpose();
            sum += Wasserstein.betweenChecked(
                    a.mult(direction).getDDRM().getData(),
                    b.mult(direction).getDDRM().getData());
        }
        return sum / directions.getNumRows();
    }

    private static void requireSome(int number, String what) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "The " + what + " must be at least 1, but got " + number + ": ask for one or more.");
        }
    }
}
