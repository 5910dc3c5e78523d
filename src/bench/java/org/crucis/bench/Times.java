package org.crucis.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The samples of one group, asked for by case and row. */
record Times(List<Sample> samples) {

    /** Median, smallest and largest of what the pairs gave. */
    record Spread(double least, double median, double most) {

        static Spread of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(sorted[0], median, sorted[sorted.length - 1]);
        }
    }

    List<String> ids() {
        return samples.stream().map(sample -> sample.row().id()).distinct().toList();
    }

    List<String> rows() {
        return samples.stream().map(sample -> sample.row().row()).distinct().toList();
    }

    Optional<Spread> spread(String id, String row) {
        return spread(of(id, row).values());
    }

    /** The ratio of two rows in each pair: both were measured within the same minute. */
    Optional<Spread> ratio(String id, String row, String otherId, String otherRow) {
        Map<Integer, Double> ratios = of(id, row);
        Map<Integer, Double> others = of(otherId, otherRow);
        ratios.keySet().retainAll(others.keySet());
        ratios.replaceAll((pair, value) -> value / others.get(pair));
        return spread(ratios.values());
    }

    private static Optional<Spread> spread(Collection<Double> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(Spread.of(
                        values.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    private Map<Integer, Double> of(String id, String row) {
        Map<Integer, Double> values = new TreeMap<>();
        for (Sample sample : samples) {
            if (sample.row().id().equals(id) && sample.row().row().equals(row)) {
                values.put(sample.pair(), sample.row().value());
            }
        }
        return values;
    }
}
