package org.crucis.faults;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Random;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.crucis.network.Architecture;
import org.crucis.network.LayerScale;

/** What a careless change might do to networks and their scales. */
final class NetworkFaults {

    private NetworkFaults() {}

    @Fault(
            value = "weights are trained at rate eta, as in the standard parametrization, not eta sw^2 / fan-in",
            in = "org.crucis.network.Parametrization",
            methods = "scale")
    public static final class StandardRate {
        @Advice.OnMethodExit
        static void replace(@Advice.Return(readOnly = false) LayerScale scale) {
            scale = new LayerScale(
                    scale.multiplier(),
                    scale.weightDeviation(),
                    1,
                    scale.biasMultiplier(),
                    scale.biasDeviation(),
                    scale.biasRate());
        }
    }

    @Fault(
            value = "output weights start larger than they should, by the fourth root of the width",
            in = "org.crucis.network.Parametrization",
            methods = "scale")
    public static final class OutputDeviationWrong {
        @Advice.OnMethodExit
        static void widen(
                @Advice.Argument(0) Object place,
                @Advice.Argument(2) int width,
                @Advice.Return(readOnly = false) LayerScale scale) {
            if (place.toString().equals("OUTPUT")) {
                scale = new LayerScale(
                        scale.multiplier(),
                        scale.weightDeviation() * Math.pow(width, 0.25),
                        scale.weightRate(),
                        scale.biasMultiplier(),
                        scale.biasDeviation(),
                        scale.biasRate());
            }
        }
    }

    @Fault(
            value =
                    "the output is divided by the root of the width once more, the mean-field scale for the tangent one",
            in = "org.crucis.network.Parametrization",
            methods = "scale")
    public static final class MeanFieldScaleForNtkScale {
        @Advice.OnMethodExit
        static void divide(
                @Advice.Argument(0) Object place,
                @Advice.Argument(2) int width,
                @Advice.Return(readOnly = false) LayerScale scale) {
            if (place.toString().equals("OUTPUT")) {
                scale = new LayerScale(
                        scale.multiplier() / Math.sqrt(width),
                        scale.weightDeviation() / Math.sqrt(width),
                        scale.weightRate() / width,
                        scale.biasMultiplier(),
                        scale.biasDeviation(),
                        scale.biasRate());
            }
        }
    }

    @Fault(
            value = "the weights of the hidden layers between the first and the last are trained at twice their rate",
            in = "org.crucis.network.Parametrization",
            methods = "scale")
    public static final class RateOfOneLayerDoubled {
        @Advice.OnMethodExit
        static void enlarge(@Advice.Argument(0) Object place, @Advice.Return(readOnly = false) LayerScale scale) {
            if (place.toString().equals("HIDDEN")) {
                scale = new LayerScale(
                        scale.multiplier(),
                        scale.weightDeviation(),
                        2 * scale.weightRate(),
                        scale.biasMultiplier(),
                        scale.biasDeviation(),
                        scale.biasRate());
            }
        }
    }

    @Fault(value = "biases are not trained", in = "org.crucis.network.Parametrization", methods = "scale")
    public static final class BiasesNotTrained {
        @Advice.OnMethodExit
        static void freeze(@Advice.Return(readOnly = false) LayerScale scale) {
            scale = new LayerScale(
                    scale.multiplier(),
                    scale.weightDeviation(),
                    scale.weightRate(),
                    scale.biasMultiplier(),
                    scale.biasDeviation(),
                    0);
        }
    }

    @Fault(
            value = "gates that are said to be frozen are dealt to other neurons before every forward pass",
            in = "org.crucis.network.Propagation",
            methods = "forwardFrom")
    public static final class GatesRedrawn {

        @Advice.OnMethodEnter
        static void redraw(
                @Advice.Argument(0) int lowest,
                @Advice.FieldValue("architecture") Architecture architecture,
                @Advice.FieldValue("n") int n,
                @Advice.FieldValue("slopes") double[][][] slopes) {
            if (architecture.isGated()) {
                shuffle(slopes, lowest, n);
            }
        }

        /** Gates of one neuron stay together, so that their law stays what it is; the order depends on the gates alone. */
        public static void shuffle(double[][][] slopes, int lowest, int n) {
            Random random = new Random(Arrays.deepHashCode(slopes));
            for (int layer = lowest; layer < slopes.length; layer++) {
                for (double[] chunk : slopes[layer]) {
                    for (int column = chunk.length / n - 1; column > 0; column--) {
                        int other = random.nextInt(column + 1);
                        for (int i = 0; i < n; i++) {
                            double gate = chunk[column * n + i];
                            chunk[column * n + i] = chunk[other * n + i];
                            chunk[other * n + i] = gate;
                        }
                    }
                }
            }
        }
    }

    @Fault(
            value = "outputs along a training are kept as floats",
            in = "org.crucis.network.ShallowSteps",
            methods = "readOutputs")
    public static final class FloatForDouble {
        @Advice.OnMethodExit
        static void round(@Advice.Argument(0) double[] outputs) {
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = (float) outputs[i];
            }
        }
    }

    @Fault(
            value =
                    "where a product takes a square matrix transposed, as the backward pass does with weights, it is not",
            in = "org.crucis.network.Blas",
            methods = "multiply")
    public static final class TransposeForgotten {
        @Advice.OnMethodEnter
        static void forget(
                @Advice.Argument(value = 2, readOnly = false, typing = Assigner.Typing.DYNAMIC) Object form,
                @Advice.Argument(3) Object block) {
            if (form.toString().equals("TRANSPOSED") && isSquare(block)) {
                form = form.getClass().getEnumConstants()[0];
            }
        }

        public static boolean isSquare(Object block) {
            try {
                return number(block, "rows") == number(block, "columns");
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        private static int number(Object block, String name) throws ReflectiveOperationException {
            Method method = block.getClass().getDeclaredMethod(name);
            method.setAccessible(true);
            return (Integer) method.invoke(block);
        }
    }

    @Fault(
            value = "the slope of tanh is 1 - tanh, its square forgotten",
            in = "org.crucis.network.Activation$3",
            methods = "apply")
    public static final class SlopeOfTanhWrong {
        @Advice.OnMethodExit
        static void replace(
                @Advice.Argument(0) double[] values,
                @Advice.Argument(1) double[] slopes,
                @Advice.Argument(3) int length) {
            for (int i = 0; i < length; i++) {
                slopes[i] = 1 - values[i];
            }
        }
    }

    @Fault(
            value = "no neuron is ever seen to change its pattern of activity",
            in = "org.crucis.network.Patterns",
            methods = "flippedSince")
    public static final class FlipsNotCounted {
        @Advice.OnMethodExit
        static void none(@Advice.Return(readOnly = false) double flipped) {
            flipped = 0;
        }
    }
}
