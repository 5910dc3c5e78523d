package org.crucis.statistics;

/**
 * The levels at which everything is decided. Three looks are taken, after S, 2S and 4S blocks, and each spends a third of
 * the level, so that the three together keep it (Bonferroni).
 *
 * <ul>
 *   <li>SUPPORTED: the 99 % interval lies inside the region; a third of it is 99.7 % at each look.
 *   <li>REFUTED: wholly outside at one-sided 1e-3, and again on independent blocks at one-sided 1e-3.
 *   <li>A control fires when it comes out wholly outside at one-sided 1e-3.
 * </ul>
 */
public final class Levels {

    public static final int LOOKS = 3;

    /** Fewest blocks for an interval over them: with fewer, one unusual block decides, and the tails are far from normal. */
    public static final int FEWEST_BLOCKS = 12;

    /** What an interval may miss the truth with, on both sides and over all looks. */
    static final double MISSED = 0.01;

    /** Two-sided confidence at which an interval has to lie inside the region. */
    public static final double SUPPORT = 1 - MISSED / LOOKS;

    /** What a stage may be wrong with, on one side and over all looks. */
    static final double ONE_SIDED = 1e-3;

    /** Two-sided confidence at which a look has to exclude the region; half of the rest lies on the wrong side. */
    public static final double EXCLUDE = 1 - 2 * ONE_SIDED / LOOKS;

    /** Two-sided confidence of the second stage, which is looked at once. */
    public static final double CONFIRM = 1 - 2 * ONE_SIDED;

    /**
     * Probability bound that a true prediction at the edge of its region is REFUTED: both stages err.
     *
     * <p>Clopper and Pearson keep it always, Student where the statistic of a block is about normal. Where it is skewed, the
     * side of the long tail does not: at 12 blocks a stage errs with 0.002 for a lognormal quantity of log-deviation 0.3,
     * 0.013 for an exponential one, 0.03 for a squared normal one (measured; promised is a third of 1e-3), and over three
     * looks, or in the second stage, with 0.005, 0.02 and 0.05; {@link Simulation} measures it. Take a geometric mean, or
     * average several networks inside a trial.
     */
    public static final double FALSE_ALARM = ONE_SIDED * ONE_SIDED;

    /**
     * Two-sided confidence at which the scatter of an estimate is reckoned for the deviation that both stages find with a
     * chance of {@link #FOUND}. By the non-central t distribution they then find the mean of normal blocks with 0.935 at 12
     * blocks and 0.960 at 48. Two times 95 % for the two stages, which is 0.9 here, would give 0.885 at 12: few blocks do not
     * know their own deviation well.
     */
    public static final double SCATTER = 0.95;

    /** Chance that both stages find what a finding calls detectable, or more; what was measured is in the calibration. */
    static final double FOUND = 0.9;

    /**
     * Two-sided confidence at which a planted deviation is put outside: so far that a criterion that shares its level among
     * a thousand points and members of a family still has to reject it.
     */
    static final double PLANTED = 1 - (1 - EXCLUDE) / 1000;

    private Levels() {}
}
