package org.crucis.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.crucis.kernel.KernelSum.Block;
import org.crucis.kernel.KernelSum.Reuse;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.GradientFactors;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Computes empirical kernels a pair of blocks of inputs at a time, so that memory beyond the result stays bounded: the
 * factors of {@code kept} blocks are held, those of each further block are computed once for every {@code kept} blocks.
 *
 * @param size inputs in a block; the last one may be smaller
 * @param kept number of blocks whose factors are held at the same time, beside the one they are paired with
 */
record KernelBlocks(int size, int kept) {

    /** Bytes for factors; what 10 000 inputs take at width 1024 and depth 3 fits in. */
    private static final long MEMORY = 1L << 30;

    /** The products of two blocks of this many inputs fill 8 MB, and take far longer than to combine or to repeat factors. */
    private static final int LARGEST = 1024;

    /** The largest equal blocks within the memory for factors. */
    static KernelBlocks of(Architecture architecture, int inputs) {
        long affordable = MEMORY / GradientFactors.bytesPerInput(architecture);
        // Two at least: one kept and the one it is paired with.
        int largest = (int) Math.max(1, Math.min(LARGEST, affordable / 2));
        int blocks = (inputs + largest - 1) / largest;
        int size = (inputs + blocks - 1) / blocks;
        return new KernelBlocks(size, (int) Math.max(1, Math.min(blocks, affordable / size - 1)));
    }

    /** The kernel of a set with itself. */
    SimpleMatrix of(DenseNetwork network, SimpleMatrix inputs, Outputs outputs) {
        int side = side(network, inputs, outputs);
        double[][] targets = same(network, zeros(side, side));
        fill(network, inputs, outputs, targets);
        return matrix(side, side, targets[0]);
    }

    /** What each layer contributes to the kernel of a set with itself. */
    List<SimpleMatrix> layerShares(DenseNetwork network, SimpleMatrix inputs, Outputs outputs) {
        int side = side(network, inputs, outputs);
        double[][] targets = new double[network.layers()][];
        Arrays.setAll(targets, layer -> zeros(side, side));
        fill(network, inputs, outputs, targets);
        return Arrays.stream(targets).map(share -> matrix(side, side, share)).toList();
    }

    private void fill(DenseNetwork network, SimpleMatrix inputs, Outputs outputs, double[][] targets) {
        int n = inputs.getNumRows();
        try (KernelSum sum = new KernelSum(network, outputs, size, Reuse.NOTHING)) {
            for (int first = 0; first < n; first += kept * size) {
                try (Held held = new Held(network, inputs, first, this)) {
                    for (int earlier = 0; earlier < first; earlier += size) {
                        try (Held right = new Held(network, inputs, earlier, new KernelBlocks(size, 1))) {
                            held.blocks.forEach(left -> sum.addMirrored(left, right.blocks.get(0), targets));
                        }
                    }
                    for (int i = 0; i < held.blocks.size(); i++) {
                        for (int j = 0; j <= i; j++) {
                            sum.addMirrored(held.blocks.get(i), held.blocks.get(j), targets);
                        }
                    }
                }
            }
        }
    }

    /** The kernel between two sets. */
    SimpleMatrix between(DenseNetwork network, SimpleMatrix a, SimpleMatrix b, Outputs outputs) {
        int rows = side(network, a, outputs);
        int columns = side(network, b, outputs);
        // The columns of the targets are the rows of the result.
        double[][] targets = same(network, zeros(columns, rows));
        try (KernelSum sum = new KernelSum(network, outputs, size, Reuse.NOTHING)) {
            for (int first = 0; first < b.getNumRows(); first += kept * size) {
                try (Held held = new Held(network, b, first, this)) {
                    for (int other = 0; other < a.getNumRows(); other += size) {
                        try (Held right = new Held(network, a, other, new KernelBlocks(size, 1))) {
                            held.blocks.forEach(left -> sum.add(left, right.blocks.get(0), targets));
                        }
                    }
                }
            }
        }
        return matrix(rows, columns, targets[0]);
    }

    /** Consecutive blocks with their factors. */
    private static final class Held implements AutoCloseable {

        private final List<Block> blocks = new ArrayList<>();

        Held(DenseNetwork network, SimpleMatrix inputs, int first, KernelBlocks sizes) {
            int n = inputs.getNumRows();
            for (int at = first; at < n && blocks.size() < sizes.kept; at += sizes.size) {
                GradientFactors factors = GradientFactors.of(network, inputs.rows(at, Math.min(n, at + sizes.size)));
                factors.refresh();
                blocks.add(new Block(factors, at, n));
            }
        }

        @Override
        public void close() {
            blocks.forEach(block -> block.factors().close());
        }
    }

    /** Rows of the kernel of some inputs. */
    static int side(DenseNetwork network, SimpleMatrix inputs, Outputs outputs) {
        long side = (long) KernelSum.rowsPerInput(network.architecture(), outputs) * inputs.getNumRows();
        if (side > Integer.MAX_VALUE) {
            requireArray(side, 1);
        }
        return (int) side;
    }

    /** One array for the terms of all layers. */
    static double[][] same(DenseNetwork network, double[] sum) {
        double[][] targets = new double[network.layers()][];
        Arrays.fill(targets, sum);
        return targets;
    }

    static double[] zeros(int rows, int columns) {
        requireArray(rows, columns);
        return new double[rows * columns];
    }

    static void requireArray(long rows, long columns) {
        if (rows * columns > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("The kernel has " + rows + " x " + columns
                    + " entries, more than an array holds; take fewer inputs, or blocks of them by between.");
        }
    }

    /** Wraps entries without a copy. */
    static SimpleMatrix matrix(int rows, int columns, double[] rowMajor) {
        return SimpleMatrix.wrap(DMatrixRMaj.wrap(rows, columns, rowMajor));
    }
}
