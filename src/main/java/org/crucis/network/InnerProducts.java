package org.crucis.network;

import org.bytedeco.javacpp.DoublePointer;

/**
 * Inner products between the factors of two sets of gradients, n x n' numbers outside the Java heap, column-major. Each
 * computation overwrites the last; {@link #read} fetches them a few columns at a time, so that what is done with them is
 * done in the cache.
 *
 * <p>Cost in multiply-adds for factors of length k: n n' k, and half of it for the lower triangle of symmetric products.
 */
public final class InnerProducts implements AutoCloseable {

    /** What is computed of the products. */
    public enum Part {
        /** All. */
        WHOLE,
        /** Rows i &gt;= columns j of products of a set with itself that are symmetric; what stands above is undefined. */
        LOWER
    }

    private static final Blas BLAS = new Blas(Blas.Native.OPENBLAS);

    private final DoublePointer memory;
    private final long capacity;
    private Block products;

    /** Memory for the products of sets of at most this many inputs each. */
    public InnerProducts(int inputs, int otherInputs) {
        this.capacity = (long) inputs * otherInputs;
        this.memory = new DoublePointer(capacity);
    }

    /** {@code <a_{l-1}(x_i), a_{l-1}(x'_j)>}; for layer 0 the products of the data. */
    public void ofInputs(int layer, GradientFactors left, GradientFactors right, Part part) {
        compute(left.inputs(layer), right.inputs(layer), part);
    }

    /** {@code <D_l^o(x_i), D_l^p(x'_j)>} at a trained hidden layer. */
    public void ofSignals(int layer, int o, int p, GradientFactors left, GradientFactors right, Part part) {
        compute(left.signals(layer, o), right.signals(layer, p), part);
    }

    /** {@code sum_o <D_l^o(x_i), D_l^o(x'_j)>} at a trained hidden layer, in one product. */
    public void ofSignals(int layer, GradientFactors left, GradientFactors right, Part part) {
        compute(left.signals(layer), right.signals(layer), part);
    }

    private void compute(Block left, Block right, Part part) {
        if (memory.isNull()) {
            throw new IllegalStateException("These inner products were closed; make others.");
        }
        Block result = new Block(memory, left.rows(), right.rows());
        if (result.size() > capacity) {
            throw new IllegalArgumentException("The sets have " + left.rows() + " and " + right.rows()
                    + " inputs; there is memory for " + capacity + " products only.");
        }
        switch (part) {
            case WHOLE -> BLAS.multiply(Blas.Form.AS_IS, left, Blas.Form.TRANSPOSED, right, 1, 0, result);
            case LOWER -> BLAS.rowProducts(left, result);
        }
        products = result;
    }

    /** Number n of rows of the last products. */
    public int rows() {
        return computed().rows();
    }

    /** Number n' of their columns. */
    public int columns() {
        return computed().columns();
    }

    private Block computed() {
        if (products == null || memory.isNull()) {
            throw new IllegalStateException("There are no inner products; compute some before closing.");
        }
        return products;
    }

    /**
     * Reads consecutive columns of the last products.
     *
     * @param row where to begin in the first of them
     * @param column the first of them
     * @param columns how many; all but the first are read whole
     * @param into receives the entries, column-major, from its front
     */
    public void read(int row, int column, int columns, double[] into) {
        Block from = computed();
        long first = row + (long) column * from.rows();
        long length = (long) columns * from.rows() - row;
        if (row < 0 || column < 0 || length < 0 || length > into.length || first + length > from.size()) {
            throw new IndexOutOfBoundsException(columns + " columns from entry (" + row + ", " + column + ") of "
                    + from.rows() + " x " + from.columns() + " products, into " + into.length + " entries");
        }
        memory.position(first).get(into, 0, (int) length);
        memory.position(0);
    }

    /** Frees the memory. */
    @Override
    public void close() {
        memory.close();
    }
}
