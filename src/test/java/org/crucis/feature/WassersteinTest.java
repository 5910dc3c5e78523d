package org.crucis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.feature.Clouds.drawn;
import static org.crucis.feature.Clouds.line;
import static org.crucis.feature.Clouds.normal;
import static org.crucis.feature.Clouds.points;

import java.util.Arrays;
import org.crucis.Draw;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class WassersteinTest {

    private static final long SEED = 20263;

    /** Oracle: by hand. Half of the mass at 0 and 1 each goes to thirds at 0, 2 and 4: 1/6 from 0 to 2, 1/6 from 1 to 2, 1/3 from 1 to 4. */
    @Test
    void knownValues() {
        assertThat(Wasserstein.oneDimensional(new double[] {0, 1}, new double[] {4, 0, 2}))
                .isCloseTo(2.0 / 6 + 1.0 / 6 + 3.0 / 3, within(1e-15));
        assertThat(Wasserstein.oneDimensional(new double[] {1, 1, 5}, new double[] {1}))
                .isCloseTo(4.0 / 3, within(1e-15));
        assertThat(Wasserstein.oneDimensional(new double[] {3, 1, 2}, new double[] {2, 3, 1}))
                .isZero();
    }

    /** Oracle: between as many points the sorted ones are matched; repeating each point of both changes no law. */
    @Test
    void matchesSortedPointsAndIsAMetric() {
        Draw.cases(SEED, 200, draw -> {
            double[] a = values(drawn(draw, "a", 1));
            double[] b = values(normal(a.length, 1, draw.real("mean", -2, 2), Clouds.random(draw.integer("seed"))));
            double[] c = values(drawn(draw, "c", 1));
            double factor = draw.real("factor", -10, 10);
            double shift = draw.real("shift", -10, 10);
            double distance = Wasserstein.oneDimensional(a, b);
            double[] sortedA = Arrays.stream(a).sorted().toArray();
            double[] sortedB = Arrays.stream(b).sorted().toArray();
            double matched = 0;
            for (int i = 0; i < a.length; i++) {
                matched += Math.abs(sortedA[i] - sortedB[i]) / a.length;
            }
            assertThat(distance).isCloseTo(matched, within(1e-12));
            assertThat(Wasserstein.oneDimensional(b, a)).isCloseTo(distance, within(1e-14));
            assertThat(Wasserstein.oneDimensional(a, a)).isZero();
            assertThat(Wasserstein.oneDimensional(a, c))
                    .isLessThanOrEqualTo(distance + Wasserstein.oneDimensional(b, c) + 1e-12);
            assertThat(Wasserstein.oneDimensional(times(a, factor), times(c, factor)))
                    .isCloseTo(Math.abs(factor) * Wasserstein.oneDimensional(a, c), within(1e-11));
            assertThat(Wasserstein.oneDimensional(a, plus(a, shift))).isCloseTo(Math.abs(shift), within(1e-11));
            assertThat(Wasserstein.oneDimensional(twice(a), c))
                    .isCloseTo(Wasserstein.oneDimensional(a, c), within(1e-12));
        });
    }

    private static double[] values(SimpleMatrix column) {
        return column.getDDRM().getData();
    }

    private static double[] times(double[] values, double factor) {
        return Arrays.stream(values).map(value -> factor * value).toArray();
    }

    private static double[] plus(double[] values, double shift) {
        return Arrays.stream(values).map(value -> value + shift).toArray();
    }

    private static double[] twice(double[] values) {
        return Arrays.stream(values)
                .flatMap(value -> Arrays.stream(new double[] {value, value}))
                .toArray();
    }

    /** Oracle: along the axes the distances of the coordinates, 4 and 2; the length of a direction does not count. */
    @Test
    void slicesAreAveraged() {
        SimpleMatrix a = points(new double[] {0, 0}, new double[] {1, 0});
        SimpleMatrix b = points(new double[] {4, 2}, new double[] {5, 2});
        SlicedWasserstein axes = SlicedWasserstein.along(points(new double[] {10, 0}, new double[] {0, -1}));
        assertThat(axes.distance(a, b)).isCloseTo(3, within(1e-15));
        assertThat(axes.directions().toArray2()).isDeepEqualTo(new double[][] {{1, 0}, {0, -1}});
        assertThat(SlicedWasserstein.evenly(2).distance(a, b)).isCloseTo(3, within(1e-14));
    }

    /** Oracle: a shift by a vector v has the mean over the circle of |v . e|, which is 2/pi |v|, and over the sphere |v|/2. */
    @Test
    void aShiftIsSeenFromAllSides() {
        SimpleMatrix plane = normal(50, 2, 0, Clouds.random(SEED));
        assertThat(SlicedWasserstein.evenly(512).distance(plane, plane.plus(3)))
                .isCloseTo(2 / Math.PI * 3 * Math.sqrt(2), within(1e-4));
        SimpleMatrix space = normal(50, 3, 0, Clouds.random(SEED));
        // |v . e| / |v| is uniform on [0, 1]: deviation 0.289 / sqrt(4000) = 0.0046 of |v|.
        assertThat(SlicedWasserstein.drawn(4000, 3, Clouds.random(1)).distance(space, space.plus(3)))
                .isCloseTo(3 * Math.sqrt(3) / 2, within(5 * 0.0046 * 3 * Math.sqrt(3)));
    }

    /** Oracle: directions at angles pi i / 8 form the same lines after a turn by pi / 8. */
    @Test
    void slicesFormAMetric() {
        SlicedWasserstein eight = SlicedWasserstein.evenly(8);
        Draw.cases(SEED, 100, draw -> {
            SimpleMatrix a = drawn(draw, "a", 2);
            SimpleMatrix b = drawn(draw, "b", 2);
            SimpleMatrix c = drawn(draw, "c", 2);
            double factor = draw.real("factor", 0.1, 10);
            double distance = eight.distance(a, b);
            assertThat(eight.distance(b, a)).isCloseTo(distance, within(1e-13));
            assertThat(eight.distance(a, a)).isZero();
            assertThat(eight.distance(a, c)).isLessThanOrEqualTo(distance + eight.distance(b, c) + 1e-12);
            assertThat(eight.distance(a.scale(factor), b.scale(factor))).isCloseTo(factor * distance, within(1e-11));
            assertThat(eight.distance(a.plus(factor), b.plus(factor))).isCloseTo(distance, within(1e-11));
            assertThat(eight.distance(Clouds.rotated(a, Math.PI / 8), Clouds.rotated(b, Math.PI / 8)))
                    .isCloseTo(distance, within(1e-12));
        });
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wasserstein.oneDimensional(new double[0], new double[] {1}))
                .withMessageContaining("first sample are 0 x 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wasserstein.oneDimensional(new double[] {1}, new double[] {1, Double.NaN}))
                .withMessageContaining("Row 2, column 1 of the points of the second sample is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlicedWasserstein.along(new SimpleMatrix(1, 2)))
                .withMessageContaining("Direction 1 is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlicedWasserstein.evenly(0))
                .withMessageContaining("number of directions");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlicedWasserstein.drawn(1, 0, Clouds.random(1)))
                .withMessageContaining("dimension");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlicedWasserstein.evenly(3).distance(line(1), line(2)))
                .withMessageContaining("1 coordinates, the directions 2");
    }
}
