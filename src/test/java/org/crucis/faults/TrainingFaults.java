package org.crucis.faults;

import net.bytebuddy.asm.Advice;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.crucis.training.SmallestWidth;

/** What a careless change might do to training. */
final class TrainingFaults {

    private static final String NOISE = "org.crucis.network.LayerUpdate$Noisy";

    private TrainingFaults() {}

    @Fault(
            value = "training makes its steps, but no weight of a network with one hidden layer moves",
            in = "org.crucis.network.ShallowSteps",
            methods = "step")
    public static final class TrainingDoesNothing {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean skip() {
            return true;
        }
    }

    @Fault(
            value = "the first layer stays as it was drawn; the output weights are trained",
            in = "org.crucis.network.ShallowSteps",
            methods = "moveNeurons")
    public static final class FirstLayerFrozen {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean skip() {
            return true;
        }
    }

    @Fault(
            value =
                    "of several hidden layers to be trained the highest one stays as it was drawn; the kernel counts it",
            in = "org.crucis.network.LayeredSteps",
            methods = Fault.CONSTRUCTOR)
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

    @Fault(
            value = "gradient descent takes steps five times as large as it was asked to",
            in = "org.crucis.training.GradientDescent",
            methods = "withStep")
    public static final class StepTooLarge {
        @Advice.OnMethodEnter
        static void enlarge(@Advice.Argument(value = 0, readOnly = false) double eta) {
            eta = 5 * eta;
        }
    }

    @Fault(
            value = "gradient descent takes steps half as large as it was asked to, as with a loss of 1/2 forgotten",
            in = "org.crucis.training.GradientDescent",
            methods = "withStep")
    public static final class StepHalved {
        @Advice.OnMethodEnter
        static void shrink(@Advice.Argument(value = 0, readOnly = false) double eta) {
            eta = eta / 2;
        }
    }

    @Fault(
            value = "training ends at a loss thirty times as large as it was asked for",
            in = "org.crucis.training.GradientDescent",
            methods = "untilRelativeLoss")
    public static final class TrainingStopsEarly {
        @Advice.OnMethodEnter
        static void enlarge(@Advice.Argument(value = 0, readOnly = false) double loss) {
            loss = Math.min(30 * loss, 0.99);
        }
    }

    @Fault(
            value = "the record of a training gives the loss of the state before",
            in = "org.crucis.training.Training",
            methods = Fault.CONSTRUCTOR)
    public static final class LossOneStepLate {
        @Advice.OnMethodExit
        static void shift(@Advice.FieldValue("losses") double[] losses) {
            System.arraycopy(losses, 0, losses, 1, losses.length - 1);
        }
    }

    @Fault(
            value = "the smallest width at which training succeeds comes out an octave too large",
            in = "org.crucis.training.SmallestWidth",
            methods = "search")
    public static final class SmallestWidthDoubled {
        @Advice.OnMethodExit
        static void enlarge(@Advice.Return(readOnly = false) SmallestWidth found) {
            found = new SmallestWidth(2 * found.above(), 2 * found.atMost());
        }
    }

    @Fault(value = "noise has twice the variance that it was asked for", in = NOISE, methods = "addNoise")
    public static final class TemperatureDoubled {
        @Advice.OnMethodEnter
        static void enlarge(@Advice.Argument(value = 3, readOnly = false) double step) {
            step = 2 * step;
        }
    }

    @Fault(value = "one number is drawn for all neurons of a step", in = NOISE, methods = "addNoise")
    public static final class NoiseShared {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean add(
                @Advice.FieldValue("temperature") double temperature,
                @Advice.Argument(0) double[] values,
                @Advice.Argument(1) int from,
                @Advice.Argument(2) int count,
                @Advice.Argument(3) double step,
                @Advice.Argument(4) SharedStateContinuousSampler normal) {
            double shared = Math.sqrt(2 * step * temperature) * normal.sample();
            for (int i = from; i < from + count; i++) {
                values[i] += shared;
            }
            return true;
        }
    }

    @Fault(
            value = "weight decay is half as strong as it was asked to be, as with a penalty of 1/2 forgotten",
            in = "org.crucis.network.LayerUpdate$Shrinking",
            methods = "share")
    public static final class PenaltyHalved {
        @Advice.OnMethodExit
        static void shrink(@Advice.Return(readOnly = false) double share) {
            share = share / 2;
        }
    }
}
