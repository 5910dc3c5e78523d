package org.crucis.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.crucis.claim.Criterion;
import org.crucis.claim.Figure;
import org.crucis.claim.Interval;

/** The figure of a criterion that is judged in every trial: all values in ascending order, with the bound. */
final class Worst {

    private Worst() {}

    static List<Figure> figures(String measure, Interval region, List<Criterion.Arm> arms) {
        List<Figure.Layer> layers = new ArrayList<>();
        double bound = Double.isInfinite(region.lower()) ? region.upper() : region.lower();
        layers.add(new Figure.Line("bound", Figure.Role.CLAIMED, List.of(0.0, 1.0), List.of(bound, bound)));
        for (Criterion.Arm arm : arms) {
            double[] values = arm.observations().values(measure);
            Arrays.sort(values);
            List<Double> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            // At most a hundred ranks, the two extremes among them.
            int shown = Math.min(values.length, 100);
            for (int index = 0; index < shown; index++) {
                int rank = shown == 1 ? 0 : (int) Math.round((double) index * (values.length - 1) / (shown - 1));
                x.add(values.length == 1 ? 0.5 : (double) rank / (values.length - 1));
                y.add(values[rank]);
            }
            Figure.Role role = arm.role() == Criterion.Role.PREDICTION ? Figure.Role.MEASURED : Figure.Role.CONTROL;
            layers.add(new Figure.Points(arm.name(), role, x, y, y, y));
        }
        return List.of(new Figure.Chart(
                measure,
                "Values of single trials in ascending order, the extremes included; the line is the bound.",
                new Figure.Axis("fraction of trials", Figure.Scale.LINEAR),
                new Figure.Axis(measure, Figure.Scale.LINEAR),
                layers));
    }
}
