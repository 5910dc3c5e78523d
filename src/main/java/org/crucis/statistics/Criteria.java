package org.crucis.statistics;

/**
 * Where criteria start; each reads as a sentence:
 *
 * <pre>{@code
 * exponent("drift", "width").atMost(-0.5).margin(0.1)
 * exponent("drift", "width").equalTo(-1).margin(0.2)
 * pairs("distance").between("run", "other run").exponentIn("width").equalTo(-1).margin(0.15)
 * minimalSize("minimal width").exponentIn("inputs").atMost(2).margin(0.2).adjustedFor("1/lambda_0")
 * mean("kernel ratio").equalTo(1).within(0.02).plus(5, "width")
 * agreement("measured mean", "predicted mean").within(0.02)
 * successRate("converged").atLeast(0.8)
 * everywhere("loss over its bound").atMost(1)
 * identity("relative error").toDigits(12)
 * }</pre>
 */
public final class Criteria {

    private Criteria() {}

    /** The exponent s of {@code measure ~ size^s}; see {@link Exponent}. */
    public static Exponent.Measured exponent(String measure, String size) {
        return new Exponent.Measured(measure, size);
    }

    /** What is measured between two of several independent runs, for all pairs of them; see {@link PairExponent}. */
    public static PairExponent.Measured pairs(String measure) {
        return new PairExponent.Measured(measure);
    }

    /** A smallest size for which something succeeds, known by brackets; see {@link Threshold}. */
    public static Threshold.Measured minimalSize(String measure) {
        return new Threshold.Measured(measure);
    }

    /** The mean over blocks, at every point; see {@link Mean}. */
    public static Mean.Measured mean(String measure) {
        return new Mean.Measured(measure, Mean.Kind.MEAN);
    }

    /** The geometric mean over blocks of a positive quantity, at every point. */
    public static Mean.Measured geometricMean(String measure) {
        return new Mean.Measured(measure, Mean.Kind.GEOMETRIC);
    }

    /** Equivalence of a measured number with its closed form, both measured by the trial: their difference. */
    public static Mean.Compared agreement(String measured, String theory) {
        return new Mean.Compared(measured, theory, Mean.Kind.DIFFERENCE);
    }

    /** Equivalence of a measured number with its closed form, as their ratio minus one. */
    public static Mean.Compared relativeAgreement(String measured, String theory) {
        return new Mean.Compared(measured, theory, Mean.Kind.RELATIVE);
    }

    /** The probability that a trial succeeds; the measure is 1 for success and 0 for failure. */
    public static SuccessRate.Measured successRate(String measure) {
        return new SuccessRate.Measured(measure);
    }

    /** An inequality without chance, judged in every single trial. */
    public static Everywhere.Measured everywhere(String measure) {
        return new Everywhere.Measured(measure);
    }

    /** An identity, judged by the digits that hold in every single trial; the measure is a relative error. */
    public static Identity.Measured identity(String relativeError) {
        return new Identity.Measured(relativeError);
    }
}
