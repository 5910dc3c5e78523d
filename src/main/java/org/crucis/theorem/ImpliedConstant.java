package org.crucis.theorem;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Needed width over the theorem's bound with the constant 1, as measured in a run: the constant with which the bound would have been
 * sharp there. It falls along a sweep whose bound grows faster than what is needed, so that it is taken where the bound was most like
 * that of the data.
 *
 * @param claim whose evidence shows it
 * @param nearest geometric mean over the searches whose bounds were nearest to the one in question; over all searches where the
 *     evidence keeps no bounds
 * @param smallest of all searches
 * @param largest of all searches
 * @param lowestBound of all searches; NaN, like the highest, where the evidence keeps no bounds
 * @param highestBound of all searches
 * @param searches that found a width
 * @param unfound searches in which no width sufficed
 */
public record ImpliedConstant(
        String claim,
        double nearest,
        double smallest,
        double largest,
        double lowestBound,
        double highestBound,
        int searches,
        int unfound) {

    /** As many as an experiment has blocks at least, so that one point of a sweep is seen whole. */
    private static final int NEAREST = 12;

    /**
     * One search for the smallest width that suffices.
     *
     * @param bound NaN where the evidence does not keep it
     * @param constant 0 where no width sufficed
     */
    record Search(double bound, double constant) {}

    static Optional<ImpliedConstant> of(String claim, List<Search> searches, double bound) {
        List<Search> found =
                searches.stream().filter(search -> search.constant() > 0).toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        boolean bounds = found.stream().allMatch(search -> search.bound() > 0);
        List<Search> near = bounds && Double.isFinite(bound)
                ? found.stream()
                        .sorted(Comparator.comparingDouble(search -> Math.abs(Math.log(search.bound() / bound))))
                        .limit(NEAREST)
                        .toList()
                : found;
        return Optional.of(new ImpliedConstant(
                claim,
                Math.exp(near.stream()
                        .mapToDouble(search -> Math.log(search.constant()))
                        .average()
                        .orElseThrow()),
                least(found, Search::constant),
                -least(found, search -> -search.constant()),
                least(found, Search::bound),
                -least(found, search -> -search.bound()),
                found.size(),
                searches.size() - found.size()));
    }

    private static double least(List<Search> searches, ToDoubleFunction<Search> value) {
        return searches.stream().mapToDouble(value).min().orElseThrow();
    }

    /** Whether a finite bound is smaller, or larger, than those of all searches. */
    public boolean isBeyond(double bound) {
        return Double.isFinite(bound) && (bound < lowestBound || bound > highestBound);
    }
}
