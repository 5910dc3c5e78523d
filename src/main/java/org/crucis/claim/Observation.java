package org.crucis.claim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers that one trial measured at one point.
 *
 * @param block the data draw and seed that is carried through every size of the sweep
 * @param values measure name to value
 */
public record Observation(Point point, int block, Map<String, Double> values) {

    public Observation {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** @throws Unjudgeable when the trial did not measure this, or what it measured is not finite */
    public double value(String measure) {
        Double value = values.get(measure);
        if (value == null) {
            throw new Unjudgeable("no trial measured '" + measure + "'; measured were " + values.keySet());
        }
        if (!Double.isFinite(value)) {
            throw new Unjudgeable("'" + measure + "' is " + Numbers.show(value) + " at " + point + ", block " + block);
        }
        return value;
    }
}
