package org.crucis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.crucis.claim.Figure;

/**
 * A picture on paper.
 *
 * @param svg one {@code svg} element; its colours come from the page's style sheet
 * @param note what could not be drawn, in one sentence; empty when all was
 */
record Drawing(String svg, String note) {

    /** Units of every drawing; about as many pixels on a telephone, so that its letters stay readable there. */
    static final int WIDTH = 480;

    static final int LINE = 18;
    private static final double LETTER = 7.2;
    /** How far a label may reach past the end of its axis. */
    private static final double OVERHANG = 14;

    /** @param id begins every id within the drawing, so that many can share a page */
    static Drawing of(Plate plate, String id) {
        if (plate.members().isEmpty()) {
            return of((Figure.Picture) plate.figure(), id);
        }
        return IntervalsDrawing.suits(plate.members())
                ? new IntervalsDrawing(plate).drawing()
                : new ChartDrawing(plate.members()).drawing();
    }

    static Drawing of(Figure.Picture figure, String id) {
        if (figure instanceof Figure.Chart chart) {
            return of(Plate.of(chart), id);
        }
        if (figure instanceof Figure.Clouds clouds) {
            return new CloudsDrawing(clouds, id).drawing();
        }
        if (figure instanceof Figure.Tiles tiles) {
            return new TilesDrawing(tiles).drawing();
        }
        return new HeatDrawing((Figure.Heat) figure).drawing();
    }

    /** About how long a text is at the size of the drawings' letters. */
    static double width(String text) {
        return text.codePointCount(0, text.length()) * LETTER;
    }

    /** Whether the labels of these ticks, ascending along a ruler, leave room between them. */
    static boolean apart(Ruler along, List<Ruler.Tick> ticks) {
        for (int k = 1; k < ticks.size(); k++) {
            double room =
                    along.at(ticks.get(k).value()) - along.at(ticks.get(k - 1).value());
            double needed =
                    (width(ticks.get(k - 1).label()) + width(ticks.get(k).label())) / 2;
            if (room < needed + 4) {
                return false;
            }
        }
        return true;
    }

    /**
     * The ticks with as many of their labels as stand side by side: every one, every second, ..., zero among them. A tick whose
     * label goes becomes a minor one.
     */
    static List<Ruler.Tick> fitting(Ruler ruler, List<Ruler.Tick> ticks) {
        List<Ruler.Tick> major = ticks.stream()
                .filter(Ruler.Tick::major)
                .filter(tick -> ruler.at(tick.value()) - width(tick.label()) / 2 > ruler.from() - OVERHANG
                        && ruler.at(tick.value()) + width(tick.label()) / 2 < ruler.to() + OVERHANG)
                .toList();
        int anchor = 0;
        for (int k = 0; k < major.size(); k++) {
            anchor = major.get(k).value() == 0 ? k : anchor;
        }
        int stride = 1;
        while (stride < major.size() && !apart(ruler, every(major, stride, anchor))) {
            stride++;
        }
        List<Ruler.Tick> kept = every(major, stride, anchor);
        return ticks.stream()
                .map(tick -> kept.contains(tick) ? tick : new Ruler.Tick(tick.value(), ""))
                .toList();
    }

    private static List<Ruler.Tick> every(List<Ruler.Tick> ticks, int stride, int anchor) {
        return IntStream.range(0, ticks.size())
                .filter(k -> Math.floorMod(k - anchor, stride) == 0)
                .mapToObj(ticks::get)
                .toList();
    }

    /** Room for a vertical ruler's labels and what stands between them and the plot. */
    static int margin(Ruler up) {
        double longest = up.ticks().stream()
                .mapToDouble(tick -> width(tick.label()))
                .max()
                .orElse(0);
        return (int) Math.ceil(longest) + 12;
    }

    /**
     * What of the data is not to be seen; empty when nothing is missing.
     *
     * @param thing in the singular
     */
    static String withoutPlace(int count, String thing) {
        return count == 0
                ? ""
                : count + " " + thing + (count == 1 ? " has" : "s have")
                        + " no place on these axes (not finite, or not positive on a logarithmic axis) and "
                        + (count == 1 ? "is" : "are") + " left out.";
    }

    /** The text in lines no longer than this; a single long word stays whole. */
    static List<String> lines(String text, double width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && width(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** A list as JSON gives it: null, or with null for numbers that are not finite. */
    static double[] numbers(List<Double> values) {
        return values == null
                ? new double[0]
                : values.stream()
                        .mapToDouble(value -> value == null ? Double.NaN : value)
                        .toArray();
    }

    static void open(Svg out, double height, String title, String description) {
        out.add("<svg class=\"figure\" viewBox=\"0 0 " + WIDTH + " ")
                .at(height)
                .add("\" role=\"img\"><title>")
                .text(title)
                .add("</title><desc>")
                .text(description)
                .add("</desc>");
    }
}
