package org.crucis.report;

import java.util.List;
import java.util.stream.Collectors;
import org.crucis.claim.Numbers;
import org.crucis.severity.Calibration;

/**
 * How often criteria erred on made-up observations whose truth is known.
 *
 * @param brokenFor the simulated settings that break a promise
 */
record CalibrationView(
        int rates, int kept, int notShown, int broken, String brokenFor, List<RateView> rows, List<RateView> powers) {

    static CalibrationView of(Calibration calibration) {
        return new CalibrationView(
                (int) calibration.rates().stream()
                        .filter(rate -> rate.standing() != null)
                        .count(),
                count(calibration, Calibration.Standing.KEPT),
                count(calibration, Calibration.Standing.NOT_SHOWN),
                count(calibration, Calibration.Standing.BROKEN),
                calibration.rates().stream()
                        .filter(rate -> rate.standing() == Calibration.Standing.BROKEN)
                        .map(Calibration.Rate::setting)
                        .distinct()
                        .collect(Collectors.joining(", ")),
                calibration.rates().stream()
                        .map(rate -> new RateView(
                                rate.setting(),
                                rate.situation().words(),
                                rate.promised() == null ? "" : "at most " + Numbers.show(rate.promised()),
                                frequency(rate.frequency()),
                                rate.frequency().runs(),
                                standing(rate.standing())))
                        .toList(),
                calibration.powers().stream()
                        .map(power -> new RateView(
                                power.setting(),
                                "deviation of " + Numbers.show(power.deviation()) + " (" + power.unit() + "), found",
                                "at least " + Numbers.show(power.promised()),
                                frequency(power.frequency()),
                                power.frequency().runs(),
                                standing(power.standing())))
                        .toList());
    }

    private static int count(Calibration calibration, Calibration.Standing standing) {
        return (int) calibration.rates().stream()
                .filter(rate -> rate.standing() == standing)
                .count();
    }

    private static String frequency(Calibration.Frequency found) {
        return Numbers.show(found.rate()) + " [" + Numbers.show(found.lower()) + ", " + Numbers.show(found.upper())
                + "]";
    }

    private static Words standing(Calibration.Standing standing) {
        if (standing == null) {
            return new Words("–", "nothing promised", "not-applicable");
        }
        return switch (standing) {
            case KEPT -> new Words("✓", standing.word(), "supported");
            case NOT_SHOWN -> new Words("?", standing.word(), "inconclusive");
            case BROKEN -> new Words("✗", standing.word(), "refuted");
        };
    }

    record RateView(String setting, String situation, String promised, String measured, int runs, Words standing) {}
}
