package org.crucis.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;

/** Observations made by hand. */
final class Observed {

    /** A measure as a function of block and size. */
    interface Formula {
        double at(int block, double size);
    }

    private Observed() {}

    /** 2^from, ..., 2^to. */
    static double[] powersOfTwo(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToDouble(each -> 1L << each).toArray();
    }

    /** "y" over "width". */
    static Observations over(double[] sizes, int blocks, Formula formula) {
        List<Observation> rows = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            for (double size : sizes) {
                rows.add(row(Point.ORIGIN.with("width", size), block, formula.at(block, size)));
            }
        }
        return new Observations(rows);
    }

    /** "y" at one point, one value a block. */
    static Observations values(double... values) {
        return new Observations(IntStream.range(0, values.length)
                .mapToObj(block -> row(Point.ORIGIN, block, values[block]))
                .toList());
    }

    /** "y" and "theory" at one point, one pair a block. */
    static Observations pairs(double[] values, double[] theory) {
        List<Observation> rows = new ArrayList<>();
        for (int block = 0; block < values.length; block++) {
            Map<String, Double> pair = new LinkedHashMap<>();
            pair.put("y", values[block]);
            pair.put("theory", theory[block]);
            rows.add(new Observation(Point.ORIGIN, block, pair));
        }
        return new Observations(rows);
    }

    /** The same observations as one member of a family. */
    static Observations member(String axis, String label, Observations observations) {
        return new Observations(observations.rows().stream()
                .map(row -> new Observation(row.point().with(axis, label), row.block(), row.values()))
                .toList());
    }

    static Observation row(Point point, int block, double value) {
        return new Observation(point, block, Map.of("y", value));
    }

    static Observations shuffled(Observations observations, RandomGenerator random) {
        List<Observation> rows = new ArrayList<>(observations.rows());
        for (int index = rows.size() - 1; index > 0; index--) {
            Collections.swap(rows, index, random.nextInt(index + 1));
        }
        return new Observations(rows);
    }

    static double[] scaled(double factor, double... values) {
        return DoubleStream.of(values).map(value -> factor * value).toArray();
    }
}
