package org.crucis.report;

import java.util.stream.DoubleStream;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure.Scale;

/** A finding at a glance: the region as a shaded stretch, the interval as a bar on it, the estimate as a dot. */
final class Strip {

    private static final int WIDTH = 120;
    private static final int HEIGHT = 16;

    private Strip() {}

    /** Empty when nothing was estimated. The words and numbers stand beside it: it is hidden from screen readers. */
    static String svg(Evidence.Entry entry) {
        if (!Double.isFinite(entry.estimate())) {
            return "";
        }
        Ruler ruler = Ruler.covering(
                Scale.LINEAR,
                DoubleStream.of(
                        entry.lower(),
                        entry.estimate(),
                        entry.upper(),
                        entry.bound().lower(),
                        entry.bound().upper()),
                3,
                WIDTH - 3);
        double from = place(ruler, entry.bound().lower(), 0);
        double to = place(ruler, entry.bound().upper(), WIDTH);
        double lower = place(ruler, entry.lower(), 0);
        double upper = place(ruler, entry.upper(), WIDTH);
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
                .at(lower)
                .add(" 8H")
                .at(upper)
                .add("\"/><circle cx=\"")
                .at(ruler.at(entry.estimate()))
                .add("\" cy=\"8\" r=\"3\"/></svg>")
                .toString();
    }

    private static double place(Ruler ruler, double value, double open) {
        return ruler.shows(value) ? ruler.at(value) : open;
    }
}
