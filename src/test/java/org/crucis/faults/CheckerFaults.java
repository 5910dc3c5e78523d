package org.crucis.faults;

import java.util.Map;
import net.bytebuddy.asm.Advice;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.crucis.claim.Estimate;
import org.crucis.claim.Evidence;
import org.crucis.claim.Interval;
import org.crucis.claim.Observations;

/** What a careless change might do to the rules of deciding. No trial reaches them: {@link Sentinels} have to notice. */
final class CheckerFaults {

    private static final String RUN = "org.crucis.lab.ClaimRun";

    private CheckerFaults() {}

    @Fault(
            value = "an interval over blocks is replaced by its point estimate",
            in = "org.crucis.statistics.StudentT",
            methods = "mean")
    public static final class IntervalReplacedByItsEstimate {
        @Advice.OnMethodExit
        static void shrink(@Advice.Return(readOnly = false) Estimate estimate) {
            estimate = Estimate.exactly(estimate.value());
        }
    }

    @Fault(
            value = "the normal quantile stands in the place of Student's",
            in = "org.crucis.statistics.StudentT",
            methods = "around")
    public static final class NormalForStudent {
        @Advice.OnMethodExit
        static void shrink(
                @Advice.Argument(0) double value,
                @Advice.Argument(2) int degrees,
                @Advice.Argument(3) double confidence,
                @Advice.Return(readOnly = false) Estimate estimate) {
            estimate = shrunk(estimate, degrees, confidence);
        }

        public static Estimate shrunk(Estimate estimate, int degrees, double confidence) {
            double tail = (1 - confidence) / 2;
            double ratio = NormalDistribution.of(0, 1).inverseSurvivalProbability(tail)
                    / TDistribution.of(degrees).inverseSurvivalProbability(tail);
            double value = estimate.value();
            return new Estimate(
                    value - ratio * (value - estimate.lower()), value, value + ratio * (estimate.upper() - value));
        }
    }

    @Fault(
            value = "margins are twice as wide",
            in = "org.crucis.claim.Interval",
            methods = {"encloses", "misses"})
    public static final class MarginDoubled {
        @Advice.OnMethodExit
        static void widen(
                @Advice.This Interval region,
                @Advice.Argument(0) Interval other,
                @Advice.Origin("#m") String method,
                @Advice.Return(readOnly = false) boolean result) {
            double more = (region.upper() - region.lower()) / 2;
            if (!Double.isInfinite(more)) {
                double lower = region.lower() - more;
                double upper = region.upper() + more;
                result = method.equals("encloses")
                        ? lower <= other.lower() && other.upper() <= upper
                        : other.upper() < lower || upper < other.lower();
            }
        }
    }

    @Fault(
            value = "a region has no lower side",
            in = "org.crucis.claim.Interval",
            methods = {"encloses", "misses"})
    public static final class LowerSideForgotten {
        @Advice.OnMethodExit
        static void open(
                @Advice.This Interval region,
                @Advice.Argument(0) Interval other,
                @Advice.Origin("#m") String method,
                @Advice.Return(readOnly = false) boolean result) {
            result = method.equals("encloses") ? other.upper() <= region.upper() : region.upper() < other.lower();
        }
    }

    @Fault(value = "every control fires, whatever it shows", in = RUN, methods = "controlPosition")
    public static final class ControlSwitchedOff {
        @Advice.OnMethodExit
        static void fire(@Advice.Return(readOnly = false) Evidence.Position position) {
            position = Evidence.Position.OUTSIDE;
        }
    }

    @Fault(value = "what comes out outside once is refuted, without a second stage", in = RUN, methods = "confirmed")
    public static final class SecondStageSkipped {
        @Advice.OnMethodExit
        static void confirm(@Advice.Return(readOnly = false) boolean confirmed) {
            confirmed = true;
        }
    }

    @Fault(
            value = "the second stage looks at the blocks of the first again",
            in = "org.crucis.lab.ExperimentRun",
            methods = "outcome")
    public static final class SecondStageNotIndependent {
        @Advice.OnMethodEnter
        static void repeat(@Advice.Argument(value = 0, readOnly = false) int firstBlock) {
            firstBlock = 0;
        }
    }

    @Fault(value = "later looks get no more blocks", in = "org.crucis.lab.ExperimentRun", methods = "blocksAt")
    public static final class LooksNotExtended {
        @Advice.OnMethodExit
        static void stay(@Advice.Argument(0) int look, @Advice.Return(readOnly = false) int blocks) {
            blocks = blocks >> look;
        }
    }

    @Fault(
            value = "a planted deviation is the observations as they are",
            in = "org.crucis.statistics.Mean",
            methods = "tilted")
    public static final class DeviationNotPlanted {
        @Advice.OnMethodExit
        static void leave(
                @Advice.Argument(0) Observations observations, @Advice.Return(readOnly = false) Observations tilted) {
            tilted = observations;
        }
    }

    @Fault(
            value = "what has to hold of every trial is not asked for",
            in = "org.crucis.lab.Requirement",
            methods = "holds")
    public static final class RequirementsIgnored {
        @Advice.OnMethodExit
        static void accept(@Advice.Return(readOnly = false) boolean holds) {
            holds = true;
        }
    }

    @Fault(value = "hypotheses always hold", in = "org.crucis.claim.Interval", methods = "contains")
    public static final class HypothesesIgnored {
        @Advice.OnMethodExit
        static void accept(@Advice.Return(readOnly = false) boolean contains) {
            contains = true;
        }
    }

    @Fault(
            value = "a success rate has a point for an interval",
            in = "org.crucis.statistics.SuccessRate",
            methods = "estimate")
    public static final class RateWithoutItsInterval {
        @Advice.OnMethodExit
        static void shrink(@Advice.Return(readOnly = false) Estimate estimate) {
            estimate = Estimate.exactly(estimate.value());
        }
    }

    @Fault(value = "an exponent is that of the inverse", in = "org.crucis.statistics.LogSizes", methods = "slope")
    public static final class ExponentNegated {
        @Advice.OnMethodExit
        static void negate(@Advice.Return double[] weights) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = -weights[i];
            }
        }
    }

    @Fault(value = "of a family the first member decides", in = "org.crucis.statistics.Per", methods = "members")
    public static final class FamilyOfOne {
        @Advice.OnMethodExit
        static void narrow(@Advice.Return(readOnly = false) Map<String, Observations> members) {
            Map.Entry<String, Observations> first =
                    members.entrySet().iterator().next();
            members = Map.of(first.getKey(), first.getValue());
        }
    }
}
