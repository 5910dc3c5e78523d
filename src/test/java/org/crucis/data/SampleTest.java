package org.crucis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class SampleTest {

    private final Sample sample = new Sample(
            new SimpleMatrix(new double[][] {{3, 4}, {-5, 12}, {8, 6}}),
            new SimpleMatrix(new double[][] {{1}, {2}, {6}}),
            "three points");

    @Test
    void knowsItsShape() {
        assertThat(sample.size()).isEqualTo(3);
        assertThat(sample.dimension()).isEqualTo(2);
    }

    @Test
    void scalesToSpheres() {
        SimpleMatrix unit = sample.onUnitSphere().inputs();
        SimpleMatrix scaled = sample.onSphereOfDimension().inputs();

        assertThat(unit.isIdentical(
                        new SimpleMatrix(new double[][] {{0.6, 0.8}, {-5 / 13.0, 12 / 13.0}, {0.8, 0.6}}), 1e-15))
                .isTrue();
        assertThat(scaled.isIdentical(unit.scale(Math.sqrt(2)), 1e-15)).isTrue();
    }

    @Test
    void centresAndStandardizes() {
        SimpleMatrix centred = sample.centred().inputs();
        SimpleMatrix standardized = sample.standardized().inputs();
        SimpleMatrix targets = sample.withStandardizedTargets().targets();

        assertThat(centred.get(0, 0)).isEqualTo(1); // 3 - (3 - 5 + 8) / 3
        assertThat(centred.getColumn(1).elementSum()).isCloseTo(0, within(1e-14));
        for (int j = 0; j < 2; j++) {
            assertThat(standardized.getColumn(j).normF()).isCloseTo(Math.sqrt(3), within(1e-14));
        }
        assertThat(targets.elementSum()).isCloseTo(0, within(1e-15));
        assertThat(targets.normF()).isCloseTo(Math.sqrt(3), within(1e-14));
    }

    @Test
    void splits() {
        assertThat(sample.first(1).targets().get(0)).isEqualTo(1);
        assertThat(sample.after(1).size()).isEqualTo(2);
        assertThat(sample.after(1).inputs().get(1, 0)).isEqualTo(8);
        assertThatIllegalArgumentException().isThrownBy(() -> sample.first(4)).withMessageContaining("has 3");
        assertThatIllegalArgumentException().isThrownBy(() -> sample.after(3)).withMessageContaining("has 3");
    }

    @Test
    void cannotBeChangedFromOutside() {
        SimpleMatrix inputs = new SimpleMatrix(new double[][] {{1}});
        Sample one = new Sample(inputs, inputs, "one");

        inputs.set(0, 7);
        one.inputs().set(0, 8);
        one.targets().set(0, 9);

        assertThat(one.inputs().get(0)).isEqualTo(1);
        assertThat(one.targets().get(0)).isEqualTo(1);
    }

    @Test
    void badDataAreNamed() {
        SimpleMatrix two = new SimpleMatrix(2, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sample(two, new SimpleMatrix(3, 1), ""))
                .withMessageContaining("2 x 1")
                .withMessageContaining("3 x 1");
        SimpleMatrix broken = new SimpleMatrix(new double[][] {{1, 2}, {3, Double.POSITIVE_INFINITY}});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sample(broken, new SimpleMatrix(2, 1), ""))
                .withMessageContaining("Row 2, column 2 of the inputs is Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Sample(new SimpleMatrix(1, 1), new SimpleMatrix(new double[][] {{Double.NaN}}), ""))
                .withMessageContaining("targets is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sample(two, new SimpleMatrix(2, 1), "").onUnitSphere())
                .withMessageContaining("Row 1 of the inputs is 0");
    }
}
