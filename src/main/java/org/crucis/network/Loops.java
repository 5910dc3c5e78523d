package org.crucis.network;

/**
 * Element-wise work of a training step, on columns of {@code n} entries that start at {@code at} in a longer heap array.
 *
 * <p>There are two implementations, and they agree <em>to the last bit</em>: each entry goes through the same operations in
 * the same order, no fused multiply-adds, and sums are taken in eight interleaved partial sums that are added pairwise,
 * whatever the number of lanes. So the Vector API changes the speed of a claim and nothing else.
 */
interface Loops {

    /** Interleaved partial sums of {@link #dot} and {@link #sum}: as many as the widest vectors have lanes. */
    int PARTIAL_SUMS = 8;

    /** The fastest implementation that this JVM offers. */
    static Loops fastest() {
        return Fastest.LOOPS;
    }

    /** Holder: looked up once. */
    final class Fastest {
        /** Set to {@code off} to do without the Vector API. */
        private static final String SETTING = "crucis.vector";

        private static final Loops LOOPS = find();

        private Fastest() {}

        private static Loops find() {
            if ("off".equals(System.getProperty(SETTING))) {
                return new PlainLoops();
            }
            try {
                return (Loops) Class.forName("org.crucis.network.VectorLoops")
                        .getDeclaredConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException | LinkageError e) {
                return new PlainLoops(); // The module is absent or was not added: --add-modules jdk.incubator.vector
            }
        }
    }

    /** x[i] = exp(x[i]) for i < length; below exp(-708) the result is 3e-308 and not 0. For arguments up to 709. */
    void exponentials(double[] x, int length);

    /** z[i] = max(z[i], 0) for i < length. */
    void positiveParts(double[] z, int length);

    /**
     * Adds columns of a to the sums, one after the other: {@code sums[i] += factors[first + r] a[r n + i]}.
     *
     * @param a n x count
     */
    void addMultiples(double[] a, double[] factors, int first, int count, double[] sums, int n);

    /** z[i] += shift. */
    void shift(double[] z, int at, double shift, int n);

    /** d = factor where a > 0, else 0. */
    void whereOn(double[] a, int at, double factor, double[] d, int n);

    /** d = factor a. */
    void multiples(double[] a, int at, double factor, double[] d, int n);

    /** d = (factor e) slope. */
    void signalsThroughSlopes(double[] slope, int at, double factor, double[] e, double[] d, int n);

    /** values[i] *= factors[i] for i < length. */
    void multiply(double[] values, double[] factors, int length);

    /** The sum of a[i] e[i], a's entries starting at {@code at}, e's at 0. */
    double dot(double[] a, int at, double[] e, int n);

    /** The sum of the entries. */
    double sum(double[] a, int at, int n);

    /** The partial sums, added up in the order that halving a vector gives. */
    static double total(double s0, double s1, double s2, double s3, double s4, double s5, double s6, double s7) {
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }
}
