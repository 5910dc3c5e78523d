package org.crucis.faults;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import net.bytebuddy.asm.Advice;
import org.crucis.kernel.GaussianPair;
import org.crucis.kernel.KernelFollower;
import org.crucis.kernel.OutputLaw;
import org.crucis.network.Architecture;
import org.ejml.simple.SimpleMatrix;

/** What a careless change might do to kernels, measured and in theory. */
public final class KernelFaults {

    private KernelFaults() {}

    @Fault(
            value = "the tangent kernel that is followed along a training is computed once and given again ever after",
            in = "org.crucis.kernel.KernelFollower",
            methods = "now")
    public static final class KernelProbeFrozen {
        public static final Map<KernelFollower, SimpleMatrix> FIRST = Collections.synchronizedMap(new WeakHashMap<>());

        @Advice.OnMethodExit
        static void freeze(@Advice.This KernelFollower follower, @Advice.Return(readOnly = false) SimpleMatrix kernel) {
            SimpleMatrix first = FIRST.putIfAbsent(follower, kernel);
            if (first != null) {
                kernel = first;
            }
        }
    }

    @Fault(
            value = "the measured kernel leaves out what the output weights contribute",
            in = "org.crucis.kernel.KernelSum",
            methods = "add/4")
    public static final class OutputLayerLeftOutOfTheKernel {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean leaveOut(
                @Advice.Argument(0) int layer, @Advice.FieldValue("architecture") Architecture architecture) {
            return layer == architecture.depth();
        }
    }

    @Fault(
            value = "the dual of ReLU loses its factor: E[phi phi] and E[phi' phi'] are half of what they are",
            in = "org.crucis.kernel.DualActivation$Relu",
            methods = {"values", "slopes"})
    public static final class FactorOfReluDropped {
        @Advice.OnMethodExit
        static void halve(@Advice.Return(readOnly = false) double expectation) {
            expectation = expectation / 2;
        }
    }

    @Fault(
            value = "the arc-cosine kernel of degree 0 stands in the place of that of degree 1",
            in = "org.crucis.kernel.DualActivation$Relu",
            methods = "values")
    public static final class WrongArcCosineDegree {
        @Advice.OnMethodExit
        static void replace(
                @Advice.Argument(0) GaussianPair pair, @Advice.Return(readOnly = false) double expectation) {
            expectation = (Math.PI - pair.angle()) / (2 * Math.PI);
        }
    }

    @Fault(
            value = "the dual of erf has no slopes, so that its tangent kernel is that of the output layer alone",
            in = "org.crucis.kernel.DualActivation$Erf",
            methods = "slopes")
    public static final class SlopesOfErfForgotten {
        @Advice.OnMethodExit
        static void forget(@Advice.Return(readOnly = false) double expectation) {
            expectation = 0;
        }
    }

    @Fault(value = "the kernel in theory knows no biases", in = "org.crucis.kernel.AnalyticKernel", methods = "of")
    public static final class BiasLeftOutOfTheKernel {
        @Advice.OnMethodEnter
        static void leaveOut(@Advice.Argument(value = 3, readOnly = false) double variance) {
            variance = 0;
        }
    }

    @Fault(
            value = "where the smallest eigenvalue is asked for, the largest one is given",
            in = "org.crucis.kernel.Spectrum",
            methods = "smallest")
    public static final class WrongEndOfTheSpectrum {
        @Advice.OnMethodExit
        static void turn(
                @Advice.FieldValue("values") double[] values, @Advice.Return(readOnly = false) double eigenvalue) {
            eigenvalue = values[values.length - 1];
        }
    }

    @Fault(
            value = "the linear dynamics in theory lose a factor 2 of their step",
            in = "org.crucis.kernel.LinearizedDynamics",
            methods = {"gradientDescent", "flow"})
    public static final class FactorOfTheLossDropped {
        @Advice.OnMethodEnter
        static void halve(@Advice.Argument(value = 1, readOnly = false) double step) {
            step = step / 2;
        }
    }

    @Fault(
            value = "the law of trained outputs in theory has twice its variance",
            in = "org.crucis.kernel.LinearizedDynamics",
            methods = {"law", "trainLaw"})
    public static final class VarianceOfTheLawDoubled {
        @Advice.OnMethodExit
        static void enlarge(@Advice.Return(readOnly = false) OutputLaw law) {
            law = new OutputLaw(law.mean(), law.covariance().scale(2));
        }
    }
}
