package org.crucis.faults;

import static org.crucis.lab.Requirement.measured;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Criteria.successRate;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.crucis.claim.Basis;
import org.crucis.claim.Interval;
import org.crucis.claim.Verdict;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;

/**
 * A claim about numbers that are made up, so that the verdict of each prediction is known and lies close to another one: what
 * changes how verdicts are reached changes one of these. Numbers are +1 and -1 by turns about a centre: their mean is the
 * centre in every even number of blocks, and their standard error is known.
 */
@Claim(title = "Verdicts are what they should be", source = "made up", basis = Basis.DERIVED, statement = "x = x")
final class Sentinels {

    /** Blocks of the second stage are numbered from here. */
    private static final int SECOND_STAGE = 1_000_000;

    /** What a sound checker says. */
    static final Map<String, Verdict> EXPECTED = Map.ofEntries(
            Map.entry("holds", Verdict.SUPPORTED),
            Map.entry("holdsWithMoreBlocks", Verdict.SUPPORTED),
            Map.entry("staysTooWide", Verdict.INCONCLUSIVE),
            Map.entry("failsAbove", Verdict.REFUTED),
            Map.entry("failsBelow", Verdict.REFUTED),
            Map.entry("failsByHalfItsMargin", Verdict.REFUTED),
            Map.entry("failsAtFirst", Verdict.INCONCLUSIVE),
            Map.entry("failsInOneMember", Verdict.REFUTED),
            Map.entry("controlHoldsToo", Verdict.VOID),
            Map.entry("notTrained", Verdict.VOID),
            Map.entry("throwsOnce", Verdict.VOID),
            Map.entry("doesNotApply", Verdict.NOT_APPLICABLE),
            Map.entry("rateIsHigh", Verdict.SUPPORTED),
            Map.entry("rateIsUncertain", Verdict.INCONCLUSIVE),
            Map.entry("fallsAsItShould", Verdict.SUPPORTED),
            Map.entry("fallsTooSlowly", Verdict.REFUTED));

    enum Member {
        FIRST,
        SECOND
    }

    private static final Sweep ONE = Sweep.onePoint().blocks(12);
    private static final Sweep FAMILY =
            Sweep.onePoint().and("member", (Object[]) Member.values()).blocks(12);
    private static final Sweep WIDTHS =
            Sweep.over("width", List.of(16, 32, 64, 128, 256, 512)).blocks(12);

    static final Experiment CENTRED = of(ONE, trial -> byTurns(trial));
    static final Experiment FAR_ABOVE = of(ONE, trial -> 10 + byTurns(trial));
    static final Experiment FAR_BELOW = of(ONE, trial -> -10 + byTurns(trial));
    static final Experiment JUST_OUTSIDE = of(ONE, trial -> 1.5 + 0.01 * byTurns(trial));
    static final Experiment FAR_AT_FIRST = of(ONE, trial -> (trial.block() < SECOND_STAGE ? 10 : 0) + byTurns(trial));
    static final Experiment FAR_IN_ONE_MEMBER =
            of(FAMILY, trial -> (trial.choice("member", Member.class) == Member.SECOND ? 10 : 0) + byTurns(trial));
    static final Experiment NOT_TRAINED =
            of(ONE, trial -> byTurns(trial)).validWhen(measured("y").atMost(0));
    static final Experiment THROWS_ONCE = of(ONE, trial -> {
        if (trial.block() == 7) {
            throw new IllegalStateException("the seventh");
        }
        return byTurns(trial);
    });
    static final Experiment NOT_APPLICABLE =
            of(ONE, trial -> byTurns(trial)).assuming("gap", trial -> 0, Interval.atLeast(1));
    static final Experiment SUCCEEDS = of(Sweep.onePoint().blocks(24), trial -> 1);
    static final Experiment MOSTLY_SUCCEEDS = of(Sweep.onePoint().blocks(12), trial -> trial.block() % 12 == 0 ? 0 : 1);
    static final Experiment FAILS = of(Sweep.onePoint().blocks(24), trial -> 0);
    static final Experiment INVERSE = of(WIDTHS, trial -> law(trial, -1));
    static final Experiment INVERSE_ROOT = of(WIDTHS, trial -> law(trial, -0.5));
    static final Experiment CONSTANT = of(WIDTHS, trial -> law(trial, 0));

    @Prediction("The mean is 0")
    void holds(Lab lab) {
        lab.expect(mean("y").equalTo(0).within(2)).in(CENTRED).butNotIn(FAR_ABOVE);
    }

    /** Student's interval is 0.684 to either side of 24 blocks and 0.451 of 48. */
    @Prediction("The mean is 0, to 0.6")
    void holdsWithMoreBlocks(Lab lab) {
        lab.expect(mean("y").equalTo(0).within(0.6)).in(CENTRED).butNotIn(FAR_ABOVE);
    }

    /** Student's interval is 0.451 to either side of 48 blocks, the normal one 0.428. */
    @Prediction("The mean is 0, to 0.44")
    void staysTooWide(Lab lab) {
        lab.expect(mean("y").equalTo(0).within(0.44)).in(CENTRED).butNotIn(FAR_ABOVE);
    }

    @Prediction("The mean is 0, where it is 10")
    void failsAbove(Lab lab) {
        lab.expect(mean("y").equalTo(0).within(2)).in(FAR_ABOVE).butNotIn(FAR_BELOW);
    }

    @Prediction("The mean is 0, where it is -10")
    void failsBelow(Lab lab) {
        lab.expect(mean("y").equalTo(0).within(2)).in(FAR_BELOW).butNotIn(FAR_ABOVE);
    }

    @Prediction("The mean is 0, to 1, where it is 1.5")
    void failsByHalfItsMargin(Lab lab) {
        lab.expect(mean("y").equalTo(0).within(1)).in(JUST_OUTSIDE).butNotIn(FAR_ABOVE);
    }

    @Prediction("The mean is 0, where it is so on fresh blocks only")
    void failsAtFirst(Lab lab) {
        lab.expect(mean("y").equalTo(0).within(2)).in(FAR_AT_FIRST).butNotIn(FAR_ABOVE);
    }

    @Prediction("The mean is 0, where it is 10 for one of two")
    void failsInOneMember(Lab lab) {
        lab.expect(mean("y").equalTo(0).within(2).per("member"))
                .in(FAR_IN_ONE_MEMBER)
                .butNotIn(FAR_ABOVE);
    }

    @Prediction("The mean is 0, and so it is in the control")
    void controlHoldsToo(Lab lab) {
        lab.expect(mean("y").equalTo(0).within(20)).in(CENTRED).butNotIn(FAR_ABOVE);
    }

    @Prediction("The mean is 0, of what means nothing")
    void notTrained(Lab lab) {
        lab.expect(mean("y").equalTo(0).within(2)).in(NOT_TRAINED).butNotIn(FAR_ABOVE);
    }

    @Prediction("The mean is 0, of what breaks once")
    void throwsOnce(Lab lab) {
        lab.expect(mean("y").equalTo(0).within(2)).in(THROWS_ONCE).butNotIn(FAR_ABOVE);
    }

    @Prediction("The mean is 0, under a hypothesis that fails")
    void doesNotApply(Lab lab) {
        lab.expect(mean("y").equalTo(0).within(2)).in(NOT_APPLICABLE).butNotIn(FAR_ABOVE);
    }

    @Prediction("Success is likely")
    void rateIsHigh(Lab lab) {
        lab.expect(successRate("y").atLeast(0.7)).in(SUCCEEDS).butNotIn(FAILS);
    }

    /** 44 of 48 succeed, the exact interval begins at 0.74. */
    @Prediction("Success is likely, as it seems to be")
    void rateIsUncertain(Lab lab) {
        lab.expect(successRate("y").atLeast(0.85)).in(MOSTLY_SUCCEEDS).butNotIn(FAILS);
    }

    @Prediction("It falls like the inverse of the width")
    void fallsAsItShould(Lab lab) {
        lab.expect(exponent("y", "width").equalTo(-1).margin(0.1)).in(INVERSE).butNotIn(INVERSE_ROOT);
    }

    @Prediction("It falls like the inverse of the width, where its root is what counts")
    void fallsTooSlowly(Lab lab) {
        lab.expect(exponent("y", "width").equalTo(-1).margin(0.1))
                .in(INVERSE_ROOT)
                .butNotIn(CONSTANT);
    }

    private static double byTurns(Trial trial) {
        return trial.block() % 2 == 0 ? 1 : -1;
    }

    /** The turns of successive widths differ, so that slopes have an error. */
    private static double law(Trial trial, double exponent) {
        int width = trial.size("width");
        double turn = byTurns(trial) * (Integer.numberOfTrailingZeros(width) % 2 == 0 ? 1 : -1);
        return Math.pow(width, exponent) * (1 + 0.01 * turn);
    }

    private static Experiment of(Sweep sweep, ToDoubleFunction<Trial> y) {
        return Experiment.over(sweep).measuring(trial -> Measurements.of("y", y.applyAsDouble(trial)));
    }
}
