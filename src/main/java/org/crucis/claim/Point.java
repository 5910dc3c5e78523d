package org.crucis.claim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A point of a sweep: one coordinate for each axis, in the order of the axes.
 *
 * @param coordinates axis name to a number ({@link Double}) or a label ({@link String})
 */
public record Point(Map<String, Object> coordinates) {

    public static final Point ORIGIN = new Point(Map.of());

    public Point {
        Map<String, Object> copy = new LinkedHashMap<>();
        coordinates.forEach((axis, value) -> copy.put(axis, coordinate(axis, value)));
        coordinates = Collections.unmodifiableMap(copy);
    }

    private static Object coordinate(String axis, Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Enum<?> label) {
            return label.name();
        }
        if (value instanceof String label) {
            return label;
        }
        throw new IllegalArgumentException(
                "coordinate '" + axis + "' must be a number, an enum constant or a text, got " + value);
    }

    public Point with(String axis, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(coordinates);
        more.put(axis, value);
        return new Point(more);
    }

    public Point without(String axis) {
        Map<String, Object> fewer = new LinkedHashMap<>(coordinates);
        fewer.remove(axis);
        return new Point(fewer);
    }

    public boolean has(String axis) {
        return coordinates.containsKey(axis);
    }

    /** @throws IllegalArgumentException when the axis is missing or holds a label */
    public double number(String axis) {
        if (coordinates.get(axis) instanceof Double number) {
            return number;
        }
        throw new IllegalArgumentException(
                "no numeric axis '" + axis + "' at " + this + "; its axes are " + coordinates.keySet());
    }

    /**
     * The coordinate as a label; a number with all its digits.
     *
     * @throws IllegalArgumentException when the axis is missing
     */
    public String label(String axis) {
        Object value = coordinates.get(axis);
        if (value == null) {
            throw new IllegalArgumentException(
                    "no axis '" + axis + "' at " + this + "; its axes are " + coordinates.keySet());
        }
        return value instanceof Double number ? exact(number) : (String) value;
    }

    /** Two coordinates that differ must not have the same label. */
    private static String exact(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }

    private String shown(String axis) {
        Object value = coordinates.get(axis);
        return value instanceof Double number ? Numbers.show(number) : (String) value;
    }

    @Override
    public String toString() {
        return coordinates.isEmpty()
                ? "the only point"
                : coordinates.keySet().stream()
                        .map(axis -> axis + " " + shown(axis))
                        .collect(Collectors.joining(", "));
    }
}
