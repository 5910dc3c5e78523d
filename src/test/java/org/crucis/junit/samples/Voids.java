package org.crucis.junit.samples;

import static org.crucis.junit.samples.Formulas.ONE_POINT;
import static org.crucis.junit.samples.Formulas.constant;
import static org.crucis.junit.samples.Formulas.powerLaw;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.mean;

import java.util.List;
import org.crucis.claim.Interval;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;

/** Samples from which nothing can be concluded, each for another reason. */
public final class Voids {

    private Voids() {}

    // ---- while running -------------------------------------------------------------------------------------------

    @Sample
    public static class SilentControl {
        static final Experiment ZERO = constant(0);
        static final Experiment ALSO_ZERO = constant(0);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ZERO).butNotIn(ALSO_ZERO);
        }
    }

    /** Void comes before refuted: what is refuted here is the check, not the theory. */
    @Sample
    public static class SilentControlOfARefutedPrediction {
        static final Experiment ONE = constant(1);
        static final Experiment ZERO = constant(0);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ONE).butNotIn(ZERO);
        }
    }

    @Sample
    public static class ControlThatThrows {
        static final Experiment ZERO = constant(0);
        static final Experiment BROKEN = Experiment.over(ONE_POINT).measuring(trial -> {
            throw new IllegalStateException("no such network");
        });

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ZERO).butNotIn(BROKEN);
        }
    }

    @Sample
    public static class ControlThatDoesNotApply {
        static final Experiment ZERO = constant(0);
        static final Experiment ELSEWHERE = Experiment.over(ONE_POINT)
                .assuming("separation", trial -> 0, Interval.atLeast(1))
                .measuring(trial -> Measurements.of("value", 9));

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ZERO).butNotIn(ELSEWHERE);
        }
    }

    @Sample
    public static class NotANumber {
        static final Experiment LOST = Experiment.over(ONE_POINT)
                .measuring(trial -> Measurements.of("value", trial.block() == 7 ? Double.NaN : 0));
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(LOST).butNotIn(FAR);
        }
    }

    @Sample
    public static class HypothesisThatIsNotANumber {
        static final Experiment LOST = Experiment.over(ONE_POINT)
                .assuming("smallest eigenvalue", trial -> Double.NaN, Interval.atLeast(0))
                .measuring(trial -> Measurements.of("value", 0));
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(LOST).butNotIn(FAR);
        }
    }

    @Sample
    public static class TrialThatThrows {
        static final Experiment BROKEN = Experiment.over(ONE_POINT).measuring(trial -> {
            if (trial.block() == 3) {
                throw new IllegalStateException("out of memory");
            }
            return Measurements.of("value", 0);
        });
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(BROKEN).butNotIn(FAR);
        }
    }

    @Sample
    public static class InvalidTrial {
        static final Experiment UNTRAINED = Experiment.over(ONE_POINT)
                .measuring(trial -> Measurements.of("value", 0).and("relative loss", trial.block() == 5 ? 0.5 : 1e-4))
                .validWhen(measured("relative loss").atMost(1e-3));
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(UNTRAINED).butNotIn(FAR);
        }
    }

    /** Nothing moved at all: what a training loop that was never entered looks like. */
    @Sample
    public static class NothingMoved {
        static final Experiment FROZEN =
                Experiment.over(Formulas.WIDTHS).measuring(trial -> Measurements.of("drift", 0));
        static final Experiment SLOW = powerLaw(0);

        @Prediction("The drift shrinks")
        void shrinks(Lab lab) {
            lab.expect(exponent("drift", "width").atMost(-0.5).margin(0.1))
                    .in(FROZEN)
                    .butNotIn(SLOW);
        }
    }

    @Sample
    public static class AxisThatIsNone {
        static final Experiment FAST = powerLaw(-1);
        static final Experiment SLOW = powerLaw(0);

        @Prediction("The drift shrinks with depth, which is no axis of the sweep")
        void shrinks(Lab lab) {
            lab.expect(exponent("drift", "depth").atMost(-0.5).margin(0.1))
                    .in(FAST)
                    .butNotIn(SLOW);
        }
    }

    /** Outside on the first blocks; but a refutation is not confirmed by trials that break. */
    @Sample
    public static class SecondStageThatThrows {
        static final Experiment ONE = Experiment.over(ONE_POINT).measuring(trial -> {
            if (trial.block() >= 1_000_000) {
                throw new IllegalStateException("disk full");
            }
            return Measurements.of("value", 1);
        });
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ONE).butNotIn(FAR);
        }
    }

    /** A criterion that accepts its own planted deviation. */
    @Sample
    public static class CriterionThatCannotFail {
        static final Experiment ZERO = constant(0);
        static final Experiment FAR = constant(9);

        @Prediction("The value is accepted whatever it is")
        void isAccepted(Lab lab) {
            lab.expect(new AcceptsEverything()).in(ZERO).butNotIn(FAR);
        }
    }

    /** Ends its Java machine, as a fault in native code would; run it in a process of its own. */
    @Sample
    public static class EndsItsMachine {
        static final Experiment FATAL = Experiment.over(ONE_POINT).measuring(trial -> {
            Runtime.getRuntime().halt(99);
            throw new AssertionError("unreachable");
        });
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(FATAL).butNotIn(FAR);
        }
    }

    // ---- while planning ------------------------------------------------------------------------------------------

    @Sample
    public static class ForgottenExpectation {
        static final Experiment ZERO = constant(0);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {}
    }

    @Sample
    public static class TwoExpectations {
        static final Experiment ZERO = constant(0);
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes, twice")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ZERO).butNotIn(FAR);
            lab.expect(mean("value").atMost(0).within(0.5)).in(ZERO).butNotIn(FAR);
        }
    }

    @Sample
    public static class NoControlAndNoReason {
        static final Experiment ZERO = constant(0);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ZERO);
        }
    }

    @Sample
    public static class NoExperiment {
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).butNotIn(FAR);
        }
    }

    @Sample
    public static class UnnamedExperiment {
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(constant(0)).butNotIn(FAR);
        }
    }

    @Sample
    public static class UnreadExperiment {
        static final Experiment ZERO = constant(0);
        static final Experiment FAR = constant(9);
        static final Experiment FORGOTTEN = constant(5);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ZERO).butNotIn(FAR);
        }
    }

    @Sample
    public static class MeasuresNothing {
        static final Experiment EMPTY = Experiment.over(ONE_POINT);
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(EMPTY).butNotIn(FAR);
        }
    }

    @Sample
    public static class EmptySweep {
        static final Experiment ZERO =
                Experiment.over(Sweep.over("width", List.of())).measuring(trial -> Measurements.of("value", 0));
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ZERO).butNotIn(FAR);
        }
    }

    @Sample
    public static class NoBlocks {
        static final Experiment ZERO =
                Experiment.over(ONE_POINT.blocks(0)).measuring(trial -> Measurements.of("value", 0));
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ZERO).butNotIn(FAR);
        }
    }

    @Sample
    public static class PredictionWithoutLab {
        static final Experiment ZERO = constant(0);

        @Prediction("The value vanishes")
        void vanishes() {}
    }

    /** The second prediction cannot be planned; so the first, which could, is not run either. */
    @Sample
    public static class OneOfTwoCannotBePlanned {
        static final Experiment ZERO = constant(0);
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void first(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ZERO).butNotIn(FAR);
        }

        @Prediction("Forgotten")
        void second(Lab lab) {}
    }

    @Sample
    public static class DeclarationThatThrows {
        static final Experiment ZERO = constant(0);
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(-1)).in(ZERO).butNotIn(FAR);
        }
    }

    @Sample
    public static class ControlThatIsThePredictionItself {
        static final Experiment ZERO = constant(0);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ZERO).butNotIn(ZERO);
        }
    }

    @Sample
    public static class PrivatePrediction {
        static final Experiment ZERO = constant(0);
        static final Experiment FAR = constant(9);

        @Prediction("The value vanishes")
        void vanishes(Lab lab) {
            lab.expect(mean("value").equalTo(0).within(0.5)).in(ZERO).butNotIn(FAR);
        }

        @Prediction("JUnit never runs this one")
        private void neverRun(Lab lab) {
            lab.expect(mean("value").equalTo(9).within(0.5)).in(FAR).butNotIn(ZERO);
        }
    }
}
