package org.crucis.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.crucis.claim.Interval;
import org.crucis.claim.Point;
import org.crucis.lab.Engine;
import org.crucis.lab.Experiment;
import org.crucis.lab.Measurements;
import org.crucis.lab.Seeds;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;
import org.crucis.lab.TrialTask;

/** Trials that do to their process what a trial may do: no claim, but found by name as a claim's experiments are. */
final class Trials {

    static final Experiment WELL =
            measuring(trial -> Measurements.of("y", trial.random("y").nextDouble())
                    .and("process", ProcessHandle.current().pid()));
    static final Experiment NOT_A_NUMBER = measuring(trial -> Measurements.of("y", Double.NaN));
    static final Experiment HYPOTHESIS_NOT_A_NUMBER = Experiment.over(Sweep.onePoint())
            .assuming("gap", trial -> Double.NaN, Interval.atLeast(0))
            .measuring(trial -> Measurements.of("y", 1));
    static final Experiment THROWS = measuring(trial -> {
        throw new IllegalStateException("too steep");
    });
    static final Experiment THROWS_WHAT_NO_TRIAL_THROWS = measuring(trial -> {
        throw new InternalError("odd");
    });
    static final Experiment EXITS = measuring(trial -> {
        System.exit(3);
        return null;
    });
    static final Experiment CRASHES = measuring(trial -> {
        writeToAddressZero();
        return null;
    });
    static final Experiment FILLS_THE_HEAP = measuring(trial -> {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    });
    static final Experiment NEVER_ENDS = measuring(trial -> {
        while (true) {
            Thread.onSpinWait();
        }
    });
    static final Experiment SAYS_SO_AND_NEVER_ENDS = measuring(trial -> {
        try {
            Files.createFile(sign(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (true) {
            Thread.onSpinWait();
        }
    });
    static final Experiment KILLED = measuring(trial -> sendMyself("KILL"));
    static final Experiment INTERRUPTED = measuring(trial -> sendMyself("INT"));
    static final Experiment TALKS = measuring(trial -> {
        IntStream.range(0, 20_000)
                .forEach(line -> System.out.println("what every trial of this kind has to say " + line));
        return Measurements.of("y", 1);
    });

    private static final Seeds SEEDS = new Seeds("engine/trials", "d1ce", 1);

    private Trials() {}

    private static Experiment measuring(Function<Trial, Measurements> measurement) {
        return Experiment.over(Sweep.onePoint()).measuring(measurement);
    }

    private static void writeToAddressZero() {
        try {
            // By reflection: javac warns of each mention of this class.
            Class<?> type = Class.forName("sun.misc.Unsafe");
            var field = type.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            type.getMethod("putAddress", long.class, long.class).invoke(field.get(null), 0L, 1L);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file by which a process shows that it is in the middle of a trial. */
    private static Path sign(long process) {
        return Path.of(System.getProperty("java.io.tmpdir"), "crucis-trial-" + process);
    }

    /** Returns when that process is in the middle of its trial that never ends. */
    static void awaitSign(ProcessHandle process) throws IOException, InterruptedException {
        while (!Files.deleteIfExists(sign(process.pid()))) {
            Thread.sleep(10);
        }
    }

    private static Measurements sendMyself(String signal) {
        try {
            new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            String.valueOf(ProcessHandle.current().pid()))
                    .start();
            Thread.sleep(60_000);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Measurements.of("y", 1);
    }

    static TrialSpec spec(String experiment) {
        return spec(experiment, 0);
    }

    static TrialSpec spec(String experiment, int block) {
        return new TrialSpec(Trials.class.getName(), experiment, Point.ORIGIN.with("width", 64), block, SEEDS);
    }

    static TrialTask task(String experiment) {
        return TrialTask.of(spec(experiment));
    }

    static TrialTask task(String experiment, int block) {
        return TrialTask.of(spec(experiment, block));
    }

    static double value(TrialResult result, String measure) {
        return ((TrialResult.Measured) result.outcome()).observations().get(0).value(measure);
    }

    /** A process with a worker, which it leaves in the middle of a trial. */
    static final class Parent {
        public static void main(String[] arguments) {
            try (Engine engine = Engines.open(Engines.WORKERS, EngineSettings.of(1))) {
                System.out.println(
                        (long) value(engine.run(List.of(task("WELL"))).get(0), "process"));
                engine.run(List.of(task("SAYS_SO_AND_NEVER_ENDS")));
            }
        }
    }
}
