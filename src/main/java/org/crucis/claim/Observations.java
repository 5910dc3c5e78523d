package org.crucis.claim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All numbers of an experiment, in the order of its plan: block by block, point by point. */
public record Observations(List<Observation> rows) {

    public Observations {
        rows = List.copyOf(rows);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The blocks in the order of their first row. */
    public List<Integer> blocks() {
        return distinct(Observation::block);
    }

    /** The points in the order of their first row. */
    public List<Point> points() {
        return distinct(Observation::point);
    }

    private <T> List<T> distinct(java.util.function.Function<Observation, T> key) {
        Collection<T> seen = new LinkedHashSet<>();
        rows.forEach(row -> seen.add(key.apply(row)));
        return List.copyOf(seen);
    }

    /** The part that belongs to one value of an axis, for each value, the axis itself removed. */
    public Map<String, Observations> by(String axis) {
        Map<String, List<Observation>> groups = new LinkedHashMap<>();
        for (Observation row : rows) {
            groups.computeIfAbsent(row.point().label(axis), label -> new ArrayList<>())
                    .add(new Observation(row.point().without(axis), row.block(), row.values()));
        }
        Map<String, Observations> parts = new LinkedHashMap<>();
        groups.forEach((label, part) -> parts.put(label, new Observations(part)));
        return parts;
    }

    /** The rows at one point. */
    public Observations at(Point point) {
        return new Observations(
                rows.stream().filter(row -> row.point().equals(point)).toList());
    }

    /** The rows of one block. */
    public Observations ofBlock(int block) {
        return new Observations(
                rows.stream().filter(row -> row.block() == block).toList());
    }

    /** One value a row, in the order of the rows. */
    public double[] values(String measure) {
        return rows.stream().mapToDouble(row -> row.value(measure)).toArray();
    }

    /** The same observations with one measure recomputed from each row. */
    public Observations with(String measure, ToDoubleFunction<Observation> value) {
        List<Observation> changed = new ArrayList<>();
        for (Observation row : rows) {
            Map<String, Double> values = new LinkedHashMap<>(row.values());
            values.put(measure, value.applyAsDouble(row));
            changed.add(new Observation(row.point(), row.block(), values));
        }
        return new Observations(changed);
    }

    public Observations and(Observations more) {
        List<Observation> all = new ArrayList<>(rows);
        all.addAll(more.rows);
        return new Observations(all);
    }
}
