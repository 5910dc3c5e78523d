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

    static String number(double coordinate) {
        double kept = Math.max(-EDGE_OF_THE_WORLD, Math.min(EDGE_OF_THE_WORLD, coordinate));
        long tenths = Math.round(kept * 10);
        String whole = (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10;
        return tenths % 10 == 0 ? whole : whole + "." + Math.abs(tenths) % 10;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
