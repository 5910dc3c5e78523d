package org.crucis.bench;

import java.util.concurrent.TimeUnit;
import org.crucis.training.GradientDescent;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One training of a case, its set-up included; the weights go on from where the last training left them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class StepBenchmark {

    @Param("none")
    public String id;

    private Case work;
    private Case.Loaded loaded;
    private GradientDescent descent;

    @Setup
    public void load() {
        work = OurSide.work(id);
        loaded = work.load();
        descent = GradientDescent.withStep(work.eta()).atMost(work.steps());
        OurSide.check(id, training());
    }

    @Benchmark
    public double training() {
        return descent.run(loaded.network(), loaded.inputs(), loaded.targets()).loss(work.steps());
    }

    @TearDown
    public void close() {
        loaded.network().close();
    }
}
