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

    /** @param side of one square */
    void draw(Svg out, double left, double top, double side) {
        for (int colour = 0; colour < colours.size(); colour++) {
            String outline = outline(colour, left, top, side);
            if (!outline.isEmpty()) {
                out.add("<path class=\"cell\" fill=\"" + colours.get(colour) + "\" d=\"" + outline + "\"/>");
            }
        }
    }

    private String outline(int colour, double left, double top, double side) {
        StringBuilder path = new StringBuilder();
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < values[row].length; column++) {
                int end = column;
                while (end < values[row].length && has(row, end, colour)) {
                    end++;
                }
                if (end > column) {
                    path.append('M')
                            .append(Svg.number(left + column * side))
                            .append(' ')
                            .append(Svg.number(top + row * side))
                            .append('H')
                            .append(Svg.number(left + end * side))
                            .append('V')
                            .append(Svg.number(top + (row + 1) * side))
                            .append('H')
                            .append(Svg.number(left + column * side))
                            .append('z');
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
