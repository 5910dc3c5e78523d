package org.crucis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.crucis.claim.Estimate;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure;

/**
 * A measured minimal size beside the size that a theorem calls sufficient, its constant put to one.
 *
 * @param measure what is minimal
 * @param theorem the theorem's size, as the claim names it
 * @param covariate along which both were measured
 * @param at its value
 * @param sufficient the theorem's size there
 * @param measured the minimal size there, with its 99 % interval
 */
record SufficientSize(
        String measure, String theorem, String covariate, double at, double sufficient, Estimate measured) {

    /** How the criterion of minimal sizes ends the title of the chart that has both. */
    private static final String TITLE = " beside what is sufficient";

    /** All points of the prediction's own experiment, theorem by theorem; none where no theorem was laid beside. */
    static List<SufficientSize> of(Evidence.Entry entry) {
        List<SufficientSize> found = new ArrayList<>();
        for (Figure figure : entry.figures()) {
            if (figure instanceof Figure.Chart chart && chart.title().endsWith(TITLE)) {
                layers(chart, Figure.Line.class, Figure.Role.CLAIMED)
                        .forEach(theorem -> layers(chart, Figure.Points.class, Figure.Role.MEASURED)
                                .forEach(points -> found.addAll(paired(chart, theorem, points))));
            }
        }
        return List.copyOf(found);
    }

    static <L extends Figure.Layer> Stream<L> layers(Figure.Chart chart, Class<L> kind, Figure.Role role) {
        return chart.layers().stream()
                .filter(layer -> layer.role() == role)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private static List<SufficientSize> paired(Figure.Chart chart, Figure.Line theorem, Figure.Points points) {
        List<SufficientSize> pairs = new ArrayList<>();
        double[] x = Drawing.numbers(points.x());
        double[] lower = Drawing.numbers(points.lower());
        double[] middle = Drawing.numbers(points.y());
        double[] upper = Drawing.numbers(points.upper());
        double[] size = Drawing.numbers(theorem.y());
        for (int point = 0; point < x.length; point++) {
            int there = theorem.x().indexOf(points.x().get(point));
            boolean positive = lower[point] > 0 && upper[point] < Double.POSITIVE_INFINITY;
            if (there >= 0 && positive && size[there] > 0) {
                pairs.add(new SufficientSize(
                        chart.y().label(),
                        theorem.name(),
                        chart.x().label(),
                        x[point],
                        size[there],
                        new Estimate(lower[point], middle[point], upper[point])));
            }
        }
        return pairs;
    }

    /** The constant that the theorem would need here: the measured size over its own. */
    Estimate constant() {
        return new Estimate(
                measured.lower() / sufficient, measured.value() / sufficient, measured.upper() / sufficient);
    }

    /** By how many powers of ten the theorem asks for more than was needed. */
    double ordersOfMagnitude() {
        return Math.log10(sufficient / measured.value());
    }
}
