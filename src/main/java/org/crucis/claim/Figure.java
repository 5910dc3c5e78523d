package org.crucis.claim;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A picture or a table described as data: what to show, not how. The report draws it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Figure.Chart.class, name = "chart"),
    @JsonSubTypes.Type(value = Figure.Heat.class, name = "heat"),
    @JsonSubTypes.Type(value = Figure.Clouds.class, name = "clouds"),
    @JsonSubTypes.Type(value = Figure.Tiles.class, name = "tiles"),
    @JsonSubTypes.Type(value = Figure.Table.class, name = "table")
})
public sealed interface Figure {

    String title();

    /** How to read it, in one or two sentences. */
    String caption();

    /** A figure that is drawn. */
    sealed interface Picture extends Figure {}

    /**
     * A chart of one quantity over another.
     *
     * @param layers drawn in this order, later ones on top
     */
    record Chart(String title, String caption, Axis x, Axis y, List<Layer> layers) implements Picture {
        public Chart {
            layers = List.copyOf(layers);
        }
    }

    /**
     * A matrix as colours.
     *
     * @param cells rows of equal length
     */
    record Heat(String title, String caption, String rowLabel, String columnLabel, List<List<Double>> cells)
            implements Picture {}

    /**
     * Scatter plots side by side on the same axes.
     *
     * @param panels in reading order
     */
    record Clouds(String title, String caption, Axis x, Axis y, List<Panel> panels) implements Picture {
        public Clouds {
            panels = List.copyOf(panels);
        }
    }

    /**
     * One scatter plot of several.
     *
     * @param clouds drawn in this order, later ones on top
     */
    record Panel(String name, List<Cloud> clouds) {
        public Panel {
            clouds = List.copyOf(clouds);
        }
    }

    /** Points without intervals; {@code x} and {@code y} are of equal length. */
    record Cloud(String name, Role role, List<Double> x, List<Double> y) {
        public Cloud {
            x = orEmpty(x);
            y = orEmpty(y);
            requireSameLength(name, x, y);
        }
    }

    /**
     * Small images of signed numbers on one scale of colours, symmetric about 0.
     *
     * @param rows one under the other
     */
    record Tiles(String title, String caption, List<TileRow> rows) implements Picture {
        public Tiles {
            rows = List.copyOf(rows);
        }
    }

    /** Tiles under one name, such as "after training". */
    record TileRow(String name, List<Tile> tiles) {
        public TileRow {
            tiles = List.copyOf(tiles);
        }
    }

    /**
     * A small image.
     *
     * @param label short: it stands under the image
     * @param pixels rows of equal length, the top one first
     */
    record Tile(String label, List<List<Double>> pixels) {}

    /**
     * A table, as it is to be read: numbers are texts already, each shown as its writer wants it.
     *
     * @param columns the names above the columns
     * @param rows as many cells as columns; the first cell names its row
     */
    record Table(String title, String caption, List<String> columns, List<List<String>> rows) implements Figure {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<String> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException("a row of the table '" + title + "' has " + row.size()
                            + " cells for " + columns.size() + " columns");
                }
            }
        }
    }

    /** A scale with its label. */
    record Axis(String label, Scale scale) {}

    /** How a number becomes a place on paper. */
    enum Scale {
        LINEAR,
        LOG;

        /** The word used in evidence. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a layer shows; the report gives each role its colour and its mark. */
    enum Role {
        MEASURED,
        /** What was there before training. */
        START,
        CONTROL,
        FITTED,
        CLAIMED,
        REGION;

        /** The word used in evidence. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One layer of a chart. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Points.class, name = "points"),
        @JsonSubTypes.Type(value = Line.class, name = "line"),
        @JsonSubTypes.Type(value = Band.class, name = "band")
    })
    sealed interface Layer {
        String name();

        Role role();
    }

    /** Points with intervals; {@code lower} and {@code upper} equal {@code y} where there is none. All are of equal length. */
    record Points(String name, Role role, List<Double> x, List<Double> lower, List<Double> y, List<Double> upper)
            implements Layer {
        public Points {
            x = orEmpty(x);
            lower = orEmpty(lower);
            y = orEmpty(y);
            upper = orEmpty(upper);
            requireSameLength(name, x, lower, y, upper);
        }
    }

    /** A line through the given points; {@code x} and {@code y} are of equal length. */
    record Line(String name, Role role, List<Double> x, List<Double> y) implements Layer {
        public Line {
            x = orEmpty(x);
            y = orEmpty(y);
            requireSameLength(name, x, y);
        }
    }

    /** The area between two curves at the same places: all three are of equal length. */
    record Band(String name, Role role, List<Double> x, List<Double> lower, List<Double> upper) implements Layer {
        public Band {
            x = orEmpty(x);
            lower = orEmpty(lower);
            upper = orEmpty(upper);
            requireSameLength(name, x, lower, upper);
        }
    }

    private static List<Double> orEmpty(List<Double> numbers) {
        return numbers == null ? List.of() : numbers;
    }

    private static void requireSameLength(String name, List<?>... lists) {
        List<Integer> lengths = Stream.of(lists).map(List::size).toList();
        if (lengths.stream().distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "the lists of '" + name + "' in a figure have the lengths " + lengths + ", which must be equal");
        }
    }
}
