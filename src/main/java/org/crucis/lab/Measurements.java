package org.crucis.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Observation;
import org.crucis.claim.Point;

/**
 * What one trial measured: named numbers, at one place or along inner axes such as training time.
 *
 * <pre>{@code
 * Measurements.of("drift", drift).and("relative loss", loss)
 * Measurements.along("step").at(0, Measurements.of("loss", first)).at(10, Measurements.of("loss", later))
 * }</pre>
 */
public final class Measurements {

    private record Row(Map<String, Object> place, Map<String, Double> values) {}

    private final String axis;
    private final List<Row> rows;

    private Measurements(String axis, List<Row> rows) {
        this.axis = axis;
        this.rows = rows;
    }

    public static Measurements of(String measure, double value) {
        return new Measurements("", List.of(new Row(Map.of(), Map.of(measure, value))));
    }

    /** Starts measurements along an inner axis; {@link #at} adds to them. */
    public static Measurements along(String axis) {
        return new Measurements(axis, List.of());
    }

    /** Adds a number to every row measured so far. */
    public Measurements and(String measure, double value) {
        List<Row> extended = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Double> values = new LinkedHashMap<>(row.values);
            if (values.put(measure, value) != null) {
                throw new IllegalArgumentException("'" + measure + "' was measured already; name each measure once");
            }
            extended.add(new Row(row.place, values));
        }
        return new Measurements(axis, extended);
    }

    /** Adds what was measured at a place of the inner axis. */
    public Measurements at(Object coordinate, Measurements there) {
        if (axis.isEmpty()) {
            throw new IllegalStateException("at(...) needs an inner axis: start with Measurements.along(axis)");
        }
        List<Row> more = new ArrayList<>(rows);
        for (Row row : there.rows) {
            Map<String, Object> place = new LinkedHashMap<>();
            place.put(axis, coordinate);
            place.putAll(row.place);
            more.add(new Row(place, row.values));
        }
        return new Measurements(axis, more);
    }

    List<Observation> observedAt(Point point, int block) {
        List<Observation> observations = new ArrayList<>();
        for (Row row : rows) {
            Point place = point;
            for (Map.Entry<String, Object> inner : row.place.entrySet()) {
                if (place.has(inner.getKey())) {
                    throw new IllegalStateException("the inner axis '" + inner.getKey()
                            + "' is an axis of the sweep, or of itself, already: give it another name");
                }
                place = place.with(inner.getKey(), inner.getValue());
            }
            observations.add(new Observation(place, block, row.values));
        }
        return observations;
    }
}
