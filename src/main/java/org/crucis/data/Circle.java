package org.crucis.data;

import org.ejml.simple.SimpleMatrix;

/**
 * Points in the plane at given angles: the one family of inputs whose conditioning is under full control, since kernels on it
 * depend on the angles alone.
 */
public final class Circle {

    private Circle() {}

    /**
     * n points in equal steps around the whole unit circle, the first at angle 0. With n even they come in antipodal pairs, which a
     * bias-free kernel of even activations cannot tell apart.
     *
     * @return n x 2
     */
    public static SimpleMatrix whole(int n) {
        Matrices.requireCount(n, "inputs");
        return spaced(n, 2 * Math.PI / n);
    }

    /**
     * n points in equal steps around half of the unit circle, at the angles k pi / n for k from 0 to n - 1: no two are parallel, and
     * the closest pair, counted with the antipodes, is pi / n apart.
     *
     * @return n x 2
     */
    public static SimpleMatrix half(int n) {
        Matrices.requireCount(n, "inputs");
        return spaced(n, Math.PI / n);
    }

    /**
     * The points at the given angles.
     *
     * @param angles in radians
     * @return one row an angle, 2 columns
     */
    public static SimpleMatrix at(double... angles) {
        Matrices.requireCount(angles.length, "inputs");
        SimpleMatrix points = new SimpleMatrix(angles.length, 2);
        for (int i = 0; i < angles.length; i++) {
            points.set(i, 0, Math.cos(angles[i]));
            points.set(i, 1, Math.sin(angles[i]));
        }
        Matrices.requireFinite(points, "points on the circle");
        return points;
    }

    private static SimpleMatrix spaced(int n, double step) {
        double[] angles = new double[n];
        for (int i = 0; i < n; i++) {
            angles[i] = i * step;
        }
        return at(angles);
    }
}
