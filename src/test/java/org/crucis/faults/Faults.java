package org.crucis.faults;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.WeakHashMap;
import net.bytebuddy.asm.Advice;
import org.crucis.kernel.KernelFollower;
import org.crucis.network.Architecture;
import org.crucis.network.LayerScale;
import org.ejml.simple.SimpleMatrix;

/** What a careless change of an instrument might do. */
public final class Faults {

    private Faults() {}

    /** Training makes its steps, but no weight moves. */
    static PlantedFault trainingSkipped() {
        return PlantedFault.in("org.crucis.network.ShallowSteps", TrainingSkipped.class, "step");
    }

    /** The tangent kernel that is followed along a training is computed once and given again ever after. */
    static PlantedFault frozenKernelProbe() {
        return PlantedFault.in("org.crucis.kernel.KernelFollower", FrozenKernelProbe.class, "now");
    }

    /** Weights are trained at rate eta, as in the standard parametrization, instead of eta sw^2 / fan-in. */
    static PlantedFault standardRate() {
        return PlantedFault.in("org.crucis.network.Parametrization", StandardRate.class, "scale");
    }

    /** The dual of ReLU loses its factor: E[phi phi] and E[phi' phi'] are half of what they are. */
    public static PlantedFault factorOfReluDropped() {
        return PlantedFault.in("org.crucis.kernel.DualActivation$Relu", FactorDropped.class, "values", "slopes");
    }

    /** Output weights start larger than they should, by the fourth root of the width. */
    static PlantedFault outputDeviationWrong() {
        return PlantedFault.in("org.crucis.network.Parametrization", OutputDeviationWrong.class, "scale");
    }

    /** Gates that are said to be frozen are drawn anew before every forward pass: neurons are dealt other neurons' gates. */
    static PlantedFault gatesRedrawn() {
        return PlantedFault.in("org.crucis.network.Propagation", GatesRedrawn.class, "forwardFrom");
    }

    /** Gradient descent takes steps five times as large as it was asked to. */
    static PlantedFault stepTooLarge() {
        return PlantedFault.in("org.crucis.training.GradientDescent", StepTooLarge.class, "withStep");
    }

    /** The first of the inputs on a sphere comes twice; labels, drawn elsewhere, still differ. */
    static PlantedFault duplicatesWithDifferentLabels() {
        return PlantedFault.in("org.crucis.data.Spheres", FirstInputTwice.class, "uniform");
    }

    /** Of several hidden layers to be trained the highest one stays as it was drawn; the kernel still counts it. */
    static PlantedFault layerNotTrained() {
        return PlantedFault.inConstructorOf("org.crucis.network.LayeredSteps", LayerNotTrained.class);
    }

    /** The record of a training gives the loss of the state before. */
    static PlantedFault lossOneStepLate() {
        return PlantedFault.inConstructorOf("org.crucis.training.Training", LossOneStepLate.class);
    }

    /** Where the smallest eigenvalue is asked for, the largest one is given. */
    static PlantedFault wrongEndOfTheSpectrum() {
        return PlantedFault.in("org.crucis.kernel.Spectrum", WrongEndOfTheSpectrum.class, "smallest");
    }

    /** Advice is copied into its target: all that it names must be visible from there. */
    public static final class TrainingSkipped {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean skip() {
            return true;
        }
    }

    public static final class FrozenKernelProbe {
        public static final Map<KernelFollower, SimpleMatrix> FIRST = Collections.synchronizedMap(new WeakHashMap<>());

        @Advice.OnMethodExit
        static void freeze(@Advice.This KernelFollower follower, @Advice.Return(readOnly = false) SimpleMatrix kernel) {
            SimpleMatrix first = FIRST.putIfAbsent(follower, kernel);
            if (first != null) {
                kernel = first;
            }
        }
    }

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

    public static final class FactorDropped {
        @Advice.OnMethodExit
        static void halve(@Advice.Return(readOnly = false) double expectation) {
            expectation = expectation / 2;
        }
    }

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

    public static final class StepTooLarge {
        @Advice.OnMethodEnter
        static void enlarge(@Advice.Argument(value = 0, readOnly = false) double eta) {
            eta = 5 * eta;
        }
    }

    public static final class FirstInputTwice {
        @Advice.OnMethodExit
        static void repeat(@Advice.Return SimpleMatrix inputs) {
            if (inputs.getNumRows() > 1) {
                inputs.insertIntoThis(1, 0, inputs.getRow(0));
            }
        }
    }

    public static final class LayerNotTrained {
        @Advice.OnMethodExit
        static void forget(@Advice.FieldValue("updates") Object[] updates) {
            int highest = -1;
            int trained = 0;
            for (int layer = 0; layer < updates.length - 1; layer++) {
                if (updates[layer] != null) {
                    highest = layer;
                    trained++;
                }
            }
            if (trained > 1) {
                updates[highest] = null;
            }
        }
    }

    public static final class LossOneStepLate {
        @Advice.OnMethodExit
        static void shift(@Advice.FieldValue("losses") double[] losses) {
            System.arraycopy(losses, 0, losses, 1, losses.length - 1);
        }
    }

    public static final class WrongEndOfTheSpectrum {
        @Advice.OnMethodExit
        static void turn(
                @Advice.FieldValue("values") double[] values, @Advice.Return(readOnly = false) double eigenvalue) {
            eigenvalue = values[values.length - 1];
        }
    }
}
