package org.crucis.report;

import java.util.List;
import java.util.stream.DoubleStream;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure.Scale;

/**
 * A finding at a glance: the region as a shaded stretch, the interval as a bar, the estimate as a dot. A prediction and its
 * controls share one scale, so that one sees on which side of the same edge each of them lies. A control far away does not
 * squash the rest: it stands at the end of the strip.
 */
final class Strip {

    private static final int WIDTH = 120;
    private static final int HEIGHT = 16;
    private static final int END = 4;

    private final Ruler ruler;

    /** @param entries a prediction and its controls */
    Strip(List<Evidence.Entry> entries) {
        double[] needed = entries.stream()
                .filter(entry -> entry.kind() == Evidence.Kind.PREDICTION)
                .flatMapToDouble(Strip::values)
                .toArray();
        double[] wanted = entries.stream().flatMapToDouble(Strip::values).toArray();
        Ruler bare = Ruler.covering(Scale.LINEAR, DoubleStream.of(needed.length == 0 ? wanted : needed), 0, 1);
        ruler = Ruler.covering(
                Scale.LINEAR,
                DoubleStream.concat(
                        DoubleStream.of(needed),
                        DoubleStream.of(wanted).filter(value -> bare.at(value) > -2 && bare.at(value) < 3)),
                END,
                WIDTH - END);
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

    /** Empty when nothing was estimated. The words and numbers stand beside it: it is hidden from screen readers. */
    String svg(Evidence.Entry entry) {
        if (!Double.isFinite(entry.estimate())) {
            return "";
        }
        double from = place(entry.bound().lower(), 0);
        double to = place(entry.bound().upper(), WIDTH);
        return new Svg()
                .add("<svg class=\"strip\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                        + "\" aria-hidden=\"true\" xmlns=\"http://www.w3.org/2000/svg\"><path class=\"track\" d=\"M0 8H"
                        + WIDTH + "\"/><path class=\"region\" d=\"M")
                .at(from)
                .add(" 1H")
                .at(Math.max(to, from + 1))
                .add("V15H")
                .at(from)
                .add("z\"/><path class=\"bar\" d=\"M")
                .at(place(entry.lower(), 0))
                .add(" 8H")
                .at(place(entry.upper(), WIDTH))
                .add("\"/><circle cx=\"")
                .at(Math.max(END, Math.min(WIDTH - END, place(entry.estimate(), 0))))
                .add("\" cy=\"8\" r=\"3\"/></svg>")
                .toString();
    }

    private double place(double value, double open) {
        return Double.isFinite(value) ? Math.max(0, Math.min(WIDTH, ruler.at(value))) : open;
    }
}
