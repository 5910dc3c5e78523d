package org.crucis.network;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops on vectors. What is left over at the end of a column is done by one more vector that overlaps the one before;
 * where the column is overwritten, that vector is read before anything is written, so that no entry is changed twice.
 */
final class VectorLoops implements Loops {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    private static final int LANES = SPECIES.length();

    private static final PlainLoops PLAIN = new PlainLoops();

    VectorLoops() {
        if (LANES != 2 && LANES != 4 && LANES != PARTIAL_SUMS) {
            throw new LinkageError("vectors of " + LANES + " numbers are not provided for");
        }
    }

    @Override
    public void exponentials(double[] x, int length) {
        if (length < LANES) {
            PLAIN.exponentials(x, length);
            return;
        }
        DoubleVector last = DoubleVector.fromArray(SPECIES, x, length - LANES);
        for (int i = 0; i + LANES <= length; i += LANES) {
            exponential(DoubleVector.fromArray(SPECIES, x, i)).intoArray(x, i);
        }
        exponential(last).intoArray(x, length - LANES);
    }

    /** {@link Exponential#of}, operation by operation. */
    private static DoubleVector exponential(DoubleVector x) {
        DoubleVector bounded = x.max(Exponential.LOWEST);
        DoubleVector rounded = bounded.mul(Exponential.PER_LOG_TWO).add(Exponential.ROUNDING);
        DoubleVector k = rounded.sub(Exponential.ROUNDING);
        DoubleVector r = bounded.sub(k.mul(Exponential.LOG_TWO_HIGH)).sub(k.mul(Exponential.LOG_TWO_LOW));
        DoubleVector r2 = r.mul(r);
        DoubleVector r4 = r2.mul(r2);
        DoubleVector low =
                r.add(1).add(r.mul(Exponential.C3).add(Exponential.C2).mul(r2));
        DoubleVector middle = r.mul(Exponential.C5)
                .add(Exponential.C4)
                .add(r.mul(Exponential.C7).add(Exponential.C6).mul(r2));
        DoubleVector high = r.mul(Exponential.C9)
                .add(Exponential.C8)
                .add(r.mul(Exponential.C11).add(Exponential.C10).mul(r2))
                .add(r.mul(Exponential.C13).add(Exponential.C12).mul(r4));
        DoubleVector exponential = low.add(middle.add(high.mul(r4)).mul(r4));
        LongVector power = rounded.reinterpretAsLongs()
                .lanewise(VectorOperators.LSHL, Exponential.MANTISSA_BITS)
                .add(Exponential.ONE);
        return exponential.mul(power.reinterpretAsDoubles());
    }

    @Override
    public void positiveParts(double[] z, int length) {
        PLAIN.positiveParts(z, length); // The JIT makes vectors of it by itself.
    }

    /** Sums stay in registers while the columns pass; several vectors of them, since each waits for its last addition. */
    @Override
    public void addMultiples(double[] a, double[] factors, int first, int count, double[] sums, int n) {
        if (n < LANES) {
            PLAIN.addMultiples(a, factors, first, count, sums, n);
            return;
        }
        int end = n - LANES;
        DoubleVector last = DoubleVector.fromArray(SPECIES, sums, end);
        for (int r = 0; r < count; r++) {
            last = last.add(DoubleVector.fromArray(SPECIES, a, r * n + end).mul(factors[first + r]));
        }
        int i = 0;
        for (; i + 4 * LANES <= n; i += 4 * LANES) {
            addToFour(a, factors, first, count, sums, n, i);
        }
        for (; i <= end; i += LANES) {
            DoubleVector s = DoubleVector.fromArray(SPECIES, sums, i);
            for (int r = 0; r < count; r++) {
                s = s.add(DoubleVector.fromArray(SPECIES, a, r * n + i).mul(factors[first + r]));
            }
            s.intoArray(sums, i);
        }
        last.intoArray(sums, end);
    }

    private static void addToFour(double[] a, double[] factors, int first, int count, double[] sums, int n, int i) {
        DoubleVector s0 = DoubleVector.fromArray(SPECIES, sums, i);
        DoubleVector s1 = DoubleVector.fromArray(SPECIES, sums, i + LANES);
        DoubleVector s2 = DoubleVector.fromArray(SPECIES, sums, i + 2 * LANES);
        DoubleVector s3 = DoubleVector.fromArray(SPECIES, sums, i + 3 * LANES);
        for (int r = 0; r < count; r++) {
            int at = r * n + i;
            double factor = factors[first + r];
            s0 = s0.add(DoubleVector.fromArray(SPECIES, a, at).mul(factor));
            s1 = s1.add(DoubleVector.fromArray(SPECIES, a, at + LANES).mul(factor));
            s2 = s2.add(DoubleVector.fromArray(SPECIES, a, at + 2 * LANES).mul(factor));
            s3 = s3.add(DoubleVector.fromArray(SPECIES, a, at + 3 * LANES).mul(factor));
        }
        s0.intoArray(sums, i);
        s1.intoArray(sums, i + LANES);
        s2.intoArray(sums, i + 2 * LANES);
        s3.intoArray(sums, i + 3 * LANES);
    }

    @Override
    public void shift(double[] z, int at, double shift, int n) {
        PLAIN.shift(z, at, shift, n); // The JIT makes vectors of it by itself.
    }

    @Override
    public void whereOn(double[] a, int at, double factor, double[] d, int n) {
        if (n < LANES) {
            PLAIN.whereOn(a, at, factor, d, n);
            return;
        }
        LongVector bits = DoubleVector.broadcast(SPECIES, factor).reinterpretAsLongs();
        int end = at + n - LANES;
        for (int i = at; i <= end; i += LANES) {
            whereOn(a, bits, d, i);
        }
        whereOn(a, bits, d, end);
    }

    private static void whereOn(double[] a, LongVector bits, double[] d, int i) {
        // All ones iff a > 0.
        DoubleVector.zero(SPECIES)
                .sub(DoubleVector.fromArray(SPECIES, a, i))
                .reinterpretAsLongs()
                .lanewise(VectorOperators.ASHR, 63)
                .and(bits)
                .reinterpretAsDoubles()
                .intoArray(d, i);
    }

    @Override
    public void multiples(double[] a, int at, double factor, double[] d, int n) {
        PLAIN.multiples(a, at, factor, d, n); // The JIT makes vectors of it by itself.
    }

    @Override
    public void signalsThroughSlopes(double[] slope, int at, double factor, double[] e, double[] d, int n) {
        if (n < LANES) {
            PLAIN.signalsThroughSlopes(slope, at, factor, e, d, n);
            return;
        }
        int end = n - LANES;
        for (int i = 0; i <= end; i += LANES) {
            throughSlope(slope, at, factor, e, d, i);
        }
        throughSlope(slope, at, factor, e, d, end);
    }

    private static void throughSlope(double[] slope, int at, double factor, double[] e, double[] d, int i) {
        DoubleVector.fromArray(SPECIES, e, i)
                .mul(factor)
                .mul(DoubleVector.fromArray(SPECIES, slope, at + i))
                .intoArray(d, at + i);
    }

    @Override
    public void multiply(double[] values, double[] factors, int length) {
        PLAIN.multiply(values, factors, length); // The JIT makes vectors of it by itself.
    }

    @Override
    public double dot(double[] a, int at, double[] e, int n) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int i = 0;
        // LANES is a constant to the JIT: the branches that do not apply vanish.
        for (; i + PARTIAL_SUMS <= n; i += PARTIAL_SUMS) {
            s0 = s0.add(product(a, at, e, i));
            if (LANES <= 4) {
                s1 = s1.add(product(a, at, e, i + LANES));
            }
            if (LANES <= 2) {
                s2 = s2.add(product(a, at, e, i + 2 * LANES));
                s3 = s3.add(product(a, at, e, i + 3 * LANES));
            }
        }
        double rest = 0;
        for (; i < n; i++) {
            rest += a[at + i] * e[i];
        }
        return total(s0, s1, s2, s3) + rest;
    }

    private static DoubleVector product(double[] a, int at, double[] e, int i) {
        return DoubleVector.fromArray(SPECIES, a, at + i).mul(DoubleVector.fromArray(SPECIES, e, i));
    }

    @Override
    public double sum(double[] a, int at, int n) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        int i = at;
        for (; i + PARTIAL_SUMS <= at + n; i += PARTIAL_SUMS) {
            s0 = s0.add(DoubleVector.fromArray(SPECIES, a, i));
            if (LANES <= 4) {
                s1 = s1.add(DoubleVector.fromArray(SPECIES, a, i + LANES));
            }
            if (LANES <= 2) {
                s2 = s2.add(DoubleVector.fromArray(SPECIES, a, i + 2 * LANES));
                s3 = s3.add(DoubleVector.fromArray(SPECIES, a, i + 3 * LANES));
            }
        }
        double rest = 0;
        for (; i < at + n; i++) {
            rest += a[i];
        }
        return total(s0, s1, s2, s3) + rest;
    }

    /** {@link Loops#total} of eight numbers that lie in one, two or four vectors. */
    private static double total(DoubleVector s0, DoubleVector s1, DoubleVector s2, DoubleVector s3) {
        if (LANES == 8) {
            return Loops.total(
                    s0.lane(0), s0.lane(1), s0.lane(2), s0.lane(3), s0.lane(4), s0.lane(5), s0.lane(6), s0.lane(7));
        }
        DoubleVector low = LANES == 4 ? s0.add(s1) : s0.add(s2);
        if (LANES == 4) {
            return (low.lane(0) + low.lane(2)) + (low.lane(1) + low.lane(3));
        }
        DoubleVector halves = low.add(s1.add(s3));
        return halves.lane(0) + halves.lane(1);
    }
}
