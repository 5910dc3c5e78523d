package org.crucis.claim;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/** A picture described as data: what to draw, not how. The report draws it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Figure.Chart.class, name = "chart"),
    @JsonSubTypes.Type(value = Figure.Heat.class, name = "heat")
})
public sealed interface Figure {

    String title();

    /** How to read it, in one or two sentences. */
    String caption();

    /**
     * A chart of one quantity over another.
     *
     * @param layers drawn in this order, later ones on top
     */
    record Chart(String title, String caption, Axis x, Axis y, List<Layer> layers) implements Figure {
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
            implements Figure {}

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

    /** Points with intervals; {@code lower} and {@code upper} equal {@code y} where there is none. */
    record Points(String name, Role role, List<Double> x, List<Double> lower, List<Double> y, List<Double> upper)
            implements Layer {}

    /** A line through the given points. */
    record Line(String name, Role role, List<Double> x, List<Double> y) implements Layer {}

    /** The area between two curves. */
    record Band(String name, Role role, List<Double> x, List<Double> lower, List<Double> upper) implements Layer {}
}
