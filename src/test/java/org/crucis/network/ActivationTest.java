package org.crucis.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ActivationTest {

    /** From -9 to 9 without the kink at 0, and a few far ones, where exponentials over- and underflow. */
    private static double[] points() {
        double[] points = new double[7208];
        for (int i = 0; i < 7200; i++) {
            points[i] = -9 + (i + 0.5) * 0.0025;
        }
        double[] far = {-800, -40, -1e-12, 1e-300, 1e-7, 25, 40, 800};
        System.arraycopy(far, 0, points, 7200, far.length);
        return points;
    }

    /** Oracle: central differences; truncation h^2/6 |phi'''| and rounding 1e-16/h stay below 1e-9 at h = 1e-5. */
    @ParameterizedTest
    @EnumSource
    void derivativeAgreesWithCentralDifferences(Activation phi) {
        double h = 1e-5;
        for (double z : points()) {
            if (Math.abs(z) < 1e-3) {
                continue;
            }
            double slope = (phi.value(z + h) - phi.value(z - h)) / (2 * h);
            assertThat(slope).as("phi'(%s)", z).isCloseTo(phi.derivative(z), within(1e-9 * Math.max(1, Math.abs(z))));
        }
    }

    /** Oracle: the scalar functions, which use the JDK's and Commons Numbers' correctly working routines. */
    @ParameterizedTest
    @EnumSource
    void arrayArithmeticAgreesWithScalarFunctions(Activation phi) {
        double[] points = points();
        double[] values = points.clone();
        double[] slopes = new double[points.length];
        phi.apply(values, slopes, new Activation.Scratch(points.length), points.length);
        for (int i = 0; i < points.length; i++) {
            double size = Math.max(1, Math.abs(points[i]));
            assertThat(values[i]).as("phi(%s)", points[i]).isCloseTo(phi.value(points[i]), within(4e-15 * size));
            assertThat(slopes[i]).as("phi'(%s)", points[i]).isCloseTo(phi.derivative(points[i]), within(4e-15));
        }
    }

    @ParameterizedTest
    @EnumSource
    void arrayArithmeticLeavesTheRestOfTheArrayAlone(Activation phi) {
        double[] values = {0.5, 0.5, 0.5};
        double[] slopes = {7, 7, 7};
        phi.apply(values, slopes, new Activation.Scratch(3), 2);
        assertThat(values[2]).isEqualTo(0.5);
        assertThat(slopes[2]).isEqualTo(7);
        assertThat(values[1]).isCloseTo(phi.value(0.5), within(1e-15));
    }

    /** What DeepLearning4J will compute is the activation named. Oracle: our scalar functions. */
    @ParameterizedTest
    @EnumSource
    void layerFunctionIsTheSameFunction(Activation phi) {
        double[] points = {-30, -4, -1.5, -0.3, 0.2, 0.9, 2.5, 7, 30};
        IActivation function = phi.layerFunction();
        INDArray values = function.getActivation(Nd4j.createFromArray(points).reshape(1, -1), true);
        INDArray epsilon = Nd4j.createFromArray(points).reshape(1, -1).muli(0).addi(1);
        INDArray slopes = function.backprop(Nd4j.createFromArray(points).reshape(1, -1), epsilon)
                .getFirst();
        for (int i = 0; i < points.length; i++) {
            assertThat(values.getDouble(i)).isCloseTo(phi.value(points[i]), within(1e-13));
            assertThat(slopes.getDouble(i)).isCloseTo(phi.derivative(points[i]), within(1e-13));
        }
    }

    @ParameterizedTest
    @EnumSource
    void layerFunctionsOfOneActivationAreEqual(Activation phi) {
        assertThat(phi.layerFunction())
                .isEqualTo(phi.layerFunction())
                .hasSameHashCodeAs(phi.layerFunction())
                .isNotEqualTo(phi == Activation.ERF ? Activation.GELU.layerFunction() : Activation.ERF.layerFunction());
    }

    @Test
    void slopeOfReluAtZeroIsZero() {
        double[] slope = {5};
        Activation.RELU.apply(new double[] {0}, slope, new Activation.Scratch(1), 1);
        assertThat(slope[0]).isZero();
        assertThat(Activation.RELU.derivative(0)).isZero();
    }

    /** Oracle: Abramowitz and Stegun, table 7.1: erf(0.5), erf(1), erf(2). */
    @Test
    void erfTakesItsTabulatedValues() {
        double[] values = {0.5, 1, 2};
        Activation.ERF.apply(values, new double[3], new Activation.Scratch(3), 3);
        assertThat(values[0]).isCloseTo(0.5204998778130465, within(3e-15));
        assertThat(values[1]).isCloseTo(0.8427007929497149, within(3e-15));
        assertThat(values[2]).isCloseTo(0.9953222650189527, within(3e-15));
    }
}
