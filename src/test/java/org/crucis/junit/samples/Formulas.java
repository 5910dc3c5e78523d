package org.crucis.junit.samples;

import static org.crucis.lab.Sweep.powersOfTwo;

import org.crucis.lab.Experiment;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;

/** What samples measure: formulas whose exponent, mean or interval is known in closed form. */
final class Formulas {

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(6, 11)).blocks(12);

    static final Sweep ONE_POINT = Sweep.onePoint().blocks(12);

    private Formulas() {}

    /** "drift" is width^exponent, without chance. */
    static Experiment powerLaw(double exponent) {
        return Experiment.over(WIDTHS)
                .measuring(trial -> Measurements.of("drift", Math.pow(trial.size("width"), exponent)));
    }

    /** "drift" is width^exponent with a relative deviation of five per cent in every trial. */
    static Experiment noisyPowerLaw(double exponent) {
        return Experiment.over(WIDTHS)
                .measuring(trial -> Measurements.of(
                        "drift",
                        Math.pow(trial.size("width"), exponent)
                                * (1 + 0.1 * (trial.random("noise").nextDouble() - 0.5))));
    }

    /** "value" is centre plus 1 in even blocks, centre minus 1 in odd ones: its mean is the centre, whatever the looks. */
    static Experiment alternating(double centre) {
        return Experiment.over(ONE_POINT).measuring(trial -> Measurements.of("value", centre + sign(trial)));
    }

    /** "value" is the constant. */
    static Experiment constant(double value) {
        return Experiment.over(ONE_POINT).measuring(trial -> Measurements.of("value", value));
    }

    private static double sign(Trial trial) {
        return trial.block() % 2 == 0 ? 1 : -1;
    }
}
