package org.crucis.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.crucis.claim.Point;
import org.crucis.claim.Tier;
import org.crucis.statistics.Levels;

/**
 * A grid times blocks. A block is one data draw and one seed carried through every point of the grid: the unit over which
 * intervals are taken. The full tier may have other sizes and more blocks; it has the same axes.
 */
public final class Sweep {

    private static final int FULL_BLOCKS = 20;

    private final Map<String, List<?>> quickAxes;
    private final Map<String, List<?>> fullAxes;
    private final int quickBlocks;
    private final int fullBlocks;

    private Sweep(Map<String, List<?>> quickAxes, Map<String, List<?>> fullAxes, int quickBlocks, int fullBlocks) {
        this.quickAxes = quickAxes;
        this.fullAxes = fullAxes;
        this.quickBlocks = quickBlocks;
        this.fullBlocks = fullBlocks;
    }

    /**
     * A grid of one axis; {@link #and} adds more.
     *
     * @param values numbers, enum constants or texts; at least one, all different
     */
    public static Sweep over(String axis, List<?> values) {
        return onePoint().and(axis, values.toArray());
    }

    /** A grid of one point, for what depends on nothing but the block. */
    public static Sweep onePoint() {
        return new Sweep(Map.of(), Map.of(), Levels.FEWEST_BLOCKS, FULL_BLOCKS);
    }

    /** Adds an axis; the grid has every combination. */
    public Sweep and(String axis, Object... values) {
        if (quickAxes.containsKey(axis)) {
            throw new IllegalArgumentException("the sweep has an axis '" + axis + "' already; name each axis once");
        }
        return new Sweep(with(quickAxes, axis, List.of(values)), fullAxes, quickBlocks, fullBlocks);
    }

    /** Other values of an axis in the full tier. */
    public Sweep inFull(String axis, List<?> values) {
        if (!quickAxes.containsKey(axis)) {
            throw new IllegalArgumentException(
                    "the sweep has no axis '" + axis + "'; its axes are " + quickAxes.keySet());
        }
        return new Sweep(quickAxes, with(fullAxes, axis, values), quickBlocks, fullBlocks);
    }

    /** Blocks of the first look in the quick tier; the full tier has at least {@value #FULL_BLOCKS}. */
    public Sweep blocks(int blocks) {
        return blocks(blocks, Math.max(blocks, FULL_BLOCKS));
    }

    /** Blocks of the first look in either tier. */
    public Sweep blocks(int quick, int full) {
        if (quick < 1 || full < 1) {
            throw new IllegalArgumentException("a sweep needs at least one block, got " + Math.min(quick, full));
        }
        return new Sweep(quickAxes, fullAxes, quick, full);
    }

    /** For statements without chance, such as closed forms: one block says all. */
    public Sweep withoutChance() {
        return blocks(1, 1);
    }

    /** The same grid with other values on an axis that it has, in both tiers. */
    Sweep along(String axis, List<?> values) {
        return new Sweep(with(quickAxes, axis, values), with(fullAxes, axis, values), quickBlocks, fullBlocks);
    }

    private static Map<String, List<?>> with(Map<String, List<?>> axes, String axis, List<?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("axis '" + axis + "' has no values: an empty sweep checks nothing");
        }
        if (values.stream()
                        .map(value -> Point.ORIGIN.with(axis, value))
                        .distinct()
                        .count()
                < values.size()) {
            throw new IllegalArgumentException("axis '" + axis + "' repeats a value: " + values);
        }
        Map<String, List<?>> more = new LinkedHashMap<>(axes);
        more.put(axis, List.copyOf(values));
        return more;
    }

    /** 2^from, ..., 2^to. */
    public static List<Integer> powersOfTwo(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(exponent -> 1 << exponent)
                .toList();
    }

    int blocks(Tier tier) {
        return tier == Tier.QUICK ? quickBlocks : fullBlocks;
    }

    Map<String, List<?>> axes(Tier tier) {
        Map<String, List<?>> axes = new LinkedHashMap<>(quickAxes);
        if (tier == Tier.FULL) {
            axes.putAll(fullAxes);
        }
        return axes;
    }

    /** Every combination, the last axis running fastest. */
    List<Point> points(Tier tier) {
        List<Point> points = List.of(Point.ORIGIN);
        for (Map.Entry<String, List<?>> axis : axes(tier).entrySet()) {
            List<Point> finer = new ArrayList<>();
            for (Point point : points) {
                for (Object value : axis.getValue()) {
                    finer.add(point.with(axis.getKey(), value));
                }
            }
            points = finer;
        }
        return points;
    }
}
