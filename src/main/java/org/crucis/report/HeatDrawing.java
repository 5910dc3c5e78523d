package org.crucis.report;

import java.util.List;
import java.util.stream.DoubleStream;
import org.crucis.claim.Figure;
import org.crucis.claim.Numbers;

/**
 * Draws a matrix: nine colours, from dark blue over green to yellow, that also differ in lightness. Small matrices show their
 * numbers.
 */
final class HeatDrawing {

    /** Viridis at nine equal steps: perceptually uniform, and readable without colour vision. */
    private static final List<String> COLOURS =
            List.of("#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725");

    private static final int LIGHT_FROM = 5;
    private static final int SIDE = 300;
    private static final int LARGEST_CELL = 44;
    private static final int LEFT = 26;
    private static final int TOP = 24;
    private static final int MOST_WITH_NUMBERS = 7;

    private final Figure.Heat heat;
    private final double[][] cells;
    private final int columns;
    private final double low;
    private final double high;

    HeatDrawing(Figure.Heat heat) {
        this.heat = heat;
        cells = heat.cells().stream().map(Drawing::numbers).toArray(double[][]::new);
        columns = List.of(cells).stream().mapToInt(row -> row.length).max().orElse(0);
        low = finite().min().orElse(0);
        high = finite().max().orElse(1);
    }

    private DoubleStream finite() {
        return List.of(cells).stream().flatMapToDouble(DoubleStream::of).filter(Double::isFinite);
    }

    Drawing drawing() {
        long missing = List.of(cells).stream()
                .flatMapToDouble(DoubleStream::of)
                .filter(value -> !Double.isFinite(value))
                .count();
        Cells coloured = new Cells(cells, this::step, COLOURS);
        double cell = Math.min(LARGEST_CELL, coloured.side(SIDE));
        double right = LEFT + columns * cell;
        double bottom = TOP + cells.length * cell;
        double height = Math.max(bottom, TOP + 120) + 10;
        Svg out = new Svg();
        Drawing.open(out, height, heat.title(), description());
        out.add("<g class=\"name\"><text x=\"" + LEFT + "\" y=\"15\">")
                .text(heat.columnLabel() + " →")
                .add("</text><text transform=\"translate(15 ")
                .at(bottom)
                .add(") rotate(-90)\">")
                .text("← " + heat.rowLabel())
                .add("</text></g>");
        coloured.draw(out, LEFT, TOP, cell);
        if (columns <= MOST_WITH_NUMBERS && cells.length <= MOST_WITH_NUMBERS) {
            numbers(out, cell);
        }
        key(out, right + 22);
        out.add("</svg>");
        return new Drawing(
                out.toString(), missing == 0 ? "" : "Not finite, and left blank: " + missing + " of the cells.");
    }

    private int step(double value) {
        double share = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5;
        return (int) Math.min(COLOURS.size() - 1, Math.floor(share * COLOURS.size()));
    }

    private void numbers(Svg out, double cell) {
        out.add("<g class=\"number middle\">");
        for (int row = 0; row < cells.length; row++) {
            for (int column = 0; column < cells[row].length; column++) {
                double value = cells[row][column];
                if (Double.isFinite(value)) {
                    out.add("<text fill=\"" + (step(value) < LIGHT_FROM ? "#fff" : "#000") + "\" x=\"")
                            .at(LEFT + (column + 0.5) * cell)
                            .add("\" y=\"")
                            .at(TOP + (row + 0.5) * cell + 4)
                            .add("\">")
                            .text(Numbers.show(value))
                            .add("</text>");
                }
            }
        }
        out.add("</g>");
    }

    /** The colours with the range that they stand for. */
    private void key(Svg out, double left) {
        int side = 12;
        for (int step = 0; step < COLOURS.size(); step++) {
            out.add("<path class=\"cell\" fill=\"" + COLOURS.get(step) + "\" d=\"M")
                    .at(left)
                    .add(" " + (TOP + (COLOURS.size() - 1 - step) * side) + "h" + side + "v" + side + "h-" + side
                            + "z\"/>");
        }
        out.add("<g class=\"label\"><text x=\"")
                .at(left + side + 6)
                .add("\" y=\"" + (TOP + 10) + "\">")
                .text(Numbers.show(high))
                .add("</text><text x=\"")
                .at(left + side + 6)
                .add("\" y=\"" + (TOP + COLOURS.size() * side) + "\">")
                .text(Numbers.show(low))
                .add("</text></g>");
    }

    private String description() {
        return "A matrix of " + cells.length + " rows (" + heat.rowLabel() + ") and " + columns
                + " columns (" + heat.columnLabel() + "), from " + Numbers.show(low) + " to " + Numbers.show(high)
                + ".";
    }
}
