package org.crucis.statistics;

import java.util.List;
import org.crucis.claim.Estimate;
import org.crucis.claim.Figure;

/** Estimates as the points of a figure. */
final class Drawn {

    private Drawn() {}

    static Figure.Points points(String name, Figure.Role role, List<Double> x, List<Estimate> y) {
        return new Figure.Points(
                name,
                role,
                List.copyOf(x),
                y.stream().map(Estimate::lower).toList(),
                y.stream().map(Estimate::value).toList(),
                y.stream().map(Estimate::upper).toList());
    }
}
