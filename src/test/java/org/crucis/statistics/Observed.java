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

    private Observed() {}

    /** "y" at one point, one value a block. */
    static Observations values(double... values) {
        return new Observations(IntStream.range(0, values.length)
                .mapToObj(block -> Simulated.row(Point.ORIGIN, block, values[block]))
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
