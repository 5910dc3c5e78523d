package org.crucis.statistics;

import java.util.Arrays;
import java.util.List;
import org.crucis.claim.Figure;
import org.crucis.claim.Numbers;
import org.crucis.claim.Unjudgeable;

/** The sizes over which a scaling law is judged, ascending, and the slopes along their logarithms. */
final class LogSizes {

    /** Fewest sizes: three on each half. */
    private static final int FEWEST_SIZES = 6;

    private final double[] sizes;
    private final double[] logs;

    private LogSizes(double[] sizes) {
        this.sizes = sizes;
        this.logs = Arrays.stream(sizes).map(Math::log).toArray();
    }

    /** @throws Unjudgeable for fewer than {@value #FEWEST_SIZES} sizes, or sizes that lie too close */
    static LogSizes of(double[] ascending) {
        if (ascending.length < FEWEST_SIZES) {
            throw new Unjudgeable("an exponent needs at least " + FEWEST_SIZES + " sizes, got " + ascending.length);
        }
        for (int index = 1; index < ascending.length; index++) {
            if (ascending[index] / ascending[index - 1] < 1.9) {
                throw new Unjudgeable("an exponent needs sizes in ratio 2 at least, got "
                        + Numbers.show(ascending[index - 1]) + " and " + Numbers.show(ascending[index]));
            }
        }
        return new LogSizes(ascending);
    }

    /** @throws Unjudgeable when a size has no logarithm */
    static void requirePositive(String size, double value) {
        if (!(value > 0)) {
            throw new Unjudgeable("a scaling law needs positive sizes, got " + size + " " + Numbers.show(value));
        }
    }

    int count() {
        return sizes.length;
    }

    double get(int index) {
        return sizes[index];
    }

    double log(int index) {
        return logs[index];
    }

    List<Double> span() {
        return List.of(sizes[0], sizes[sizes.length - 1]);
    }

    /** Weights of log y in its least-squares slope over a range of sizes. */
    double[] slope(int from, int to) {
        double centre = Arrays.stream(logs, from, to).average().orElseThrow();
        double[] weights = new double[sizes.length];
        double squares = 0;
        for (int index = from; index < to; index++) {
            weights[index] = logs[index] - centre;
            squares += weights[index] * weights[index];
        }
        for (int index = from; index < to; index++) {
            weights[index] /= squares;
        }
        return weights;
    }

    /** A line of the given slope through the centre of log y over the sizes from this one on. */
    Figure.Line line(String name, Figure.Role role, double slope, double[] logY, int from) {
        double centreX = Arrays.stream(logs, from, sizes.length).average().orElseThrow();
        double centreY = Arrays.stream(logY, from, sizes.length).average().orElseThrow();
        return new Figure.Line(
                name,
                role,
                span(),
                List.of(
                        Math.exp(centreY + slope * (logs[0] - centreX)),
                        Math.exp(centreY + slope * (logs[sizes.length - 1] - centreX))));
    }
}
