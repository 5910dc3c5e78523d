package org.crucis.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.crucis.claim.Evidence;
import org.crucis.claim.Interval;

/**
 * What a finding says of an exponent: {@code measure ~ size^s}, with what theory says of s.
 *
 * <p>It is read from the criterion's sentence. That sentence is part of the plan and of its digest, so its form is as lasting as
 * a schema, and evidence of any age has it.
 *
 * @param measure what scales, for instance "drift"
 * @param column the measure that was observed; another name than {@code measure} where a mean over pairs is judged
 * @param size in which, for instance "width"
 * @param theory the number, or the side on which it has to lie
 * @param margin how far from it is still accepted
 */
record ScalingLaw(String measure, String column, String size, Interval theory, double margin) {

    private static final String NUMBER = "(-?[0-9][0-9.e-]*)";

    // The measure may hold an "in" of its own ("flips in units"), the size does not.
    private static final Pattern SENTENCE = Pattern.compile("exponent of (.+) in (.+?) (?:equal to " + NUMBER
            + "|at most " + NUMBER + "|at least " + NUMBER + "|\\[" + NUMBER + ", " + NUMBER + "]) \\(margin " + NUMBER
            + "[,)].*");

    private static final Pattern PAIRS = Pattern.compile("mean (.+) between .+ and .+");

    /** Empty when the finding is not about an exponent. */
    static Optional<ScalingLaw> of(Evidence.Entry entry) {
        Matcher sentence = SENTENCE.matcher(entry.criterion());
        if (!sentence.matches()) {
            return Optional.empty();
        }
        String measure = sentence.group(1);
        Matcher pairs = PAIRS.matcher(measure);
        return Optional.of(new ScalingLaw(
                pairs.matches() ? "mean " + pairs.group(1) : measure,
                pairs.matches() ? pairs.group(1) : measure,
                sentence.group(2),
                theory(sentence),
                Double.parseDouble(sentence.group(8))));
    }

    private static Interval theory(Matcher sentence) {
        if (sentence.group(3) != null) {
            return Interval.around(Double.parseDouble(sentence.group(3)), 0);
        }
        if (sentence.group(4) != null) {
            return Interval.atMost(Double.parseDouble(sentence.group(4)));
        }
        if (sentence.group(5) != null) {
            return Interval.atLeast(Double.parseDouble(sentence.group(5)));
        }
        return new Interval(Double.parseDouble(sentence.group(6)), Double.parseDouble(sentence.group(7)));
    }

    /** How theory bounds an exponent. */
    enum Side {
        BOTH,
        AT_MOST,
        AT_LEAST
    }

    Side side() {
        return Double.isInfinite(theory.lower())
                ? Side.AT_MOST
                : Double.isInfinite(theory.upper()) ? Side.AT_LEAST : Side.BOTH;
    }

    /** Theory's number: what it says, or where its bound lies; the middle where it gives a range. */
    double number() {
        return switch (side()) {
            case BOTH -> (theory.lower() + theory.upper()) / 2;
            case AT_MOST -> theory.upper();
            case AT_LEAST -> theory.lower();
        };
    }

    /** For instance "at most −1/2". */
    String claimed() {
        return switch (side()) {
            case BOTH ->
                theory.lower() == theory.upper()
                        ? Fractions.show(theory.lower())
                        : Fractions.show(theory.lower()) + " to " + Fractions.show(theory.upper());
            case AT_MOST -> "at most " + Fractions.show(theory.upper());
            case AT_LEAST -> "at least " + Fractions.show(theory.lower());
        };
    }
}
