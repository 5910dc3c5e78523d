package org.crucis.statistics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Estimate;
import org.crucis.claim.Figure;
import org.crucis.claim.Numbers;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;
import org.crucis.claim.Unjudgeable;

/** What criteria and sketches share where they draw. */
final class Drawn {

    /** An eye sees no more of a number, and evidence stays small. */
    private static final MathContext DIGITS = new MathContext(4);

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

    /** Four significant digits. */
    static double rounded(double value) {
        return Double.isFinite(value) ? new BigDecimal(value, DIGITS).doubleValue() : value;
    }

    /**
     * The part for each value of an axis; all under the empty name when no axis is named.
     *
     * @throws Unjudgeable when there is nothing to draw
     * @throws IllegalArgumentException when there is no such axis
     */
    static Map<String, Observations> groups(Observations observations, String axis) {
        if (observations.isEmpty()) {
            throw new Unjudgeable("there are no observations to draw");
        }
        if (axis.isEmpty()) {
            return Map.of("", observations);
        }
        return observations.by(axis);
    }

    /** The logarithm of a measure that has to be positive. */
    static double log(Observation row, String measure) {
        double value = row.value(measure);
        if (!(value > 0)) {
            throw new Unjudgeable("'" + measure + "' is " + Numbers.show(value) + " at " + row.point() + ", block "
                    + row.block() + ": a geometric mean needs positive values");
        }
        return Math.log(value);
    }

    /** One more value with its role; the value as axes hold it. */
    static Map<String, Figure.Role> with(Map<String, Figure.Role> roles, Object value, Figure.Role role) {
        Map<String, Figure.Role> more = new LinkedHashMap<>(roles);
        more.put(Point.ORIGIN.with("value", value).label("value"), role);
        return more;
    }
}
