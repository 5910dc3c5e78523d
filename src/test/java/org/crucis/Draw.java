package org.crucis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.opentest4j.TestAbortedException;

/**
 * One case of a property that should hold for all of them. Cases come from a fixed seed: a build that fails fails again. Before the
 * random cases come the corners, where every quantity stands at one of its bounds; among the random ones a quantity is now and
 * then a bound, 0, or of size 1 or 0.01.
 */
public final class Draw {

    /** What should hold for a case; a failed assumption discards the case. */
    @FunctionalInterface
    public interface Property {
        void holdsFor(Draw draw) throws Exception;
    }

    /** Every combination of lower and upper bounds of up to four quantities. */
    private static final int CORNERS = 16;

    private static final int LONGEST = 255;
    private static final double[] SPECIAL = {
        0, -0.0, 1, -1, 0.01, -0.01, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_NORMAL, Double.MIN_VALUE
    };
    /** So many of the special numbers are neither huge nor tiny. */
    private static final int MODERATE = 6;

    private final UniformRandomProvider random;
    private final int number;
    private final List<String> told = new ArrayList<>();
    private int drawn;

    private Draw(UniformRandomProvider random, int number) {
        this.random = random;
        this.number = number;
    }

    /** Checks the property at the corners and in so many random cases. Of six cases one at least must not be discarded. */
    public static void cases(long seed, int tries, Property property) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        int checked = 0;
        for (int number = 0; number < CORNERS + tries; number++) {
            Draw draw = new Draw(random, number);
            boolean[] discarded = new boolean[1];
            assertThatCode(() -> {
                        try {
                            property.holdsFor(draw);
                        } catch (TestAbortedException e) {
                            discarded[0] = true;
                        }
                    })
                    .as(() -> "seed " + seed + ", " + draw)
                    .doesNotThrowAnyException();
            checked += discarded[0] ? 0 : 1;
        }
        assertThat(checked).as("cases not discarded").isGreaterThanOrEqualTo((CORNERS + tries) / 6);
    }

    /** A number of the range, bounds included; some have two decimals only. */
    public double real(String name, double min, double max) {
        return told(name, between(min, max));
    }

    /** So many finite numbers, within these bounds. */
    public double[] reals(String name, int fewest, int most) {
        double[] values = new double[size(fewest, most)];
        for (int k = 0; k < values.length; k++) {
            values[k] = finite(now(2));
        }
        told(name, Arrays.toString(values));
        return values;
    }

    /** Up to 255 finite numbers, in some lists moderate ones only. */
    public List<Double> reals(String name) {
        boolean wide = now(2);
        List<Double> values = new ArrayList<>();
        for (int left = size(0, LONGEST); left > 0; left--) {
            values.add(finite(wide));
        }
        return told(name, values);
    }

    /** A whole number of the range, bounds included. */
    public int integer(String name, int min, int max) {
        return told(name, between(min, max));
    }

    /** Any whole number, a seed for instance. */
    public long integer(String name) {
        if (corner()) {
            return told(name, upper() ? Long.MAX_VALUE : Long.MIN_VALUE);
        }
        long[] special = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE};
        return told(name, now(10) ? special[random.nextInt(special.length)] : random.nextLong());
    }

    @SafeVarargs
    public final <T> T of(String name, T... values) {
        return told(name, values[between(0, values.length - 1)]);
    }

    /** Up to 255 characters of any kind, halves of a surrogate pair and control characters among them. */
    public String text(String name) {
        StringBuilder text = new StringBuilder();
        StringBuilder quoted = new StringBuilder();
        for (int left = size(0, LONGEST); left > 0; left--) {
            char letter = (char) (now(2) ? random.nextInt(0, 0x80) : between(0, Character.MAX_VALUE));
            text.append(letter);
            quoted.append(letter > ' ' && letter < 0x7f ? "" + letter : String.format("\\u%04x", (int) letter));
        }
        told(name, quoted);
        return text.toString();
    }

    /** The case with everything that has been drawn for it. */
    @Override
    public String toString() {
        return "case " + number + ": " + String.join(", ", told);
    }

    /** Makes a value part of the name of the case. */
    public <T> T told(String name, T value) {
        told.add(name + " = " + value);
        return value;
    }

    private boolean corner() {
        return number < CORNERS;
    }

    /** At a corner, whether the next quantity stands at its upper bound. */
    private boolean upper() {
        return (number >> (drawn++ % 4) & 1) == 1;
    }

    private boolean now(int then) {
        return random.nextInt(then) == 0;
    }

    private int between(int min, int max) {
        if (corner()) {
            return upper() ? max : min;
        }
        return now(10) ? (now(2) ? min : max) : random.nextInt(min, max + 1);
    }

    /** Short ones are more frequent, as their faults are easier to read. */
    private int size(int fewest, int most) {
        return corner() || now(4) ? between(fewest, most) : between(fewest, Math.min(most, fewest + 8));
    }

    private double between(double min, double max) {
        if (corner()) {
            return upper() ? max : min;
        }
        if (now(10)) {
            return now(2) ? min : max;
        }
        double value = now(10) ? SPECIAL[random.nextInt(MODERATE)] : random.nextDouble(min, max);
        double round = now(3) ? Math.rint(value * 100) / 100 : value;
        return Math.max(min, Math.min(max, round));
    }

    private double finite(boolean wide) {
        if (corner()) {
            return upper() ? Double.MAX_VALUE : -Double.MAX_VALUE;
        }
        if (now(10)) {
            return SPECIAL[random.nextInt(wide ? SPECIAL.length : MODERATE)];
        }
        if (!wide || now(2)) {
            return Math.rint(random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(3, 15))) / 100;
        }
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : Double.MIN_NORMAL;
    }
}
