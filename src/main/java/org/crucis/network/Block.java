package org.crucis.network;

import org.bytedeco.javacpp.DoublePointer;

/**
 * A column-major matrix in memory outside the Java heap. The pointer carries no bounds of its own, and a wrong size in a
 * raw call ends the JVM: so the shape travels with it and {@link Blas} checks every shape.
 *
 * @param pointer first entry; whoever holds a block keeps the owner of its memory alive
 */
record Block(DoublePointer pointer, int rows, int columns) {

    long size() {
        return (long) rows * columns;
    }

    /** The columns {@code first .. first + count - 1}: a view of the same memory. */
    Block columns(int first, int count) {
        if (first < 0 || count < 0 || first + count > columns) {
            throw new IndexOutOfBoundsException(
                    count + " columns from column " + first + " of a " + rows + " x " + columns + " block");
        }
        return new Block(new DoublePointer(pointer).getPointer((long) first * rows), rows, count);
    }

    /** Copies {@code length} entries that start at column {@code column} into the front of {@code into}. */
    void read(int column, double[] into, int length) {
        check(column, into, length);
        pointer.position((long) column * rows).get(into, 0, length);
        pointer.position(0);
    }

    /** Overwrites {@code length} entries from column {@code column} on by the front of {@code from}. */
    void write(int column, double[] from, int length) {
        check(column, from, length);
        pointer.position((long) column * rows).put(from, 0, length);
        pointer.position(0);
    }

    private void check(int column, double[] array, int length) {
        if (column < 0 || length > array.length || (long) column * rows + length > size()) {
            throw new IndexOutOfBoundsException(length + " entries from column " + column + " of a " + rows + " x "
                    + columns + " block, array of " + array.length);
        }
    }
}
