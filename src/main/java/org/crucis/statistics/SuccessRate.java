package org.crucis.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.crucis.claim.Estimate;
import org.crucis.claim.Figure;
import org.crucis.claim.Interval;
import org.crucis.claim.Numbers;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Unjudgeable;

/**
 * The probability that a trial succeeds, with the exact interval of Clopper and Pearson, at every point of the sweep.
 *
 * <p>Three looks share the level. A confidence sequence (Robbins' beta mixture), which holds at every look, is longer at the
 * few looks that are taken. Mean lengths at 99 % for a rate of 0.8 after S, 2S and 4S blocks:
 *
 * <table>
 * <caption>three intervals at a third of the level, and the sequence with a uniform mixture</caption>
 * <tr><th>S</th><th>three intervals</th><th>sequence</th></tr>
 * <tr><td>12</td><td>0.624, 0.468, 0.341</td><td>0.653, 0.514, 0.392</td></tr>
 * <tr><td>24</td><td>0.468, 0.341, 0.243</td><td>0.514, 0.392, 0.293</td></tr>
 * <tr><td>64</td><td>0.297, 0.211, 0.149</td><td>0.348, 0.258, 0.189</td></tr>
 * </table>
 */
public final class SuccessRate implements Rule {

    private final String measure;
    private final Interval region;

    private SuccessRate(String measure, Interval region) {
        if (!(region.lower() >= 0 && region.upper() <= 1)) {
            throw new IllegalArgumentException("a rate lies between 0 and 1, got " + region);
        }
        this.measure = measure;
        this.region = region;
    }

    /** Success is 1, failure 0. */
    public record Measured(String measure) {
        public SuccessRate atLeast(double rate) {
            return new SuccessRate(measure, new Interval(rate, 1));
        }

        public SuccessRate atMost(double rate) {
            return new SuccessRate(measure, new Interval(0, rate));
        }
    }

    @Override
    public String sentence() {
        return "rate of '" + measure + "' in " + region;
    }

    @Override
    public Interval region() {
        return region;
    }

    @Override
    public String unit() {
        return "rate";
    }

    @Override
    public Set<String> reads() {
        return Set.of(measure);
    }

    private Estimate at(Observations there, double confidence) {
        if (there.blocks().size() < there.rows().size()) {
            throw new Unjudgeable("several values of '" + measure + "' in one block at "
                    + there.rows().get(0).point() + ": they are not independent; give each its own place on an axis");
        }
        int successes = 0;
        for (Observation row : there.rows()) {
            double value = row.value(measure);
            if (value != 0 && value != 1) {
                throw new Unjudgeable("'" + measure + "' is " + Numbers.show(value) + " at " + row.point() + ", block "
                        + row.block() + "; success is 1 and failure 0");
            }
            successes += (int) value;
        }
        return clopperPearson(successes, there.rows().size(), confidence);
    }

    private List<Estimate> everywhere(Observations observations, double confidence) {
        if (observations.isEmpty()) {
            throw new Unjudgeable("no observations of '" + measure + "'");
        }
        return observations.points().stream()
                .map(point -> at(observations.at(point), confidence))
                .toList();
    }

    @Override
    public Estimate estimate(Observations observations, double confidence) {
        return everywhere(observations, confidence).stream()
                .reduce((one, other) -> overshoot(one) >= overshoot(other) ? one : other)
                .orElseThrow();
    }

    private double overshoot(Estimate estimate) {
        return region.overshoot(estimate.interval());
    }

    @Override
    public boolean outside(Observations observations, double confidence) {
        double shared = 1 - (1 - confidence) / observations.points().size();
        return everywhere(observations, shared).stream().anyMatch(each -> region.misses(each.interval()));
    }

    /**
     * By the exact law: the count of successes that is just outside is reached, from the deviating rate, but for the chance
     * that {@code scatter} leaves on one side.
     */
    @Override
    public double detectable(Observations observations, double look, double scatter) {
        if (observations.isEmpty()) {
            throw new Unjudgeable("no observations of '" + measure + "'");
        }
        double shared = 1 - (1 - look) / observations.points().size();
        return observations.points().stream()
                .mapToDouble(point -> detectable(observations.at(point).rows().size(), shared, scatter))
                .max()
                .orElseThrow();
    }

    private double detectable(int trials, double look, double scatter) {
        // Both sides as an upper bound on a rate: of successes, or of failures.
        double edge = region.lower() == 0 ? region.upper() : 1 - region.lower();
        for (int count = 1; count <= trials; count++) {
            if (clopperPearson(count, trials, look).lower() > edge) {
                return clopperPearson(count - 1, trials, scatter).upper() - edge;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    static Estimate clopperPearson(int successes, int trials, double confidence) {
        var interval = BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(trials, successes, 1 - confidence);
        return new Estimate(interval.getLowerBound(), (double) successes / trials, interval.getUpperBound());
    }

    /**
     * Every trial fails where success was asked for, and succeeds where failure was: with few blocks anything less could
     * still agree with a low bound.
     */
    @Override
    public Observations tilted(Observations observations) {
        double opposite = region.upper() == 1 ? 0 : 1;
        return observations.with(measure, row -> opposite);
    }

    @Override
    public List<Figure> figures(List<Arm> arms) {
        List<Figure.Layer> layers = new ArrayList<>();
        int most = arms.stream()
                .mapToInt(arm -> arm.observations().points().size())
                .max()
                .orElse(1);
        List<Double> span = List.of(0.5, most + 0.5);
        layers.add(new Figure.Band(
                "accepted",
                Figure.Role.REGION,
                span,
                List.of(region.lower(), region.lower()),
                List.of(region.upper(), region.upper())));
        for (Arm arm : arms) {
            List<Double> x = new ArrayList<>();
            for (int index = 1; index <= arm.observations().points().size(); index++) {
                x.add((double) index);
            }
            layers.add(Drawn.points(
                    arm.name(),
                    arm.role() == Role.PREDICTION ? Figure.Role.MEASURED : Figure.Role.CONTROL,
                    x,
                    everywhere(arm.observations(), Levels.SUPPORT)));
        }
        return List.of(new Figure.Chart(
                "Rate of: " + measure,
                "Successes over trials with exact 99.7 % intervals, point by point of the sweep; the shaded area is what the"
                        + " prediction accepts.",
                new Figure.Axis("point of the sweep", Figure.Scale.LINEAR),
                new Figure.Axis("rate", Figure.Scale.LINEAR),
                layers));
    }
}
