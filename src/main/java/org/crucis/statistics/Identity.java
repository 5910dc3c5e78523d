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

/** An identity, judged by the decimal digits that hold in every single trial. */
public final class Identity implements Rule {

    /** Digits of a double; an error of zero counts as this many. */
    private static final double ALL_DIGITS = 16;

    private final String error;
    private final double digits;

    private Identity(String error, double digits) {
        if (!(digits > 0 && digits < ALL_DIGITS)) {
            throw new IllegalArgumentException("digits must lie between 0 and 16, got " + digits);
        }
        this.error = error;
        this.digits = digits;
    }

    /** A relative error; its sign does not matter. */
    public record Measured(String relativeError) {
        public Identity toDigits(double digits) {
            return new Identity(relativeError, digits);
        }
    }

    @Override
    public String sentence() {
        return error + " vanishes to " + Numbers.show(digits) + " digits in every trial";
    }

    @Override
    public Interval region() {
        return Interval.atLeast(digits);
    }

    @Override
    public String unit() {
        return "digits";
    }

    @Override
    public Set<String> reads() {
        return Set.of(error);
    }

    @Override
    public Estimate estimate(Observations observations, double confidence) {
        double worst = Arrays.stream(observations.values(error))
                .map(Math::abs)
                .max()
                .orElseThrow(() -> new Unjudgeable("no observations of '" + error + "'"));
        return Estimate.exactly(worst == 0 ? ALL_DIGITS : Math.min(ALL_DIGITS, -Math.log10(worst)));
    }

    /** Adds an error of one digit less than is asked for. */
    @Override
    public Observations tilted(Observations observations) {
        double planted = Math.pow(10, 1 - digits);
        return observations.with(error, row -> Math.abs(row.value(error)) + planted);
    }

    @Override
    public String remark(Observations observations) {
        return "(worst of " + Numbers.show(observations.rows().size()) + " values)";
    }

    @Override
    public List<Figure> figures(List<Arm> arms) {
        List<Arm> sized = arms.stream()
                .map(arm -> new Arm(
                        arm.name(),
                        arm.role(),
                        arm.observations()
                                .with(
                                        error,
                                        row -> Math.min(
                                                ALL_DIGITS,
                                                -Math.log10(Math.max(Math.abs(row.value(error)), 1e-300))))))
                .toList();
        return Worst.figures(error, region(), sized).stream()
                .map(figure -> (Figure) relabelled((Figure.Chart) figure))
                .toList();
    }

    private Figure.Chart relabelled(Figure.Chart chart) {
        return new Figure.Chart(
                "Digits of: " + error,
                "Digits that hold, every trial a point; the line is what the prediction asks for.",
                chart.x(),
                new Figure.Axis("digits", Figure.Scale.LINEAR),
                chart.layers());
    }
}
