package org.crucis.kernel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.GradientFactors;
import org.crucis.network.InnerProducts;
import org.crucis.network.InnerProducts.Part;
import org.crucis.network.LayerScale;

/**
 * Adds up the terms {@code (weightRate_l <a, a'> + biasRate_l) <D, D'>} of a kernel, a pair of blocks of inputs at a time.
 * The signals of the output layer are 1 for their own output and 0 for the others: <D, D'> is known there.
 *
 * <p>Products stay outside the Java heap; a few columns of them at a time are fetched and combined in the cache.
 */
final class KernelSum implements AutoCloseable {

    /**
     * Some consecutive inputs of a set.
     *
     * @param first index of the first of them
     * @param all number of inputs of the set
     */
    record Block(GradientFactors factors, int first, int all) {

        private int start(int output) {
            return output * all + first;
        }

        private int size() {
            return factors.size();
        }
    }

    /** Whether products are remembered for the next addition, which must then be for the same blocks. */
    enum Reuse {
        NOTHING,
        /** Products of factors that training leaves as they are. */
        WHAT_STAYS
    }

    /** Numbers combined at once: three such arrays fit into the second level of the cache. */
    private static final int CHUNK = 4096;

    /** Edge of the tiles that are mirrored at once: one line of the cache, in no more lines than even its first level holds. */
    private static final int TILE = 8;

    private record Product(int layer, int o, int p) {

        private static final int INPUTS = -1;
    }

    private final DenseNetwork network;
    private final Architecture architecture;
    private final Outputs outputs;
    private final Reuse reuse;
    private final int blockSize;
    private final InnerProducts inputProducts;
    private final InnerProducts signalProducts;
    private final Map<Product, InnerProducts> kept = new HashMap<>();
    private final double[] a;
    private final double[] d;

    /** @param blockSize the most inputs in a block */
    KernelSum(DenseNetwork network, Outputs outputs, int blockSize, Reuse reuse) {
        this.network = network;
        this.architecture = network.architecture();
        this.outputs = outputs;
        this.reuse = reuse;
        this.blockSize = blockSize;
        this.inputProducts = new InnerProducts(blockSize, blockSize);
        this.signalProducts = new InnerProducts(blockSize, blockSize);
        int chunk = Math.max(CHUNK, blockSize);
        this.a = new double[chunk];
        this.d = new double[chunk];
    }

    /** How many rows the kernel has for each input. */
    static int rowsPerInput(Architecture architecture, Outputs outputs) {
        return outputs == Outputs.JOINT ? architecture.outputs() : 1;
    }

    /** Whether training changes the factors of a kernel of this architecture at all. */
    static boolean moves(Architecture architecture) {
        for (int layer = 0; layer < architecture.layers(); layer++) {
            if (architecture.trains(layer) && !(inputsStay(architecture, layer) && signalsStay(architecture, layer))) {
                return true;
            }
        }
        return false;
    }

    /** The inputs of a layer depend on the weights below it. */
    private static boolean inputsStay(Architecture architecture, int layer) {
        for (int below = 0; below < layer; below++) {
            if (architecture.trains(below)) {
                return false;
            }
        }
        return true;
    }

    /** The signals at a layer depend on the weights above it and, unless phi' is constant, on all slopes from there on. */
    private static boolean signalsStay(Architecture architecture, int layer) {
        if (layer == architecture.depth()) {
            return true;
        }
        for (int above = layer + 1; above < architecture.layers(); above++) {
            if (architecture.trains(above)) {
                return false;
            }
        }
        return architecture.isGated() || architecture.activation() == Activation.LINEAR;
    }

    /**
     * Adds all terms of a pair of blocks to column-major targets in which output o of input i has row o n + i. Where both
     * are the same block, only one of each two mirrored entries is written.
     *
     * @param targets one a layer; may be the same array for all
     */
    void add(Block left, Block right, double[][] targets) {
        for (int layer = 0; layer < architecture.layers(); layer++) {
            if (architecture.trains(layer)) {
                add(layer, left, right, targets[layer]);
            }
        }
    }

    private void add(int layer, Block left, Block right, double[] target) {
        boolean same = left.factors() == right.factors();
        int rows = rowsPerInput(architecture, outputs);
        LayerScale scale = network.scale(layer);
        InnerProducts inputs = kept(
                new Product(layer, Product.INPUTS, Product.INPUTS),
                inputsStay(architecture, layer),
                inputProducts,
                products -> products.ofInputs(
                        layer, left.factors(), right.factors(), same && rows == 1 ? Part.LOWER : Part.WHOLE));
        for (int o = 0; o < rows; o++) {
            for (int p = 0; p < (same ? o + 1 : rows); p++) {
                Part part = same && o == p ? Part.LOWER : Part.WHOLE;
                Place place = new Place(target, rows * left.all(), left.start(o), right.start(p));
                if (layer == architecture.depth()) {
                    if (o == p) {
                        add(place, inputs, KernelSum::ones, part, scale.weightRate(), scale.biasRate());
                    }
                    continue;
                }
                InnerProducts signals = signals(layer, o, p, left, right, part);
                double share = outputs == Outputs.JOINT ? 1 : 1.0 / architecture.outputs();
                add(place, inputs, signals::read, part, share * scale.weightRate(), share * scale.biasRate());
            }
        }
    }

    private InnerProducts signals(int layer, int o, int p, Block left, Block right, Part part) {
        return kept(new Product(layer, o, p), signalsStay(architecture, layer), signalProducts, products -> {
            if (outputs == Outputs.JOINT) {
                products.ofSignals(layer, o, p, left.factors(), right.factors(), part);
            } else {
                products.ofSignals(layer, left.factors(), right.factors(), part);
            }
        });
    }

    /** Computed products: from the last time if they stay and may be reused, or else computed now. */
    private InnerProducts kept(Product key, boolean stays, InnerProducts shared, Consumer<InnerProducts> compute) {
        if (reuse == Reuse.NOTHING || !stays) {
            compute.accept(shared);
            return shared;
        }
        return kept.computeIfAbsent(key, absent -> {
            InnerProducts own = new InnerProducts(blockSize, blockSize);
            compute.accept(own);
            return own;
        });
    }

    /** Where in a column-major array the entries of a pair of blocks begin. */
    private record Place(double[] target, int stride, int row, int column) {

        private int at(int i, int j) {
            return row + i + (column + j) * stride;
        }
    }

    /** Reads columns of products, as {@link InnerProducts#read}. */
    @FunctionalInterface
    private interface Columns {
        void read(int row, int column, int columns, double[] into);
    }

    /** The products of the signals of one output at the output layer. */
    private static void ones(int row, int column, int columns, double[] into) {
        Arrays.fill(into, 1);
    }

    private void add(
            Place place, InnerProducts inputs, Columns signals, Part part, double weightRate, double biasRate) {
        int rows = inputs.rows();
        int columnsAtOnce = Math.max(1, CHUNK / rows);
        for (int first = 0; first < inputs.columns(); first += columnsAtOnce) {
            int columns = Math.min(columnsAtOnce, inputs.columns() - first);
            int skipped = part == Part.LOWER ? first : 0;
            inputs.read(skipped, first, columns, a);
            signals.read(skipped, first, columns, d);
            for (int j = 0; j < columns; j++) {
                int i = part == Part.LOWER ? first + j : 0;
                int from = j * rows + i - skipped;
                addColumn(place.target(), place.at(i, first + j), a, d, from, rows - i, weightRate, biasRate);
            }
        }
    }

    /** A method by itself: the JIT compiles the loop well only so. */
    private static void addColumn(
            double[] target, int at, double[] a, double[] d, int from, int length, double weightRate, double biasRate) {
        for (int i = 0; i < length; i++) {
            target[at + i] += (weightRate * a[from + i] + biasRate) * d[from + i];
        }
    }

    /** {@link #add}, for a kernel of one set with itself: writes each entry and its mirror image. */
    void addMirrored(Block left, Block right, double[][] targets) {
        add(left, right, targets);
        Arrays.stream(targets).distinct().forEach(target -> mirror(left, right, target));
    }

    private void mirror(Block left, Block right, double[] target) {
        boolean same = left.factors() == right.factors();
        int rows = rowsPerInput(architecture, outputs);
        for (int o = 0; o < rows; o++) {
            for (int p = 0; p < (same ? o + 1 : rows); p++) {
                Place place = new Place(target, rows * left.all(), left.start(o), right.start(p));
                Part part = same && o == p ? Part.LOWER : Part.WHOLE;
                for (int j = 0; j < right.size(); j += TILE) {
                    for (int i = part == Part.LOWER ? j : 0; i < left.size(); i += TILE) {
                        mirrorTile(
                                place, part, i, Math.min(i + TILE, left.size()), j, Math.min(j + TILE, right.size()));
                    }
                }
            }
        }
    }

    private static void mirrorTile(Place place, Part part, int firstRow, int endRow, int firstColumn, int endColumn) {
        double[] target = place.target();
        for (int j = firstColumn; j < endColumn; j++) {
            for (int i = part == Part.LOWER ? Math.max(firstRow, j + 1) : firstRow; i < endRow; i++) {
                target[place.column() + j + (place.row() + i) * place.stride()] = target[place.at(i, j)];
            }
        }
    }

    @Override
    public void close() {
        inputProducts.close();
        signalProducts.close();
        kept.values().forEach(InnerProducts::close);
    }
}
