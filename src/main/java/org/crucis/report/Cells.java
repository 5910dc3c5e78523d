package org.crucis.report;

import java.util.List;
import java.util.function.DoubleToIntFunction;

/**
 * The coloured squares of a matrix. Neighbours of one colour in a row share one outline, which keeps a matrix of a hundred
 * rows in some ten kilobytes.
 *
 * @param values rows, not always of equal length; what is not finite is left blank
 * @param step the place of a finite value among the colours
 */
record Cells(double[][] values, DoubleToIntFunction step, List<String> colours) {

    /**
     * The side of a square when the longer side of the matrix fits in this room: in tenths, as coordinates are written, or
     * the last square would be out of its place.
     */
    double side(double room) {
        int most = Math.max(1, Math.max(columns(), values.length));
        return Math.max(0.1, Math.floor(10 * room / most) / 10);
    }

    int columns() {
        return List.of(values).stream().mapToInt(row -> row.length).max().orElse(0);
    }

    /** @param side of one square, in tenths */
    void draw(Svg out, double left, double top, double side) {
        out.add("<g transform=\"translate(")
                .at(left)
                .add(" ")
                .at(top)
                .add(") scale(")
                .at(side)
                .add(")\">");
        for (int colour = 0; colour < colours.size(); colour++) {
            String outline = outline(colour);
            if (!outline.isEmpty()) {
                out.add("<path class=\"cell\" fill=\"" + colours.get(colour) + "\" d=\"" + outline + "\"/>");
            }
        }
        out.add("</g>");
    }

    private String outline(int colour) {
        StringBuilder path = new StringBuilder();
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < values[row].length; column++) {
                int end = column;
                while (end < values[row].length && has(row, end, colour)) {
                    end++;
                }
                if (end > column) {
                    int length = end - column;
                    path.append("M" + column + " " + row + "h" + length + "v1h-" + length + "z");
                    column = end;
                }
            }
        }
        return path.toString();
    }

    private boolean has(int row, int column, int colour) {
        double value = values[row][column];
        return Double.isFinite(value) && step.applyAsInt(value) == colour;
    }
}
