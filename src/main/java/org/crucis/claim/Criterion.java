package org.crucis.claim;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A decision rule as a value: it gives an interval at any confidence level, and has a region. Which level asks for what
 * is not its business; the lab decides that, in the same way for every criterion.
 */
public interface Criterion {

    /** What has to hold, for instance "exponent of drift in width at most -0.5 (margin 0.1)"; part of the plan. */
    String sentence();

    /** Where the estimate has to lie, margin included. */
    Interval region();

    /** What the estimate counts: "exponent", "rate", "ratio", "digits". */
    String unit();

    /** The measures that this criterion reads; evidence keeps these. */
    Set<String> reads();

    /**
     * The estimate with its two-sided interval.
     *
     * @param confidence in (0, 1)
     * @throws Unjudgeable when the observations allow no estimate
     */
    Estimate estimate(Observations observations, double confidence);

    /** Whether the observations place the truth inside the region at this two-sided confidence. */
    default boolean inside(Observations observations, double confidence) {
        return region().encloses(estimate(observations, confidence).interval());
    }

    /** Whether the observations place the truth wholly outside the region at this two-sided confidence. */
    default boolean outside(Observations observations, double confidence) {
        return region().misses(estimate(observations, confidence).interval());
    }

    /**
     * Whether a control fires: whether every part of it that is judged by itself, such as each member of a family, lies
     * wholly outside. One part that is rejected does not excuse another that is accepted.
     */
    default boolean rejects(Observations control, double confidence) {
        return outside(control, confidence);
    }

    /** Whether a control is silent: whether any part of it that is judged by itself is accepted. */
    default boolean accepts(Observations control, double confidence) {
        return inside(control, confidence);
    }

    /**
     * The smallest deviation past the edge of the region, in the unit of the estimate, that blocks like these would find:
     * so far that even the end of the interval at {@code look} that faces the region lies outside, wherever within its
     * interval at {@code scatter} the estimate falls. The larger of those past a lower and past an upper edge; where a
     * criterion judges several parts, the one that is hardest to see. Zero where there is no interval: every violation that
     * is seen counts.
     *
     * @param look two-sided confidence at which the region has to be excluded
     * @param scatter two-sided confidence; half of the rest is the chance that the estimate falls short
     * @return infinite where no deviation is found so surely
     * @throws Unjudgeable when the observations allow no estimate
     */
    default double detectable(Observations observations, double look, double scatter) {
        Estimate judged = estimate(observations, look);
        Estimate scattered = estimate(observations, scatter);
        double below = judged.upper() - judged.value() + scattered.value() - scattered.lower();
        double above = judged.value() - judged.lower() + scattered.upper() - scattered.value();
        return region().farther(below, above);
    }

    /**
     * The planted deviation: the same observations, tilted so that the estimate lies clearly past the margin. A criterion
     * that accepts them cannot fail.
     */
    Observations tilted(Observations observations);

    /**
     * The same criterion with another margin or tolerance.
     *
     * @return empty where it has none
     * @throws IllegalArgumentException for a margin that it cannot have
     */
    default Optional<Criterion> withMargin(double margin) {
        return Optional.empty();
    }

    /** A remark for the finding's sentence, such as the range of sizes that the interval speaks of; may be empty. */
    default String remark(Observations observations) {
        return "";
    }

    /** Pictures of what was judged: the prediction's arm first, its controls beside it. */
    List<Figure> figures(List<Arm> arms);

    /**
     * The observations of one setting in a figure.
     *
     * @param name the experiment's name
     */
    record Arm(String name, Role role, Observations observations) {}

    /** What a setting is in the comparison. */
    enum Role {
        PREDICTION,
        CONTROL
    }
}
