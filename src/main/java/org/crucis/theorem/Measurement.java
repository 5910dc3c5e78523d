package org.crucis.theorem;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.crucis.claim.Evidence;
import org.crucis.claim.Verdict;

/**
 * Where the evidence of a claim holds a needed width against a bound with the constant 1. Read are the rows of predictions; those of
 * controls break the hypotheses on purpose.
 *
 * @param claim id of the claim
 * @param needed column of what was needed; 0 where nothing sufficed
 * @param bound column of the bound; empty when {@code needed} is over it, or over a part of it, already
 * @param rest column by which {@code needed} has still to be divided; empty when there is none
 * @param where values that columns must have
 */
public record Measurement(
        String claim, String needed, Optional<String> bound, Optional<String> rest, Map<String, List<String>> where) {

    /** A column that is the needed width over the bound. */
    public static Measurement of(String claim, String needed) {
        return new Measurement(claim, needed, Optional.empty(), Optional.empty(), Map.of());
    }

    /** The column is the needed width, and this one the bound. */
    public Measurement over(String column) {
        return new Measurement(claim, needed, Optional.of(column), rest, where);
    }

    /** The column is the needed width over a part of the bound, and this one is the other part. */
    public Measurement stillOver(String column) {
        return new Measurement(claim, needed, bound, Optional.of(column), where);
    }

    /** Only rows in which a column has one of these values. */
    public Measurement where(String column, Object... values) {
        Map<String, List<String>> more = new TreeMap<>(where);
        more.put(column, Arrays.stream(values).map(Object::toString).toList());
        return new Measurement(claim, needed, bound, rest, more);
    }

    /**
     * The constant that a run implies for a width.
     *
     * @param width the theorem's on the data, with the constant 1
     * @return empty when the run has no such evidence, or evidence in which no search found a width
     */
    Optional<ImpliedConstant> in(List<Evidence> run, double width) {
        List<ImpliedConstant.Search> searches = run.stream()
                .filter(each -> each.claim().equals(claim) && each.verdict() != Verdict.VOID)
                .flatMap(each -> each.predictions().stream())
                .filter(entry -> entry.kind() == Evidence.Kind.PREDICTION)
                .map(Evidence.Entry::data)
                .filter(this::tells)
                // Several predictions may read the same trials.
                .distinct()
                .flatMap(this::searches)
                .toList();
        return ImpliedConstant.of(claim, searches, width);
    }

    private boolean tells(Evidence.Data table) {
        return table.columns().contains(needed)
                && Stream.concat(bound.stream(), rest.stream()).allMatch(table.columns()::contains)
                && table.columns().containsAll(where.keySet());
    }

    private Stream<ImpliedConstant.Search> searches(Evidence.Data table) {
        return table.rows().stream()
                .filter(row -> where.entrySet().stream()
                        .allMatch(each -> each.getValue()
                                .contains(String.valueOf(row.get(table.columns().indexOf(each.getKey()))))))
                .map(row -> {
                    double over =
                            bound.map(column -> number(row, table, column)).orElse(Double.NaN);
                    double divisor = bound.isPresent()
                            ? over
                            : rest.map(column -> number(row, table, column)).orElse(1.0);
                    return new ImpliedConstant.Search(over, number(row, table, needed) / divisor);
                })
                .filter(search -> Double.isFinite(search.constant()));
    }

    private static double number(List<Object> row, Evidence.Data table, String column) {
        return row.get(table.columns().indexOf(column)) instanceof Number value ? value.doubleValue() : Double.NaN;
    }
}
