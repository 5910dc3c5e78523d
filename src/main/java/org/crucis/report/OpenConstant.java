package org.crucis.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.crucis.claim.Estimate;
import org.crucis.claim.Evidence;
import org.crucis.claim.Numbers;

/**
 * The constant that theory leaves open, on the top half of the sizes, on which the verdict rests too. Where theory says
 * {@code measure = C size^s} it is the geometric mean of {@code measure / size^s}. Where theory only bounds the exponent that
 * ratio may drift, and the constant is the one with which {@code C size^s} bounds what was measured: the extreme of the ratios,
 * with the size at which it was found. Of a minimal size it is the measured one over the theorem's, at the largest value of what
 * both were measured along.
 *
 * @param member of the family; empty where there is only one
 * @param constant with its 99 % interval over blocks; without one, where there are too few blocks
 * @param sizes that it was found at: all of the top half, or the one at which the ratio is extreme
 */
record OpenConstant(String member, Estimate constant, List<Double> sizes) {

    private static final double CONFIDENCE = 0.99;

    /** As for verdicts: a t interval of fewer blocks says little. */
    private static final int FEWEST_BLOCKS = 12;

    private static final String BLOCK = "block";

    /** The constants of a finding in one sentence; empty where it has none. */
    static Optional<String> sentence(Evidence.Entry entry) {
        List<SufficientSize> largest = atTheLargest(SufficientSize.of(entry));
        if (!largest.isEmpty()) {
            SufficientSize first = largest.get(0);
            return Optional.of("Implied constant at " + first.covariate() + " " + Numbers.show(first.at()) + ": "
                    + first.measure() + " over "
                    + largest.stream()
                            .map(each -> each.theorem() + " " + each.constant())
                            .collect(Collectors.joining("; "))
                    + ".");
        }
        return ScalingLaw.of(entry).flatMap(law -> Table.of(entry.data(), law)).map(Table::sentence);
    }

    /** Of each theorem the point at its largest covariate; of a family that of the member which needs most. */
    private static List<SufficientSize> atTheLargest(List<SufficientSize> sizes) {
        Map<String, SufficientSize> largest = new LinkedHashMap<>();
        Comparator<SufficientSize> last = Comparator.comparingDouble(SufficientSize::at)
                .thenComparingDouble(size -> size.constant().value());
        sizes.forEach(size -> largest.merge(size.theorem(), size, BinaryOperator.maxBy(last)));
        return List.copyOf(largest.values());
    }

    /** Of a scaling law, one for each member of its family; none where the observations are not kept or not positive. */
    static List<OpenConstant> of(Evidence.Entry entry) {
        return ScalingLaw.of(entry)
                .flatMap(law -> Table.of(entry.data(), law))
                .map(Table::constants)
                .orElse(List.of());
    }

    /** Observations by member of the family, block and size; several values there, such as pairs of runs, are averaged. */
    private record Table(
            ScalingLaw law, List<Double> top, Map<String, Map<Object, Map<Double, List<Double>>>> members) {

        static Optional<Table> of(Evidence.Data data, ScalingLaw law) {
            List<String> columns = data.columns();
            int size = columns.indexOf(law.size());
            int measure = columns.indexOf(law.column());
            int block = columns.indexOf(BLOCK);
            if (size < 0 || measure < 0 || block < 0) {
                return Optional.empty();
            }
            boolean pairs = !law.column().equals(law.measure());
            List<Integer> family = IntStream.range(0, columns.size())
                    .filter(column -> !pairs && !Set.of(size, measure, block).contains(column))
                    .filter(column -> data.rows().stream()
                                    .map(row -> row.get(column))
                                    .distinct()
                                    .count()
                            > 1)
                    .boxed()
                    .toList();
            Map<String, Map<Object, Map<Double, List<Double>>>> members = new LinkedHashMap<>();
            TreeMap<Double, Integer> sizes = new TreeMap<>();
            for (List<Object> row : data.rows()) {
                if (!(row.get(size) instanceof Number at) || !(row.get(measure) instanceof Number value)) {
                    return Optional.empty();
                }
                if (!(at.doubleValue() > 0 && value.doubleValue() > 0)) {
                    return Optional.empty();
                }
                sizes.merge(at.doubleValue(), 1, Integer::sum);
                members.computeIfAbsent(name(row, family), member -> new LinkedHashMap<>())
                        .computeIfAbsent(row.get(block), each -> new TreeMap<>())
                        .computeIfAbsent(at.doubleValue(), each -> new ArrayList<>())
                        .add(value.doubleValue());
            }
            List<Double> ascending = List.copyOf(sizes.keySet());
            List<Double> top = ascending.subList(ascending.size() / 2, ascending.size());
            return top.isEmpty() ? Optional.empty() : Optional.of(new Table(law, top, members));
        }

        private static String name(List<Object> row, List<Integer> family) {
            return family.stream()
                    .map(column -> row.get(column) instanceof Number number
                            ? Numbers.show(number.doubleValue())
                            : String.valueOf(row.get(column)))
                    .collect(Collectors.joining(", "));
        }

        List<OpenConstant> constants() {
            List<OpenConstant> constants = new ArrayList<>();
            members.forEach((member, blocks) -> {
                List<Double> sizes = decisive(blocks.values());
                double[] logs = logConstants(blocks.values(), sizes);
                if (logs.length > 0) {
                    constants.add(new OpenConstant(member, geometric(logs), sizes));
                }
            });
            return constants;
        }

        /** The sizes on which the constant rests. */
        private List<Double> decisive(Collection<Map<Double, List<Double>>> blocks) {
            ToDoubleFunction<Double> ratio = size -> DoubleStream.of(logConstants(blocks, List.of(size)))
                    .average()
                    .orElse(Double.NaN);
            List<Double> seen = top.stream()
                    .filter(size -> Double.isFinite(ratio.applyAsDouble(size)))
                    .toList();
            return switch (law.side()) {
                case BOTH -> top;
                case AT_MOST ->
                    seen.stream().max(Comparator.comparingDouble(ratio)).stream()
                            .toList();
                case AT_LEAST ->
                    seen.stream().min(Comparator.comparingDouble(ratio)).stream()
                            .toList();
            };
        }

        private double[] logConstants(Collection<Map<Double, List<Double>>> blocks, List<Double> sizes) {
            return blocks.stream()
                    .mapToDouble(block -> logConstant(block, sizes))
                    .filter(Double::isFinite)
                    .toArray();
        }

        /** Of one block. */
        private double logConstant(Map<Double, List<Double>> bySize, List<Double> sizes) {
            return sizes.stream()
                    .filter(bySize::containsKey)
                    .mapToDouble(size -> Math.log(bySize.get(size).stream()
                                    .mapToDouble(Double::doubleValue)
                                    .average()
                                    .orElseThrow())
                            - law.number() * Math.log(size))
                    .average()
                    .orElse(Double.NaN);
        }

        private static String named(String size) {
            return size.matches("\\w+") ? size : "(" + size + ")";
        }

        String sentence() {
            boolean bound = law.side() != ScalingLaw.Side.BOTH;
            String constants = constants().stream()
                    .map(each -> each.constant
                            + (each.member.isEmpty() ? "" : " for " + each.member)
                            + (bound ? ", at " + Numbers.show(each.sizes.get(0)) : ""))
                    .collect(Collectors.joining("; "));
            String relation = switch (law.side()) {
                case BOTH -> " is";
                case AT_MOST -> " is at most";
                case AT_LEAST -> " is at least";
            };
            return "Implied constant: " + law.measure() + relation
                    + (law.number() == 0
                            ? " C"
                            : " C × " + named(law.size())
                                    + (law.number() == 1 ? "" : "^(" + Fractions.show(law.number()) + ")"))
                    + " on " + law.size() + " " + Numbers.show(top.get(0)) + " to "
                    + Numbers.show(top.get(top.size() - 1)) + " with C = " + constants + ".";
        }
    }

    private static Estimate geometric(double[] logs) {
        double mean = DoubleStream.of(logs).average().orElseThrow();
        if (logs.length < FEWEST_BLOCKS) {
            return Estimate.exactly(Math.exp(mean));
        }
        double squares =
                DoubleStream.of(logs).map(each -> (each - mean) * (each - mean)).sum();
        double half = Math.sqrt(squares / (logs.length - 1) / logs.length)
                * TDistribution.of(logs.length - 1).inverseSurvivalProbability((1 - CONFIDENCE) / 2);
        return new Estimate(Math.exp(mean - half), Math.exp(mean), Math.exp(mean + half));
    }
}
