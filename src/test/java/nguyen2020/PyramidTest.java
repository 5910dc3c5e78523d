package nguyen2020;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.data.Labels;
import org.crucis.data.Spheres;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The pyramid, its activation and the terms of its inequality. */
class PyramidTest {

    private final UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(8);

    /** Oracle: z/2 + (log(1 + e^z) - log 2)/2 and its central difference. */
    @Test
    void activationHasItsSlopes() {
        double[] points = {-30, -1, 0, 0.7, 20};
        double h = 1e-5;
        INDArray slopes = new LeakySoftplus()
                .backprop(Nd4j.create(new double[][] {points}), Nd4j.ones(DataType.DOUBLE, 1, 5))
                .getFirst();
        for (int i = 0; i < points.length; i++) {
            double z = points[i];
            assertThat(image(z)).isCloseTo(z / 2 + (Math.log1p(Math.exp(z)) - Math.log(2)) / 2, within(1e-12));
            assertThat(slopes.getDouble(0, i)).isCloseTo((image(z + h) - image(z - h)) / (2 * h), within(1e-6));
            assertThat(slopes.getDouble(0, i)).isBetween(LeakySoftplus.SMALLEST_SLOPE, 1.0);
        }
    }

    private static double image(double z) {
        return new LeakySoftplus()
                .getActivation(Nd4j.create(new double[][] {{z}}), false)
                .getDouble(0);
    }

    /** Oracle: Q'Q = I. */
    @Test
    void columnsAreOrthonormal() {
        SimpleMatrix tall = Pyramid.orthonormal(7, 3, random);
        assertThat(tall.transpose().mult(tall).minus(SimpleMatrix.identity(3)).normF())
                .isLessThan(1e-12);
        SimpleMatrix wide = Pyramid.orthonormal(3, 7, random);
        assertThat(wide.mult(wide.transpose()).minus(SimpleMatrix.identity(3)).normF())
                .isLessThan(1e-12);
    }

    /** Oracle: a matrix with known singular values, 3 and 2, and rank 2. */
    @Test
    void missingSingularValuesAreZero() {
        SimpleMatrix matrix = new SimpleMatrix(new double[][] {{3, 0}, {0, 2}, {0, 0}});
        assertThat(Pyramid.extremes(matrix, 2)).containsExactly(new double[] {2, 3}, within(1e-12));
        assertThat(Pyramid.extremes(matrix, 3)[0]).isZero();
    }

    /** Oracle: the difference quotient of Phi along the direction of the gradient of W_2 cannot exceed its length, and reaches it. */
    @Test
    void gradientIsThatOfHalfTheSumOfSquares() {
        int n = 6;
        SimpleMatrix x = Spheres.ofDimension(n, 4, random);
        SimpleMatrix y = Labels.signs(n, random);
        try (Pyramid pyramid = Pyramid.draw(4, new int[] {n, 5, 5}, random)) {
            Pyramid.State state = pyramid.state(x, y, n);
            double[] at = pyramid.network().parameters();
            double h = 1e-5;
            double squares = 0;
            for (int k = 4 * n; k < 4 * n + 5 * n; k++) {
                double[] moved = at.clone();
                moved[k] += h;
                double above = loss(pyramid, moved, x, y);
                moved[k] -= 2 * h;
                double slope = (above - loss(pyramid, moved, x, y)) / (2 * h);
                squares += slope * slope;
            }
            pyramid.network().assign(at);
            assertThat(state.gradient()).isCloseTo(Math.sqrt(squares), within(1e-6));
            assertThat(state.lowerBound()).isPositive().isLessThan(state.gradient());
            assertThat(state.upperBound()).isGreaterThan(state.gradient());
        }
    }

    private static double loss(Pyramid pyramid, double[] parameters, SimpleMatrix x, SimpleMatrix y) {
        pyramid.network().assign(parameters);
        double error = pyramid.network().outputs(x).minus(y).normF();
        return error * error / 2;
    }
}
