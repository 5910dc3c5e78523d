package org.crucis.report;

import java.util.List;
import java.util.stream.DoubleStream;
import org.crucis.claim.Figure;
import org.crucis.claim.Numbers;

/**
 * Draws small images of signed numbers: 0 is a middle grey, what is negative is darker and blue, what is positive lighter and
 * golden, so that a sign is also seen without colour vision. The scale is symmetric about 0 and the same for all tiles.
 */
final class TilesDrawing {

    /** Lightness grows in equal steps from the most negative to the most positive. */
    private static final List<String> COLOURS = List.of(
            "#00135c", "#032874", "#244179", "#42577d", "#616c7f", "#808080", "#9e9380", "#bca67e", "#dbb97a",
            "#fbcc73", "#ffe6ba");

    private static final int ZERO = COLOURS.size() / 2;
    private static final int GAP = 10;
    private static final int SMALLEST = 44;
    private static final int LARGEST = 96;
    private static final int KEY = 16;

    private final Figure.Tiles figure;
    private final double bound;
    private final int perLine;
    private final double side;
    private long missing;

    TilesDrawing(Figure.Tiles figure) {
        this.figure = figure;
        bound = pixels().map(Math::abs).filter(Double::isFinite).max().orElse(0);
        double widest = figure.rows().stream()
                .flatMap(row -> row.tiles().stream())
                .mapToDouble(tile -> Drawing.width(tile.label()))
                .max()
                .orElse(0);
        int most = Math.max(
                1,
                figure.rows().stream().mapToInt(row -> row.tiles().size()).max().orElse(1));
        int room = (int) Math.max(1, (Drawing.WIDTH + GAP) / (Math.max(SMALLEST, widest) + GAP));
        int lines = (most + room - 1) / room;
        perLine = (most + lines - 1) / lines;
        side = Math.min(LARGEST, Math.floor((Drawing.WIDTH - (perLine - 1.0) * GAP) / perLine));
    }

    private DoubleStream pixels() {
        return figure.rows().stream()
                .flatMap(row -> row.tiles().stream())
                .flatMap(tile -> tile.pixels().stream())
                .flatMapToDouble(line -> DoubleStream.of(Drawing.numbers(line)));
    }

    private int step(double value) {
        // To even, for half a step up would make the scale lopsided.
        return bound == 0 ? ZERO : ZERO + (int) Math.rint(value / bound * ZERO);
    }

    Drawing drawing() {
        Svg plot = new Svg();
        double at = 0;
        for (Figure.TileRow row : figure.rows()) {
            if (!row.name().isEmpty()) {
                at += Drawing.LINE;
                plot.add("<g class=\"name\"><text x=\"0\" y=\"")
                        .at(at - 4)
                        .add("\">")
                        .text(row.name())
                        .add("</text></g>");
                at += 4;
            }
            for (int first = 0; first < row.tiles().size(); first += perLine) {
                List<Figure.Tile> line = row.tiles()
                        .subList(first, Math.min(first + perLine, row.tiles().size()));
                for (int place = 0; place < line.size(); place++) {
                    tile(plot, line.get(place), place * (side + GAP), at);
                }
                at += side + Drawing.LINE + 6;
            }
            at += 6;
        }
        at = key(plot, at + 4);
        Svg out = new Svg();
        Drawing.open(out, at, figure.title(), description());
        out.add(plot.toString()).add("</svg>");
        return new Drawing(
                out.toString(), missing == 0 ? "" : "Not finite, and left blank: " + missing + " of the pixels.");
    }

    private void tile(Svg out, Figure.Tile tile, double left, double top) {
        double[][] values = tile.pixels().stream().map(Drawing::numbers).toArray(double[][]::new);
        missing += List.of(values).stream()
                .flatMapToDouble(DoubleStream::of)
                .filter(value -> !Double.isFinite(value))
                .count();
        Cells cells = new Cells(values, this::step, COLOURS);
        double pixel = cells.side(side);
        double width = cells.columns() * pixel;
        cells.draw(out, left, top, pixel);
        out.add("<path class=\"frame\" d=\"M")
                .at(left)
                .add(" ")
                .at(top)
                .add("h")
                .at(width)
                .add("v")
                .at(values.length * pixel)
                .add("h")
                .at(-width)
                .add("z\"/><g class=\"label middle\"><text x=\"")
                .at(left + width / 2)
                .add("\" y=\"")
                .at(top + side + Drawing.LINE - 4)
                .add("\">")
                .text(tile.label())
                .add("</text></g>");
    }

    /** The colours with what they stand for; returns the height of the drawing. */
    private double key(Svg out, double top) {
        String low = Numbers.show(-bound).replace('-', '−');
        double left = Drawing.width(low) + 14;
        for (int step = 0; step < COLOURS.size(); step++) {
            out.add("<path class=\"cell\" fill=\"" + COLOURS.get(step) + "\" d=\"M")
                    .at(left + step * KEY)
                    .add(" ")
                    .at(top)
                    .add("h" + KEY + "v12h-" + KEY + "z\"/>");
        }
        double right = left + COLOURS.size() * KEY;
        out.add("<path class=\"frame\" d=\"M")
                .at(left)
                .add(" ")
                .at(top)
                .add("h" + COLOURS.size() * KEY + "v12h-" + COLOURS.size() * KEY
                        + "z\"/><g class=\"label\"><text x=\"0\" y=\"")
                .at(top + 11)
                .add("\">")
                .text(low)
                .add("</text><text text-anchor=\"middle\" x=\"")
                .at((left + right) / 2)
                .add("\" y=\"")
                .at(top + 12 + Drawing.LINE - 3)
                .add("\">0</text><text x=\"")
                .at(right + 8)
                .add("\" y=\"")
                .at(top + 11)
                .add("\">")
                .text(Numbers.show(bound))
                .add("</text></g>");
        return top + 12 + Drawing.LINE + 4;
    }

    private String description() {
        StringBuilder words = new StringBuilder("Small images on one scale from ")
                .append(Numbers.show(-bound))
                .append(" to ")
                .append(Numbers.show(bound))
                .append('.');
        for (Figure.TileRow row : figure.rows()) {
            words.append(' ')
                    .append(row.name())
                    .append(row.name().isEmpty() ? "" : ": ")
                    .append(row.tiles().size())
                    .append(row.tiles().size() == 1 ? " image" : " images");
            for (Figure.Tile tile : row.tiles()) {
                double[] values = tile.pixels().stream()
                        .flatMapToDouble(line -> DoubleStream.of(Drawing.numbers(line)))
                        .filter(Double::isFinite)
                        .toArray();
                words.append(", ")
                        .append(tile.label())
                        .append(" from ")
                        .append(Numbers.show(DoubleStream.of(values).min().orElse(0)))
                        .append(" to ")
                        .append(Numbers.show(DoubleStream.of(values).max().orElse(0)));
            }
            words.append('.');
        }
        return words.toString();
    }
}
