package org.crucis.faults;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import net.bytebuddy.asm.Advice;
import org.crucis.kernel.KernelFollower;
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
    static PlantedFault factorOfReluDropped() {
        return PlantedFault.in("org.crucis.kernel.DualActivation$Relu", FactorDropped.class, "values", "slopes");
    }

    /** Output weights start larger than they should, by the fourth root of the width. */
    static PlantedFault outputDeviationWrong() {
        return PlantedFault.in("org.crucis.network.Parametrization", OutputDeviationWrong.class, "scale");
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
}
