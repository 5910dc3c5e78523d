package org.crucis.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Figure;
import org.crucis.claim.Numbers;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Sketch;
import org.crucis.claim.Unjudgeable;

/**
 * Small images of signed numbers, such as the first layer's weights of the most important neurons: a pixel for each place on
 * two inner axes, a tile for each value of a third. Only the first block is drawn.
 */
public final class TileSketch implements Sketch {

    /** A measure about to get its axes. */
    public record Measured(String measure) {
        /** The axes of an image: rows from top to bottom, columns from left to right. */
        public Placed on(String row, String column) {
            return new Placed(measure, row, column);
        }
    }

    /** Images about to be told apart. */
    public record Placed(String measure, String row, String column) {
        /** An image for each value of an axis. */
        public TileSketch each(String axis) {
            return new TileSketch(
                    this, axis, "", "", measure, "One scale of colours for all: the middle is 0, dark is negative.");
        }
    }

    private final Placed placed;
    private final String tiles;
    private final String rows;
    private final String label;
    private final String title;
    private final String caption;

    private TileSketch(Placed placed, String tiles, String rows, String label, String title, String caption) {
        this.placed = placed;
        this.tiles = tiles;
        this.rows = rows;
        this.label = label;
        this.title = title;
        this.caption = caption;
    }

    /** A row of images with its name for each value of an axis. */
    public TileSketch per(String axis) {
        return new TileSketch(placed, tiles, axis, label, title, caption);
    }

    /** Writes a measure under each image, the same in all of its pixels; otherwise the value of its axis stands there. */
    public TileSketch labelled(String measure) {
        return new TileSketch(placed, tiles, rows, measure, title, caption);
    }

    public TileSketch titled(String words) {
        return new TileSketch(placed, tiles, rows, label, words, caption);
    }

    /** How to read the picture, in one or two sentences. */
    public TileSketch captioned(String words) {
        return new TileSketch(placed, tiles, rows, label, title, words);
    }

    @Override
    public Figure of(Observations observations) {
        Observations first = observations.isEmpty()
                ? observations
                : observations.ofBlock(observations.blocks().get(0));
        List<Figure.TileRow> drawn = new ArrayList<>();
        Drawn.groups(first, rows).forEach((name, part) -> {
            List<Figure.Tile> images = new ArrayList<>();
            Drawn.groups(part, tiles).forEach((value, pixels) -> images.add(tile(value, pixels)));
            drawn.add(new Figure.TileRow(name, images));
        });
        return new Figure.Tiles(title, caption, drawn);
    }

    private Figure.Tile tile(String value, Observations pixels) {
        Map<String, List<Double>> image = new LinkedHashMap<>();
        Map<String, Observations> lines = Drawn.groups(pixels, placed.row);
        lines.forEach((row, line) -> image.put(
                row,
                Drawn.groups(line, placed.column).values().stream()
                        .map(this::pixel)
                        .toList()));
        int width = image.values().iterator().next().size();
        if (image.values().stream().anyMatch(row -> row.size() != width)) {
            throw new Unjudgeable("the image of " + tiles + " " + value + " has rows of different length: measure '"
                    + placed.measure + "' at every " + placed.row + " and " + placed.column);
        }
        String under =
                label.isEmpty() ? value : Numbers.show(pixels.rows().get(0).value(label));
        return new Figure.Tile(under, List.copyOf(image.values()));
    }

    private double pixel(Observations there) {
        List<Observation> rows = there.rows();
        if (rows.size() > 1) {
            throw new Unjudgeable("a pixel has " + rows.size() + " values of '" + placed.measure
                    + "': tell the images apart by .each(axis) and .per(axis)");
        }
        return Drawn.rounded(rows.get(0).value(placed.measure));
    }
}
