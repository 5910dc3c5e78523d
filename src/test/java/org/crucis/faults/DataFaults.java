package org.crucis.faults;

import net.bytebuddy.asm.Advice;
import org.ejml.simple.SimpleMatrix;

/** What a careless change might do to data, seeds and the points of a sweep. */
final class DataFaults {

    private DataFaults() {}

    @Fault(
            value = "the first of the inputs on a sphere comes twice; labels, drawn elsewhere, still differ",
            in = "org.crucis.data.Spheres",
            methods = "uniform")
    public static final class DuplicatesWithDifferentLabels {
        @Advice.OnMethodExit
        static void repeat(@Advice.Return SimpleMatrix inputs) {
            if (inputs.getNumRows() > 1) {
                inputs.insertIntoThis(1, 0, inputs.getRow(0));
            }
        }
    }

    @Fault(
            value = "inputs on the unit sphere are longer than one, by a tenth",
            in = "org.crucis.data.Spheres",
            methods = "uniform/3")
    public static final class InputsNotNormalized {
        @Advice.OnMethodExit
        static void stretch(@Advice.Return(readOnly = false) SimpleMatrix inputs) {
            inputs = inputs.scale(1.1);
        }
    }

    @Fault(
            value = "a trial draws the same numbers in every block: seeds are repeated",
            in = "org.crucis.lab.Seeds",
            methods = "stream")
    public static final class BlocksShareASeed {
        @Advice.OnMethodEnter
        static void forget(@Advice.Argument(0) Object[] names) {
            for (int i = 0; i < names.length; i++) {
                if (names[i] instanceof Integer) {
                    names[i] = 0;
                }
            }
        }
    }

    @Fault(
            value = "two streams of a trial are one, whatever their names",
            in = "org.crucis.lab.Trial",
            methods = "random")
    public static final class StreamsShareASeed {
        @Advice.OnMethodEnter
        static void rename(@Advice.Argument(value = 0, readOnly = false) String name) {
            name = "the only one";
        }
    }

    @Fault(
            value = "what is observed at one width is given out for every width",
            in = "org.crucis.lab.Trial",
            methods = "size")
    public static final class OneWidthForAll {
        @Advice.OnMethodExit
        static void replace(@Advice.Argument(0) String axis, @Advice.Return(readOnly = false) int size) {
            if (axis.equals("width")) {
                size = 64;
            }
        }
    }
}
