package org.crucis.report;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure;
import org.crucis.claim.Interval;
import org.crucis.claim.Numbers;

/**
 * From which size on a claim holds: the smallest size of the sweep such that there and at all larger sizes every estimate that
 * is drawn lies in the region that the prediction accepts; of an exponent these are the slopes between neighbouring sizes, of
 * which each belongs to the smaller one. Every member of a family has to hold.
 *
 * <p>It is read from the charts of a finding that show estimates and region along a size, so it says what an eye sees there. A
 * size is what is drawn on a logarithmic axis: it was swept over several doublings.
 *
 * @param size the axis
 * @param from empty where the claim does not hold even at the largest size
 * @param smallest size of the sweep
 * @param largest size of the sweep
 */
record Onset(String size, OptionalDouble from, double smallest, double largest) {

    /** With fewer sizes there is nothing that could set on. */
    private static final int FEWEST_SIZES = 3;

    /** Empty where no estimates are drawn with a region along a size of the sweep. */
    static Optional<Onset> of(Evidence.Entry entry) {
        Optional<Onset> onset = Optional.empty();
        for (Figure figure : entry.figures()) {
            if (figure instanceof Figure.Chart chart) {
                Optional<Onset> here = along(chart, entry);
                onset = onset.isEmpty() ? here : here.isEmpty() ? onset : Optional.of(later(onset.get(), here.get()));
            }
        }
        return onset;
    }

    private static Onset later(Onset one, Onset other) {
        return one.from.isEmpty() || other.from.isPresent() && one.from.getAsDouble() >= other.from.getAsDouble()
                ? one
                : other;
    }

    private static Optional<Onset> along(Figure.Chart chart, Evidence.Entry entry) {
        double[] sizes = sizes(entry.data(), chart.x().label());
        // An exponent that is bounded on one side is drawn with a region that ends somewhere.
        Optional<Interval> everywhere = ScalingLaw.of(entry).map(law -> entry.bound());
        Optional<Figure.Band> region = SufficientSize.layers(chart, Figure.Band.class, Figure.Role.REGION)
                .filter(band -> !band.x().isEmpty())
                .findFirst();
        NavigableMap<Double, Boolean> holds = new TreeMap<>();
        region.ifPresent(accepted -> SufficientSize.layers(chart, Figure.Points.class, Figure.Role.MEASURED)
                .forEach(points -> {
                    double[] x = Drawing.numbers(points.x());
                    double[] y = Drawing.numbers(points.y());
                    for (int point = 0; point < x.length; point++) {
                        double value = y[point];
                        boolean inside = everywhere.isPresent()
                                ? everywhere.get().contains(value)
                                : contains(accepted, x[point], value);
                        holds.merge(x[point], inside, Boolean::logicalAnd);
                    }
                }));
        if (chart.x().scale() != Figure.Scale.LOG || sizes.length < FEWEST_SIZES || holds.isEmpty()) {
            return Optional.empty();
        }
        OptionalDouble from = OptionalDouble.empty();
        for (Map.Entry<Double, Boolean> place : holds.descendingMap().entrySet()) {
            if (!place.getValue()) {
                break;
            }
            // A slope stands between two sizes.
            from = Arrays.stream(sizes).filter(size -> size <= place.getKey()).max();
        }
        return Optional.of(new Onset(chart.x().label(), from, sizes[0], sizes[sizes.length - 1]));
    }

    /** The numbers in a column of the observations, ascending; none where there is no such column or it holds words. */
    private static double[] sizes(Evidence.Data data, String name) {
        int column = data.columns().indexOf(name);
        if (column < 0 || !data.rows().stream().allMatch(row -> row.get(column) instanceof Number)) {
            return new double[0];
        }
        return data.rows().stream()
                .mapToDouble(row -> ((Number) row.get(column)).doubleValue())
                .distinct()
                .sorted()
                .toArray();
    }

    /** Whether the region at x has the value: it is drawn at the places of the points, or straight from one end to the other. */
    private static boolean contains(Figure.Band region, double x, double value) {
        double[] places = Drawing.numbers(region.x());
        double lower = at(places, Drawing.numbers(region.lower()), x);
        double upper = at(places, Drawing.numbers(region.upper()), x);
        // An edge that is not finite comes back from JSON as not a number, and excludes nothing.
        return !Double.isNaN(value) && !(value < lower) && !(value > upper);
    }

    private static double at(double[] places, double[] edge, double x) {
        for (int k = 0; k + 1 < places.length; k++) {
            if (places[k] <= x && x <= places[k + 1]) {
                double share = (x - places[k]) / (places[k + 1] - places[k]);
                return edge[k] + share * (edge[k + 1] - edge[k]);
            }
        }
        return edge[0];
    }

    /** For instance "Onset: holds from width 512 on (measured at 64 to 4096)." */
    String sentence() {
        String measured = Numbers.show(smallest) + " to " + Numbers.show(largest);
        if (from.isEmpty()) {
            return "Onset: none, the estimate at the largest " + size + " alone lies outside (measured at " + measured
                    + "; a single size is noisier than the verdict).";
        }
        return from.getAsDouble() == smallest
                ? "Onset: holds at every " + size + " measured, " + measured + "."
                : "Onset: holds from " + size + " " + Numbers.show(from.getAsDouble()) + " on (measured at " + measured
                        + ").";
    }

    /** Onset and implied constants of a finding in words, for the line under it; empty where neither means anything. */
    static String line(Evidence.Entry entry) {
        return Stream.concat(of(entry).map(Onset::sentence).stream(), OpenConstant.sentence(entry).stream())
                .collect(Collectors.joining(" "));
    }
}
