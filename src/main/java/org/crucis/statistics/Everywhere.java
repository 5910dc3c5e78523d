package org.crucis.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.crucis.claim.Estimate;
import org.crucis.claim.Figure;
import org.crucis.claim.Interval;
import org.crucis.claim.Numbers;
import org.crucis.claim.Observations;
import org.crucis.claim.Unjudgeable;

/**
 * An inequality that theory asserts without chance, judged in every single trial, with an allowance for rounding only. The
 * estimate is the worst trial; it has no interval, for there is nothing to average.
 */
public final class Everywhere implements Rule {

    /** Rounding that double precision may add up in an ordinary computation, relative to the bound. */
    private static final double ROUNDING = 1e-9;

    private final String measure;
    private final Interval region;

    private Everywhere(String measure, Interval region) {
        this.measure = measure;
        this.region = region;
    }

    /** What is bounded. */
    public record Measured(String measure) {
        public Everywhere atMost(double bound) {
            return new Everywhere(measure, Interval.atMost(bound + ROUNDING * Math.abs(bound)));
        }

        public Everywhere atLeast(double bound) {
            return new Everywhere(measure, Interval.atLeast(bound - ROUNDING * Math.abs(bound)));
        }
    }

    @Override
    public String sentence() {
        return measure + " " + region + " in every trial";
    }

    @Override
    public Interval region() {
        return region;
    }

    @Override
    public String unit() {
        return bounded() ? "largest value" : "smallest value";
    }

    private boolean bounded() {
        return Double.isInfinite(region.lower());
    }

    @Override
    public Set<String> reads() {
        return Set.of(measure);
    }

    @Override
    public Estimate estimate(Observations observations, double confidence) {
        return Estimate.exactly(worst(observations));
    }

    private double worst(Observations observations) {
        if (observations.isEmpty()) {
            throw new Unjudgeable("no observations of '" + measure + "'");
        }
        var values = Arrays.stream(observations.values(measure));
        return (bounded() ? values.max() : values.min()).orElseThrow();
    }

    /**
     * All values are moved together until the worst one breaks the bound by a tenth: of the bound or, where that is small
     * against what was measured, of the largest value, lest the sum be rounded back onto the bound.
     */
    @Override
    public Observations tilted(Observations observations) {
        double edge = bounded() ? region.upper() : region.lower();
        double worst = worst(observations);
        double scale =
                Arrays.stream(observations.values(measure)).map(Math::abs).reduce(Math.abs(edge), Math::max);
        double beyond = 0.1 * (scale == 0 ? 1 : scale) * (bounded() ? 1 : -1);
        double shift = edge + beyond - worst;
        return observations.with(measure, row -> row.value(measure) + shift);
    }

    @Override
    public String remark(Observations observations) {
        return "(worst of " + Numbers.show(observations.rows().size()) + " values)";
    }

    @Override
    public List<Figure> figures(List<Arm> arms) {
        return Worst.figures(measure, region, arms);
    }
}
