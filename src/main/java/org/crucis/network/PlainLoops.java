package org.crucis.network;

/**
 * Loops without branches, which the JIT compiles well when each stands by itself: the sign of a pre-activation cannot be
 * predicted, and a branch on it costs ten times the arithmetic.
 */
final class PlainLoops implements Loops {

    @Override
    public void exponentials(double[] x, int length) {
        for (int i = 0; i < length; i++) {
            x[i] = Exponential.of(x[i]);
        }
    }

    @Override
    public void positiveParts(double[] z, int length) {
        for (int i = 0; i < length; i++) {
            z[i] = 0.5 * (z[i] + Math.abs(z[i]));
        }
    }

    @Override
    public void addMultiples(double[] a, double[] factors, int first, int count, double[] sums, int n) {
        for (int r = 0; r < count; r++) {
            addMultiple(a, r * n, factors[first + r], sums, n);
        }
    }

    private static void addMultiple(double[] a, int at, double factor, double[] sums, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] += factor * a[at + i];
        }
    }

    @Override
    public void shift(double[] z, int at, double shift, int n) {
        for (int i = at; i < at + n; i++) {
            z[i] += shift;
        }
    }

    @Override
    public void whereOn(double[] a, int at, double factor, double[] d, int n) {
        long bits = Double.doubleToRawLongBits(factor);
        for (int i = at; i < at + n; i++) {
            // All ones iff a > 0.
            long positive = Double.doubleToRawLongBits(0.0 - a[i]) >> 63;
            d[i] = Double.longBitsToDouble(bits & positive);
        }
    }

    @Override
    public void multiples(double[] a, int at, double factor, double[] d, int n) {
        for (int i = at; i < at + n; i++) {
            d[i] = factor * a[i];
        }
    }

    @Override
    public void signalsThroughSlopes(double[] slope, int at, double factor, double[] e, double[] d, int n) {
        for (int i = 0; i < n; i++) {
            d[at + i] = factor * e[i] * slope[at + i];
        }
    }

    @Override
    public void multiply(double[] values, double[] factors, int length) {
        for (int i = 0; i < length; i++) {
            values[i] *= factors[i];
        }
    }

    @Override
    public double dot(double[] a, int at, double[] e, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = 0;
        for (; i + PARTIAL_SUMS <= n; i += PARTIAL_SUMS) {
            s0 += a[at + i] * e[i];
            s1 += a[at + i + 1] * e[i + 1];
            s2 += a[at + i + 2] * e[i + 2];
            s3 += a[at + i + 3] * e[i + 3];
            s4 += a[at + i + 4] * e[i + 4];
            s5 += a[at + i + 5] * e[i + 5];
            s6 += a[at + i + 6] * e[i + 6];
            s7 += a[at + i + 7] * e[i + 7];
        }
        double rest = 0;
        for (; i < n; i++) {
            rest += a[at + i] * e[i];
        }
        return Loops.total(s0, s1, s2, s3, s4, s5, s6, s7) + rest;
    }

    @Override
    public double sum(double[] a, int at, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = at;
        for (; i + PARTIAL_SUMS <= at + n; i += PARTIAL_SUMS) {
            s0 += a[i];
            s1 += a[i + 1];
            s2 += a[i + 2];
            s3 += a[i + 3];
            s4 += a[i + 4];
            s5 += a[i + 5];
            s6 += a[i + 6];
            s7 += a[i + 7];
        }
        double rest = 0;
        for (; i < at + n; i++) {
            rest += a[i];
        }
        return Loops.total(s0, s1, s2, s3, s4, s5, s6, s7) + rest;
    }
}
