package org.crucis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntFunction;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.crucis.claim.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether rates should be looked at by a confidence sequence, which may be looked at as often as one likes, in place of
 * three intervals that share the level. Robbins' sequence with a beta mixture: of n trials with s successes it contains the
 * rates p with {@code B(a + s, a + n - s) / B(a, a) < p^s (1 - p)^(n - s) / level}; by Ville's inequality it ever misses the
 * truth with probability at most the level.
 */
class ConfidenceSequenceTest {

    private static Interval robbins(int successes, int trials, double level, double a) {
        double mixture = LogBeta.value(a + successes, a + trials - successes) - LogBeta.value(a, a);
        double peak = (double) successes / trials;
        return new Interval(
                successes == 0 ? 0 : end(successes, trials, mixture + Math.log(level), peak, 0),
                successes == trials ? 1 : end(successes, trials, mixture + Math.log(level), peak, 1));
    }

    /** Where the log-likelihood, which falls from the peak to the limit, passes the threshold: by bisection. */
    private static double end(int successes, int trials, double threshold, double peak, double limit) {
        double inside = peak;
        double outside = limit;
        for (int step = 0; step < 60; step++) {
            double middle = (inside + outside) / 2;
            if (logLikelihood(successes, trials, middle) > threshold) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }

    private static double logLikelihood(int successes, int trials, double rate) {
        return (successes == 0 ? 0 : successes * Math.log(rate))
                + (successes == trials ? 0 : (trials - successes) * Math.log1p(-rate));
    }

    private static double meanLength(int trials, double rate, IntFunction<Interval> interval) {
        BinomialDistribution law = BinomialDistribution.of(trials, rate);
        double sum = 0;
        for (int successes = 0; successes <= trials; successes++) {
            Interval each = interval.apply(successes);
            sum += law.probability(successes) * (each.upper() - each.lower());
        }
        return sum;
    }

    private static Interval shared(int successes, int trials, double level) {
        return SuccessRate.clopperPearson(successes, trials, 1 - level / Levels.LOOKS)
                .interval();
    }

    /** Oracle: SciPy, brentq on the same inequality with scipy.special.betaln; xtol 1e-14. */
    @Test
    void isThatOfTheFormula() {
        Interval sequence = robbins(45, 48, 0.01, 1);
        assertThat(sequence.lower()).isCloseTo(0.72674326105, within(1e-9));
        assertThat(sequence.upper()).isCloseTo(0.99764131644, within(1e-9));
    }

    /** At every look and rate, for both levels and both usual mixtures; so the three looks stay as they are. */
    @ParameterizedTest
    @CsvSource({"12, 0.01", "24, 0.01", "64, 0.01", "12, 0.002", "24, 0.002", "64, 0.002"})
    void isLongerThanThreeIntervalsThatShareTheLevel(int blocks, double level) {
        for (int look = 0; look < Levels.LOOKS; look++) {
            int trials = blocks << look;
            for (double rate : new double[] {0.5, 0.8, 0.95}) {
                double ours = meanLength(trials, rate, successes -> shared(successes, trials, level));
                for (double a : new double[] {0.5, 1}) {
                    assertThat(meanLength(trials, rate, successes -> robbins(successes, trials, level, a)))
                            .as("mean length after %d trials at rate %s, mixture beta(%s, %s)", trials, rate, a, a)
                            .isGreaterThan(1.02 * ours);
                }
            }
        }
    }
}
