package org.crucis.report;

import java.util.List;
import java.util.stream.DoubleStream;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure.Scale;

/**
 * A finding at a glance: the region as a shaded stretch, the interval as a bar, the estimate as a dot. A prediction and its
 * controls share one scale, so that one sees on which side of the same edge each of them lies. A control far away does not
 * squash the rest: it stands at the end of the strip, and an interval that goes on past the end has an arrow there.
 */
final class Strip {

    /** In pixels, as the style sheet has it. */
    private static final int WIDTH = 120;

    private static final int MIDDLE = 8;
    private static final int END = 4;
    private static final int ARROW = 4;
    /** A region that is narrower than this would hardly be seen. */
    private static final double THINNEST = 3;

    private final Ruler ruler;

    /** @param entries a prediction and its controls */
    Strip(List<Evidence.Entry> entries) {
        double[] needed = entries.stream()
                .filter(entry -> entry.kind() == Evidence.Kind.PREDICTION)
                .flatMapToDouble(Strip::values)
                .toArray();
        double[] wanted = entries.stream().flatMapToDouble(Strip::values).toArray();
        Scale scale = scale(entries);
        Ruler bare = Ruler.covering(scale, DoubleStream.of(needed.length == 0 ? wanted : needed), 0, 1);
        ruler = Ruler.covering(
                scale,
                DoubleStream.concat(
                        DoubleStream.of(needed),
                        DoubleStream.of(wanted).filter(value -> bare.at(value) > -2 && bare.at(value) < 3)),
                END,
                WIDTH - END);
    }

    /** Ratios are compared by factors. */
    private static Scale scale(List<Evidence.Entry> entries) {
        return entries.stream()
                        .allMatch(entry -> "geometric mean".equals(entry.unit())
                                && values(entry).allMatch(value -> value > 0))
                ? Scale.LOG
                : Scale.LINEAR;
    }

    private static DoubleStream values(Evidence.Entry entry) {
        return DoubleStream.of(
                        entry.lower(),
                        entry.estimate(),
                        entry.upper(),
                        entry.bound().lower(),
                        entry.bound().upper())
                .filter(Double::isFinite);
    }

    /**
     * The region, the interval and the estimate, in this order, as the style sheet has them. Empty when nothing was estimated.
     * The words and numbers stand beside it: it is hidden from screen readers.
     */
    String svg(Evidence.Entry entry) {
        if (!Double.isFinite(entry.estimate())) {
            return "";
        }
        double from = place(entry.bound().lower(), 0);
        double to = place(entry.bound().upper(), WIDTH);
        double more = Math.max(0, THINNEST - (to - from)) / 2;
        Pen region = new Pen().move(from - more, MIDDLE).line(to + more, MIDDLE);
        double lower = place(entry.lower(), 0);
        double upper = place(entry.upper(), WIDTH);
        Pen bar = new Pen().move(lower, MIDDLE).line(upper, MIDDLE);
        if (leaves(entry.lower())) {
            arrow(bar, lower, lower == 0 ? ARROW : -ARROW);
        }
        if (leaves(entry.upper())) {
            arrow(bar, upper, upper == 0 ? ARROW : -ARROW);
        }
        Pen dot = new Pen();
        Mark.DOT.at(dot, Math.max(END, Math.min(WIDTH - END, place(entry.estimate(), 0))), MIDDLE);
        return new Svg()
                .add("<svg class=\"strip\" aria-hidden=\"true\">")
                .add("<path d=\"" + region + "\"/><path d=\"" + bar + "\"/><path d=\"" + dot + "\"/></svg>")
                .toString();
    }

    private boolean leaves(double value) {
        return !ruler.shows(value) || ruler.at(value) < 0 || ruler.at(value) > WIDTH;
    }

    /** The interval goes on past the end of the strip. */
    private static void arrow(Pen pen, double tip, double inwards) {
        pen.move(tip + inwards, MIDDLE - ARROW).line(tip, MIDDLE).line(tip + inwards, MIDDLE + ARROW);
    }

    private double place(double value, double open) {
        return ruler.shows(value) ? Math.max(0, Math.min(WIDTH, ruler.at(value))) : open;
    }
}
