package org.crucis.report;

/** The text of a picture as it grows. Coordinates have one decimal, so that files are small and equal on every machine. */
final class Svg {

    /** Far outside any paper; keeps a wild coordinate from breaking a viewer. */
    private static final double EDGE_OF_THE_WORLD = 9999;

    private final StringBuilder out = new StringBuilder();

    /** Markup as it is; see {@link #text} for words. */
    Svg add(String markup) {
        out.append(markup);
        return this;
    }

    /** A number as a coordinate. */
    Svg at(double coordinate) {
        out.append(number(coordinate));
        return this;
    }

    /** Words, escaped. */
    Svg text(String words) {
        out.append(Markup.escape(words));
        return this;
    }

    /** Words at a place. */
    Svg word(double x, double y, String words) {
        out.append("<text");
        attribute("x", x);
        attribute("y", y);
        return add(">").text(words).add("</text>");
    }

    private void attribute(String name, double coordinate) {
        if (tenths(coordinate) != 0) {
            out.append(' ')
                    .append(name)
                    .append("=\"")
                    .append(number(coordinate))
                    .append('"');
        }
    }

    /** A path; nothing when nothing was drawn. */
    Svg path(String classes, Pen pen) {
        if (!pen.isEmpty()) {
            out.append("<path class=\"").append(classes).append("\" d=\"").append(pen);
            out.append("\"/>");
        }
        return this;
    }

    static long tenths(double coordinate) {
        return Math.round(Math.max(-EDGE_OF_THE_WORLD, Math.min(EDGE_OF_THE_WORLD, coordinate)) * 10);
    }

    static String number(double coordinate) {
        return plain(tenths(coordinate));
    }

    /** Tenths as text, without a zero that says nothing: 12, -.3, 4.5. */
    static String plain(long tenths) {
        long size = Math.abs(tenths);
        String whole = size >= 10 || size == 0 ? Long.toString(size / 10) : "";
        return (tenths < 0 ? "-" : "") + whole + (size % 10 == 0 ? "" : "." + size % 10);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
