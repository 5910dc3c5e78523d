package org.crucis.junit.samples;

import static org.crucis.junit.samples.Formulas.ONE_POINT;
import static org.crucis.junit.samples.Formulas.alternating;
import static org.crucis.junit.samples.Formulas.constant;
import static org.crucis.junit.samples.Formulas.noisyPowerLaw;
import static org.crucis.junit.samples.Formulas.powerLaw;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.mean;

import org.crucis.claim.Basis;
import org.crucis.claim.Interval;
import org.crucis.claim.Tier;
import org.crucis.junit.Prediction;
import org.crucis.junit.RegisteredRefutation;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;

/** Samples that come to a conclusion, or would have with more blocks. */
public final class Conclusions {

    private Conclusions() {}

    @Sample
    public static class Supported {
        static final Experiment FAST = powerLaw(-1);
        static final Experiment SLOW = powerLaw(-0.25);

        @Prediction("The drift shrinks at least like width^(-1/2)")
        void shrinks(Lab lab) {
            lab.expect(exponent("drift", "width").atMost(-0.5).margin(0.125))
                    .in(FAST)
                    .butNotIn(SLOW);
        }
    }

    @Sample
    public static class Refuted {
        static final Experiment FAST = powerLaw(-0.5);
        static final Experiment SLOW = powerLaw(0);

        @Prediction("The drift is of order 1/width")
        void shrinks(Lab lab) {
            lab.expect(exponent("drift", "width").equalTo(-1).margin(0.125))
                    .in(FAST)
                    .butNotIn(SLOW);
        }
    }

    /** Blocks of the second stage are numbered from a million, and say the opposite of the first ones. */
    @Sample
    public static class RefutedOnceOnly {
        static final Experiment FICKLE = Experiment.over(ONE_POINT)
                .measuring(trial -> Measurements.of("value", trial.block() < 1_000_000 ? 1 : 0));
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(FICKLE).butNotIn(FAR);
        }
    }

    @Sample
    public static class RefutationThatStands {
        static final Experiment ONE = constant(1);
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        @RegisteredRefutation(date = "2026-02-01", reason = "It is 1 by definition", confirmedIn = Tier.FULL)
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ONE).butNotIn(FAR);
        }
    }

    @Sample
    public static class RefutationThatFell {
        static final Experiment ZERO = constant(0);
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        @RegisteredRefutation(date = "2026-02-01", reason = "It was 1 once", confirmedIn = Tier.FULL)
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ZERO).butNotIn(FAR);
        }
    }

    @Sample
    public static class Inconclusive {
        static final Experiment WIDE = alternating(0);
        static final Experiment FAR = alternating(9);

        @Prediction("The mean vanishes to a resolution that 48 blocks do not give")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.4)).in(WIDE).butNotIn(FAR);
        }
    }

    @Sample
    public static class SecondLook {
        static final Experiment WIDE = alternating(0);
        static final Experiment FAR = alternating(9);

        @Prediction("The mean vanishes to a resolution that takes 24 blocks")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.75)).in(WIDE).butNotIn(FAR);
        }
    }

    @Sample
    public static class ThirdLook {
        static final Experiment WIDE = alternating(0);
        static final Experiment FAR = alternating(9);

        @Prediction("The mean vanishes to a resolution that takes 48 blocks")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(WIDE).butNotIn(FAR);
        }
    }

    /** The prediction is decided at once; its control only after 24 blocks, which the prediction does not need. */
    @Sample
    public static class ControlThatTakesLonger {
        static final Experiment STILL = constant(0);
        static final Experiment WIDE = alternating(1.4);

        @Prediction("The mean vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(STILL).butNotIn(WIDE);
        }
    }

    @Sample
    public static class UndecidedControl {
        static final Experiment STILL = constant(0);
        static final Experiment ON_THE_EDGE = alternating(0.5);

        @Prediction("The mean vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(STILL).butNotIn(ON_THE_EDGE);
        }
    }

    /** Would be VOID if anything were measured. */
    @Sample
    public static class NotApplicable {
        static final Experiment DEGENERATE = Experiment.over(ONE_POINT)
                .assuming("smallest eigenvalue", trial -> -0.25 * (1 + trial.block()), Interval.atLeast(0))
                .measuring(trial -> {
                    throw new IllegalStateException("measured, although the hypothesis fails");
                });
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(DEGENERATE).butNotIn(FAR);
        }
    }

    @Sample
    public static class HypothesisThatHolds {
        static final Experiment REGULAR = Experiment.over(ONE_POINT)
                .assuming("smallest eigenvalue", trial -> 0.25 * (1 + trial.block()), Interval.atLeast(0))
                .measuring(trial -> Measurements.of("value", 0));
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(REGULAR).butNotIn(FAR);
        }
    }

    /** The pilot's band is missed; the claim's verdict is that of its other prediction. */
    @Sample
    public static class PilotBandMissed {
        static final Experiment ONE = constant(1);
        static final Experiment FAR = constant(9);

        @Prediction("The value is one")
        void isOne(Lab lab) {
            lab.expect(mean("value").equalTo(1).within(0.5)).in(ONE).butNotIn(FAR);
        }

        @Prediction(value = "The value is three, as in the pilot run", basis = Basis.PILOT)
        void isThree(Lab lab) {
            lab.expect(mean("value").equalTo(3).within(0.5)).in(ONE).butNotIn(FAR);
        }
    }

    @Sample
    public static class OnlyAPilotBand {
        static final Experiment ONE = constant(1);
        static final Experiment FAR = constant(9);

        @Prediction(value = "The value is one, as in the pilot run", basis = Basis.PILOT)
        void isOne(Lab lab) {
            lab.expect(mean("value").equalTo(1).within(0.5)).in(ONE).butNotIn(FAR);
        }
    }

    @Sample
    public static class WorstOfThree {
        static final Experiment WIDE = alternating(0);
        static final Experiment FAR = alternating(9);

        @Prediction("The mean is at most 1")
        void first(Lab lab) {
            lab.expect(mean("value").atMost(1).within(0.5)).in(WIDE).butNotIn(FAR);
        }

        @Prediction("The mean vanishes to a resolution that 48 blocks do not give")
        void second(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.4)).in(WIDE).butNotIn(FAR);
        }

        @Prediction("The mean is 5")
        void third(Lab lab) {
            lab.expect(mean("value").equalTo(5).within(0.5)).in(WIDE).butNotIn(FAR);
        }
    }

    /** Two predictions and a control that reads another measure share the trials of one experiment. */
    @Sample
    public static class SharedTrials {
        static final Experiment BOTH = Experiment.over(ONE_POINT)
                .measuring(
                        trial -> Measurements.of("value", trial.block() % 2).and("wrong value", 9 + trial.block() % 2));

        @Prediction("The mean is a half")
        void isAHalf(Lab lab) {
            lab.expect(mean("value").equalTo(0.5).within(0.75)).in(BOTH).butNotIn(BOTH.reading("wrong value", "value"));
        }

        @Prediction("The mean is at most a half")
        void isAtMostAHalf(Lab lab) {
            lab.expect(mean("value").atMost(0.5).within(0.75)).in(BOTH).butNotIn(BOTH.reading("wrong value", "value"));
        }
    }

    /** The only sample whose numbers are random: for everything that is about seeds. */
    @Sample
    public static class Noisy {
        static final Experiment FAST = noisyPowerLaw(-1);
        static final Experiment SLOW = noisyPowerLaw(0);

        @Prediction("The drift is of order 1/width")
        void shrinks(Lab lab) {
            lab.expect(exponent("drift", "width").equalTo(-1).margin(0.25))
                    .in(FAST)
                    .butNotIn(SLOW);
        }
    }

    /** The same as {@link Noisy} but for its margin. */
    @Sample
    public static class NoisyWithAnotherMargin {
        static final Experiment FAST = noisyPowerLaw(-1);
        static final Experiment SLOW = noisyPowerLaw(0);

        @Prediction("The drift is of order 1/width")
        void shrinks(Lab lab) {
            lab.expect(exponent("drift", "width").equalTo(-1).margin(0.250001))
                    .in(FAST)
                    .butNotIn(SLOW);
        }
    }
}
