package org.crucis.routes;

import java.util.function.Supplier;
import org.crucis.severity.Routes;
import org.ejml.simple.SimpleMatrix;

/**
 * An instrument and a second route to its numbers:
 *
 * <pre>{@code
 * Comparison.of("kernel", "tangent kernel").by("raw products").and("per-example gradients")
 *     .on("width 64, depth 1, 8 inputs", () -> Both.of(kernel, other)).toDigits(12)
 * }</pre>
 */
final class Comparison {

    /** Rounding alone leaves more than these; whoever asks for fewer says why. */
    private static final double ROUNDING = 10;

    private final Names names;
    private final String setting;
    private final Supplier<Both> measure;
    private final double required;
    private final String reason;

    private Comparison(Names names, String setting, Supplier<Both> measure, double required, String reason) {
        this.names = names;
        this.setting = setting;
        this.measure = measure;
        this.required = required;
        this.reason = reason;
    }

    /** The same numbers by both routes. */
    record Both(double[] first, double[] second) {

        static Both of(double first, double second) {
            return new Both(new double[] {first}, new double[] {second});
        }

        static Both of(SimpleMatrix first, SimpleMatrix second) {
            return new Both(first.getDDRM().getData(), second.getDDRM().getData());
        }
    }

    /** What is compared, about to be measured. */
    record Names(String room, String instrument, String first, String second) {

        Names by(String route) {
            return new Names(room, instrument, route, second);
        }

        Names and(String route) {
            return new Names(room, instrument, first, route);
        }

        Measured on(String setting, Supplier<Both> measure) {
            return new Measured(this, setting, measure);
        }
    }

    /** What is measured, about to be judged. */
    record Measured(Names names, String setting, Supplier<Both> measure) {

        Comparison toDigits(int required) {
            if (required < ROUNDING) {
                throw new IllegalArgumentException("The comparison of " + names.instrument() + " asks for " + required
                        + " digits, but below " + ROUNDING + " it has to say why; give a reason.");
            }
            return new Comparison(names, setting, measure, required, "");
        }

        Comparison toDigits(double required, String reason) {
            return new Comparison(names, setting, measure, required, reason);
        }
    }

    static Names of(String room, String instrument) {
        return new Names(room, instrument, "", "");
    }

    /** Goes both ways. A route that throws agrees with nothing. */
    Routes.Row run() {
        double digits = 0;
        String problem = "";
        try {
            Both both = measure.get();
            digits = Digits.of(both.first(), both.second());
        } catch (RuntimeException e) {
            problem = String.valueOf(e.getMessage());
        }
        return new Routes.Row(
                names.room(),
                names.instrument(),
                names.first(),
                names.second(),
                setting,
                digits,
                required,
                reason,
                problem,
                digits >= required ? Routes.Verdict.AGREE : Routes.Verdict.DISAGREE);
    }
}
