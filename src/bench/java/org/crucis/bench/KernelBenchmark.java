package org.crucis.bench;

import java.util.concurrent.TimeUnit;
import org.crucis.kernel.EmpiricalKernel;
import org.ejml.simple.SimpleMatrix;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The tangent kernel of a case. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class KernelBenchmark {

    @Param("none")
    public String id;

    private Case.Loaded loaded;

    @Setup
    public void load() {
        loaded = OurSide.work(id).load();
        OurSide.check(id, kernel().normF());
    }

    @Benchmark
    public SimpleMatrix kernel() {
        return EmpiricalKernel.of(loaded.network(), loaded.inputs());
    }

    @TearDown
    public void close() {
        loaded.network().close();
    }
}
