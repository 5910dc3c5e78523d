package org.crucis.bench;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.crucis.network.NativeLibraries;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The matrix products of {@link KernelBenchmark} and nothing else, on memory that is there already: what no implementation by
 * layers on this library can go below. Numbers of ordinary size, since products of zeros or denormals have times of their own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class BareProductsBenchmark {

    @Param("none")
    public String id;

    private Case work;
    private DoublePointer inputs;
    private DoublePointer first;
    private DoublePointer weights;
    private DoublePointer from;
    private DoublePointer to;
    private DoublePointer square;

    @Setup
    public void allocate() {
        NativeLibraries.prepare();
        openblas.blas_set_num_threads(1);
        work = OurSide.work(id);
        long n = work.n();
        long m = work.width();
        inputs = filled(n * work.d());
        first = filled(work.d() * m);
        weights = filled(m * m);
        from = filled(n * m);
        to = filled(n * m);
        square = filled(n * n);
    }

    private static DoublePointer filled(long size) {
        double[] numbers = new double[Math.toIntExact(size)];
        Arrays.setAll(numbers, i -> 0.01 * (i % 7 - 3));
        return new DoublePointer(numbers);
    }

    @Benchmark
    public DoublePointer products() {
        int n = work.n();
        int m = work.width();
        multiply(CblasNoTrans, m, work.d(), inputs, first);
        rowProducts(inputs, work.d());
        for (int layer = 1; layer <= work.depth(); layer++) {
            rowProducts(to, m);
            rowProducts(from, m);
            if (layer < work.depth()) {
                multiply(CblasNoTrans, m, m, from, weights);
                multiply(CblasTrans, m, m, from, weights);
            }
        }
        openblas.cblas_dgemv(CblasColMajor, CblasNoTrans, n, m, 1, from, n, first, 1, 0, to, 1);
        return square;
    }

    private void multiply(int form, int columns, int inner, DoublePointer a, DoublePointer b) {
        int n = work.n();
        openblas.cblas_dgemm(CblasColMajor, CblasNoTrans, form, n, columns, inner, 1, a, n, b, inner, 0, to, n);
    }

    private void rowProducts(DoublePointer a, int columns) {
        int n = work.n();
        openblas.cblas_dsyrk(CblasColMajor, CblasLower, CblasNoTrans, n, columns, 1, a, n, 0, square, n);
    }

    @TearDown
    public void free() {
        for (DoublePointer each : new DoublePointer[] {inputs, first, weights, from, to, square}) {
            each.close();
        }
    }
}
