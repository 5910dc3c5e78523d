package org.crucis.statistics;

/**
 * Ready pictures for {@code lab.show(...)}; each reads as a sentence:
 *
 * <pre>{@code
 * clouds("angle", "output weight").per("width").by("state").drawing("at the start", START)
 * curves("test error").over("features").by("drawn").againstSlope(-1)
 * curves("density").over("angle").by("noise").against("Gibbs density")
 * tiles("weight").on("row", "column").each("neuron").per("state").labelled("importance")
 * }</pre>
 *
 * <p>The axes named may be those of the sweep or inner ones (see {@code Measurements.along}). {@code per} gives a panel or a
 * row of its own to each value of an axis, {@code by} a mark and a name; {@code drawing} says in which role a value of the
 * {@code by} axis is drawn, MEASURED unless told. Every sketch can be {@code titled} and {@code captioned}.
 */
public final class Sketches {

    private Sketches() {}

    /** A point a row, at two of its measures; see {@link CloudSketch}. */
    public static CloudSketch clouds(String x, String y) {
        return CloudSketch.of(x, y);
    }

    /** Means over blocks along an axis; see {@link CurveSketch}. */
    public static CurveSketch.Measured curves(String measure) {
        return new CurveSketch.Measured(measure);
    }

    /** Small images of signed numbers; see {@link TileSketch}. */
    public static TileSketch.Measured tiles(String measure) {
        return new TileSketch.Measured(measure);
    }
}
