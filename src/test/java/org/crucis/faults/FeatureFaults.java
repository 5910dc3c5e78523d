package org.crucis.faults;

import net.bytebuddy.asm.Advice;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.crucis.feature.FeaturePopulation;
import org.ejml.simple.SimpleMatrix;

/** What a careless change might do to the instruments of feature learning. */
public final class FeatureFaults {

    private static final String NOISE = "org.crucis.network.LayerUpdate$Noisy";

    private FeatureFaults() {}

    /** Noise has twice the variance that it was asked for. */
    static PlantedFault temperatureDoubled() {
        return PlantedFault.in(NOISE, TemperatureDoubled.class, "addNoise");
    }

    /** One number is drawn for all neurons of a step. */
    static PlantedFault noiseShared() {
        return PlantedFault.in(NOISE, NoiseShared.class, "addNoise");
    }

    /** The first layer stays as it was drawn; the output weights are trained. */
    static PlantedFault firstLayerFrozen() {
        return PlantedFault.in("org.crucis.network.ShallowSteps", Faults.TrainingSkipped.class, "moveNeurons");
    }

    /** Two streams of a trial are one, whatever their names. */
    static PlantedFault runsShareASeed() {
        return PlantedFault.in("org.crucis.lab.Trial", RunsShareASeed.class, "random");
    }

    /** What the noise adds to E u^2, lam3 / (2 lam1), is forgotten. */
    static PlantedFault noiseOfOutputWeightsForgotten() {
        return PlantedFault.in("org.crucis.feature.Regularization", Nothing.class, "outputWeightNoise");
    }

    /** Features are drawn from another law without the weight p/p0: u stays, where u p should. */
    static PlantedFault importanceWeightsDropped() {
        return PlantedFault.in("org.crucis.feature.FeaturePopulation", WeightsDropped.class, "repopulated");
    }

    public static final class TemperatureDoubled {
        @Advice.OnMethodEnter
        static void enlarge(@Advice.Argument(value = 3, readOnly = false) double step) {
            step = 2 * step;
        }
    }

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

    public static final class RunsShareASeed {
        @Advice.OnMethodEnter
        static void rename(@Advice.Argument(value = 0, readOnly = false) String name) {
            name = "the only one";
        }
    }

    public static final class WeightsDropped {
        @Advice.OnMethodExit
        static void drop(
                @Advice.This FeaturePopulation drawn,
                @Advice.Argument(0) SimpleMatrix law,
                @Advice.Return(readOnly = false) FeaturePopulation population) {
            population = FeaturePopulation.ofWeights(drawn.outputWeights(), law);
        }
    }

    public static final class Nothing {
        @Advice.OnMethodExit
        static void forget(@Advice.Return(readOnly = false) double value) {
            value = 0;
        }
    }
}
