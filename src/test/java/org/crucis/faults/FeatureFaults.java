package org.crucis.faults;

import java.util.Arrays;
import net.bytebuddy.asm.Advice;
import org.crucis.feature.DualityGap;
import org.crucis.feature.EnergyDistance;
import org.crucis.feature.FeaturePopulation;
import org.crucis.feature.Regularization;
import org.ejml.simple.SimpleMatrix;

/** What a careless change might do to the instruments of feature learning. */
final class FeatureFaults {

    private FeatureFaults() {}

    @Fault(
            value = "what the noise adds to E u^2, lam3 / (2 lam1), is forgotten",
            in = "org.crucis.feature.Regularization",
            methods = "outputWeightNoise")
    public static final class NoiseOfOutputWeightsForgotten {
        @Advice.OnMethodExit
        static void forget(@Advice.Return(readOnly = false) double value) {
            value = 0;
        }
    }

    @Fault(
            value = "features are drawn from another law without the weight p/p0: u stays, where u p should",
            in = "org.crucis.feature.FeaturePopulation",
            methods = "repopulated")
    public static final class ImportanceWeightsDropped {
        @Advice.OnMethodExit
        static void drop(
                @Advice.This FeaturePopulation drawn,
                @Advice.Argument(0) SimpleMatrix law,
                @Advice.Return(readOnly = false) FeaturePopulation population) {
            population = FeaturePopulation.ofWeights(drawn.outputWeights(), law);
        }
    }

    @Fault(
            value = "features are drawn uniformly where they should be drawn by their importance",
            in = "org.crucis.feature.Importance",
            methods = "of")
    public static final class ImportanceIgnored {
        @Advice.OnMethodEnter
        static void level(@Advice.Argument(value = 0, readOnly = false) double[] weights) {
            double[] level = new double[weights.length];
            Arrays.fill(level, 1);
            weights = level;
        }
    }

    @Fault(
            value = "the energy distance counts each point's distance to itself, and is biased",
            in = "org.crucis.feature.EnergyDistance",
            methods = "unbiased")
    public static final class EnergyDistanceBiased {
        @Advice.OnMethodExit
        static void replace(
                @Advice.Argument(0) SimpleMatrix a,
                @Advice.Argument(1) SimpleMatrix b,
                @Advice.Return(readOnly = false) double distance) {
            distance = EnergyDistance.squared(a, b);
        }
    }

    @Fault(
            value = "the law in theory is that of twice the temperature",
            in = "org.crucis.feature.SphereLaw",
            methods = "of")
    public static final class TemperatureOfTheLawDoubled {
        @Advice.OnMethodEnter
        static void heat(@Advice.Argument(value = 1, readOnly = false) Regularization regularization) {
            regularization = new Regularization(
                    regularization.outputWeights(), regularization.features(), 2 * regularization.entropy());
        }
    }

    @Fault(
            value = "the dual objective loses a factor 2, so that the gap to the optimum is wrong",
            in = "org.crucis.feature.DualityGap",
            methods = {"ofSquaredVariation", "ofVariation"})
    public static final class DualObjectiveHalved {
        @Advice.OnMethodExit
        static void halve(@Advice.Return(readOnly = false) DualityGap gap) {
            gap = new DualityGap(gap.primal(), gap.dual() / 2, gap.steepest());
        }
    }
}
