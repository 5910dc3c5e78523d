package org.crucis.junit.samples;

import java.util.List;
import java.util.Set;
import org.crucis.claim.Criterion;
import org.crucis.claim.Estimate;
import org.crucis.claim.Figure;
import org.crucis.claim.Interval;
import org.crucis.claim.Observations;

/** A criterion that accepts 0 and its own planted deviation: the mistake that the planted deviation is there to find. */
final class AcceptsEverything implements Criterion {

    @Override
    public String sentence() {
        return "value below 5";
    }

    @Override
    public Interval region() {
        return Interval.atMost(5);
    }

    @Override
    public String unit() {
        return "value";
    }

    @Override
    public Set<String> reads() {
        return Set.of("value");
    }

    @Override
    public Estimate estimate(Observations observations, double confidence) {
        return Estimate.exactly(observations.values("value")[0]);
    }

    @Override
    public Observations tilted(Observations observations) {
        return observations;
    }

    @Override
    public List<Figure> figures(List<Arm> arms) {
        return List.of();
    }
}
