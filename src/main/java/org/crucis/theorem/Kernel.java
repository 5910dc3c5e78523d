package org.crucis.theorem;

import java.util.OptionalLong;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.kernel.Spectrum;
import org.ejml.simple.SimpleMatrix;

/** The limiting kernel of a theorem on the inputs, and how gradient descent would go under it. */
public final class Kernel {

    /** Eigenvalues below this multiple of the largest are 0 up to rounding. */
    private static final double ROUNDING = 1e-12;

    private final String name;
    private final SimpleMatrix matrix;
    private final Spectrum spectrum;

    Kernel(String name, SimpleMatrix matrix) {
        this.name = name;
        this.matrix = matrix;
        this.spectrum = Spectrum.of(matrix);
    }

    public String name() {
        return name;
    }

    /** The smallest eigenvalue; 0 when it is no larger than rounding makes it. */
    public double smallest() {
        return spectrum.smallest() > rounding() ? spectrum.smallest() : 0;
    }

    public double largest() {
        return spectrum.largest();
    }

    /** Largest over smallest eigenvalue; infinite when the smallest is 0. */
    public double condition() {
        return smallest() == 0 ? Double.POSITIVE_INFINITY : largest() / smallest();
    }

    double rounding() {
        return ROUNDING * spectrum.largest();
    }

    /**
     * Steps of size 1/lambda_max that the linearised training takes from outputs 0 to a relative loss; empty where it never
     * gets there, since the targets lean into the null space.
     *
     * @param targets n x k; the loss is summed over the columns
     */
    OptionalLong steps(SimpleMatrix targets, double relativeLoss) {
        if (!(largest() > 0)) {
            return OptionalLong.empty();
        }
        // One residual whose coordinate on each mode is as long as those of all targets together: the same loss at all
        // times.
        SimpleMatrix coordinates = spectrum.coordinates(targets);
        SimpleMatrix together = new SimpleMatrix(spectrum.size(), 1);
        for (int k = 0; k < spectrum.size(); k++) {
            together.set(k, coordinates.getRow(k).normF());
        }
        return LinearizedDynamics.gradientDescent(matrix, 1 / largest())
                .stepsToRelativeLoss(spectrum.vectors().mult(together), relativeLoss);
    }
}
