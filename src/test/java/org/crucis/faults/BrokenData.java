package org.crucis.faults;

import java.util.List;
import java.util.function.Supplier;
import net.bytebuddy.asm.Advice;
import org.crucis.data.Sample;

/** Data that break what theorems ask of them: every source of inputs gives its first one twice, and files to be fetched are absent. */
public final class BrokenData {

    private static final String TWICE = "the first input comes twice";

    private static final List<PlantedFault> FAULTS = List.of(
            PlantedFault.of(
                    DataFaults.DuplicatesWithDifferentLabels.class,
                    TWICE,
                    "org.crucis.data.Spheres",
                    "uniform",
                    "pairs"),
            PlantedFault.of(DataFaults.DuplicatesWithDifferentLabels.class, TWICE, "org.crucis.data.Circle", "at"),
            PlantedFault.of(
                    DataFaults.DuplicatesWithDifferentLabels.class, TWICE, "org.crucis.data.Gaussian", "inputs"),
            PlantedFault.of(FirstExampleTwice.class, TWICE, "org.crucis.data.SmallSamples", "orthogonal"),
            PlantedFault.of(FirstExampleTwice.class, TWICE, "org.crucis.data.Table", "draw"),
            PlantedFault.of(NoImages.class, "there are no images", "org.crucis.data.Mnist", "images"));

    private BrokenData() {}

    /** Runs something with all sources of data broken, and puts them back. */
    public static <T> T during(Supplier<T> something) {
        Supplier<T> broken = something;
        for (PlantedFault fault : FAULTS) {
            Supplier<T> within = broken;
            broken = () -> fault.during(within);
        }
        return broken.get();
    }

    /** The labels stay: an input may have two. */
    public static final class FirstExampleTwice {
        @Advice.OnMethodExit
        static void repeat(@Advice.Return(readOnly = false) Sample sample) {
            if (sample.size() > 1) {
                var inputs = sample.inputs();
                inputs.insertIntoThis(1, 0, inputs.getRow(0));
                sample = new Sample(inputs, sample.targets(), sample.name());
            }
        }
    }

    public static final class NoImages {
        @Advice.OnMethodExit
        static void forget(@Advice.Return(readOnly = false) int images) {
            images = 0;
        }
    }
}
