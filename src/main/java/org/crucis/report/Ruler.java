package org.crucis.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.crucis.claim.Figure.Scale;

/**
 * An axis laid on paper: turns a value into a coordinate, and knows where the ticks stand.
 *
 * @param low the smallest value shown, positive on a logarithmic scale
 * @param high the largest value shown, above {@code low}
 * @param from coordinate of {@code low}
 * @param to coordinate of {@code high}
 */
record Ruler(Scale scale, double low, double high, double from, double to) {

    /** A mark on the axis; without a label it is a minor one. */
    record Tick(double value, String label) {
        boolean major() {
            return !label.isEmpty();
        }
    }

    /** Beyond this, differences of two values are no longer finite numbers. */
    private static final double LARGEST = 1e280;

    private static final double SMALLEST = 1e-280;
    /** Values closer than this share of their size cannot be told apart on paper, nor by their labels. */
    private static final double FINEST = 1e-9;
    /** Free space at either end, as a share of the range. */
    private static final double MARGIN = 0.04;

    private static final int MOST_LABELS = 6;
    private static final double PLAIN_FROM = 1e-3;
    private static final double PLAIN_BELOW = 1e5;

    /** A ruler over all these values that can be shown, with a little space at either end. */
    static Ruler covering(Scale scale, DoubleStream values, double from, double to) {
        double[] shown = values.filter(value -> shows(scale, value))
                .map(value -> Math.max(-LARGEST, Math.min(LARGEST, value)))
                .map(value -> scale == Scale.LOG ? Math.max(SMALLEST, value) : Math.abs(value) < SMALLEST ? 0 : value)
                .toArray();
        if (shown.length == 0) {
            return scale == Scale.LOG ? new Ruler(scale, 1, 10, from, to) : new Ruler(scale, 0, 1, from, to);
        }
        double low = DoubleStream.of(shown).min().getAsDouble();
        double high = DoubleStream.of(shown).max().getAsDouble();
        if (scale == Scale.LOG) {
            double share = Math.max((Math.log10(high) - Math.log10(low)) * MARGIN, high / low > 1 + FINEST ? 0 : 0.3);
            double factor = Math.pow(10, share);
            return new Ruler(scale, low / factor, high * factor, from, to);
        }
        double size = Math.max(Math.abs(low), Math.abs(high));
        double space = high - low > FINEST * size ? (high - low) * MARGIN : size > 0 ? size / 2 : 1;
        return new Ruler(scale, low - space, high + space, from, to);
    }

    /** Whether a value has a place on this kind of axis at all. */
    static boolean shows(Scale scale, double value) {
        return Double.isFinite(value) && (scale == Scale.LINEAR || value > 0);
    }

    boolean shows(double value) {
        return shows(scale, value);
    }

    double at(double value) {
        double share = scale == Scale.LOG
                ? (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
                : (value - low) / (high - low);
        return from + share * (to - from);
    }

    /** Ticks at round numbers, in increasing order: at least two have labels, and labels differ. */
    List<Tick> ticks() {
        return scale == Scale.LOG ? logarithmic() : linear();
    }

    /** Ticks at the sizes of a sweep, where the data are. */
    List<Tick> ticksAt(List<Double> sizes) {
        return sizes.stream().map(size -> new Tick(size, label(exact(size)))).toList();
    }

    private List<Tick> linear() {
        BigDecimal step = step((high - low) / MOST_LABELS);
        List<Tick> ticks = new ArrayList<>();
        long last = (long) Math.floor(high / step.doubleValue());
        for (long k = (long) Math.ceil(low / step.doubleValue()); k <= last; k++) {
            BigDecimal value = step.multiply(BigDecimal.valueOf(k));
            ticks.add(new Tick(value.doubleValue(), label(value)));
        }
        return ticks.stream().filter(this::inside).toList();
    }

    /** The smallest of 1, 2 and 5 times a power of ten that is not below. */
    private static BigDecimal step(double atLeast) {
        int exponent = (int) Math.floor(Math.log10(atLeast));
        for (int digit : new int[] {1, 2, 5}) {
            BigDecimal step = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent);
            if (step.doubleValue() >= atLeast) {
                return step;
            }
        }
        return BigDecimal.ONE.scaleByPowerOfTen(exponent + 1);
    }

    private List<Tick> logarithmic() {
        double decades = Math.log10(high) - Math.log10(low);
        if (decades >= 3) {
            return powers((int) Math.ceil(decades / MOST_LABELS));
        }
        // The most labels that do not crowd; on a short stretch every digit has room.
        return Stream.of("123456789", "125", "13", "1")
                .map(this::mantissas)
                .filter(ticks -> labels(ticks) <= MOST_LABELS)
                .findFirst()
                .filter(ticks -> labels(ticks) >= 3)
                .orElseGet(this::linear);
    }

    private static long labels(List<Tick> ticks) {
        return ticks.stream().filter(Tick::major).count();
    }

    /** The digits between them would only blacken the axis. */
    private List<Tick> powers(int stride) {
        List<Tick> ticks = new ArrayList<>();
        int last = (int) Math.floor(Math.log10(high));
        for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= last; exponent++) {
            BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(exponent);
            ticks.add(new Tick(power.doubleValue(), Math.floorMod(exponent, stride) == 0 ? label(power) : ""));
        }
        return ticks.stream().filter(this::inside).toList();
    }

    /** These digits with labels; the others without, where they do not blacken the axis. */
    private List<Tick> mantissas(String labelled) {
        List<Tick> ticks = new ArrayList<>();
        int last = (int) Math.floor(Math.log10(high));
        for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= last; exponent++) {
            for (int digit = 1; digit <= 9; digit++) {
                BigDecimal value = BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent);
                if (labelled.contains(Integer.toString(digit))) {
                    ticks.add(new Tick(value.doubleValue(), label(value)));
                } else if (labelled.length() > 2) {
                    ticks.add(new Tick(value.doubleValue(), ""));
                }
            }
        }
        return ticks.stream().filter(this::inside).toList();
    }

    private boolean inside(Tick tick) {
        return low <= tick.value() && tick.value() <= high;
    }

    private static BigDecimal exact(double value) {
        return new BigDecimal(value, MathContext.DECIMAL64);
    }

    /** 0.02, 4096, 10⁻⁷, 2.5×10⁶; a true minus sign. */
    static String label(BigDecimal value) {
        BigDecimal bare = value.stripTrailingZeros();
        double size = Math.abs(bare.doubleValue());
        if (size == 0) {
            return "0";
        }
        if (size >= PLAIN_FROM && size < PLAIN_BELOW) {
            return bare.toPlainString().replace('-', '−');
        }
        int exponent = bare.precision() - bare.scale() - 1;
        String mantissa = bare.scaleByPowerOfTen(-exponent).toPlainString().replace('-', '−');
        String power = "10" + superscript(exponent);
        return switch (mantissa) {
            case "1" -> power;
            case "−1" -> "−" + power;
            default -> mantissa + "×" + power;
        };
    }

    private static String superscript(int number) {
        StringBuilder out = new StringBuilder();
        for (char digit : Integer.toString(number).toCharArray()) {
            out.append(digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
        }
        return out.toString();
    }
}
