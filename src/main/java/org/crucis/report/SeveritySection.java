package org.crucis.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Numbers;
import org.crucis.claim.Verdict;
import org.crucis.severity.Audits;
import org.crucis.severity.Calibration;
import org.crucis.severity.KillMatrix;
import org.crucis.severity.Routes;
import org.crucis.severity.SeverityFolder;

/**
 * What the page says of the suite's own errors: faults that were planted, runs on fresh seeds, simulated criteria, second
 * routes. Each part is null where it has not been measured.
 */
record SeveritySection(FaultsView faults, AuditsView audits, CalibrationView calibration, RoutesView routes) {

    /** The section, and what of it could not be read. */
    record Reading(Optional<SeveritySection> section, List<String> problems) {}

    static Reading read(SeverityFolder folder) {
        List<String> problems = new ArrayList<>();
        Optional<KillMatrix> faults = read(folder, KillMatrix.NAME, KillMatrix.class, problems);
        Optional<Audits> audits = read(folder, Audits.NAME, Audits.class, problems);
        Optional<Calibration> calibration = read(folder, Calibration.NAME, Calibration.class, problems);
        Optional<Routes> routes = read(folder, Routes.NAME, Routes.class, problems);
        if (Stream.of(faults, audits, calibration, routes).allMatch(Optional::isEmpty)) {
            return new Reading(Optional.empty(), problems);
        }
        return new Reading(
                Optional.of(new SeveritySection(
                        faults.map(FaultsView::of).orElse(null),
                        audits.map(AuditsView::of).orElse(null),
                        calibration.map(CalibrationView::of).orElse(null),
                        routes.map(RoutesView::of).orElse(null))),
                problems);
    }

    private static <T> Optional<T> read(SeverityFolder folder, String name, Class<T> type, List<String> problems) {
        SeverityFolder.Reading<T> reading = folder.read(name, type);
        if (!reading.problem().isEmpty()) {
            problems.add(reading.problem());
        }
        return reading.found();
    }

    /** @param matrix drawing of faults by claims */
    record FaultsView(int faults, int noticed, int cells, int run, String matrix, List<FaultView> rows) {

        static FaultsView of(KillMatrix matrix) {
            List<KillMatrix.Cell> cells = matrix.faults().stream()
                    .flatMap(fault -> fault.cells().stream())
                    .toList();
            return new FaultsView(
                    matrix.faults().size(),
                    (int) matrix.faults().stream()
                            .filter(KillMatrix.Fault::noticed)
                            .count(),
                    cells.size(),
                    (int) cells.stream()
                            .filter(cell -> cell.state() != KillMatrix.State.NOT_RUN)
                            .count(),
                    drawn(matrix),
                    matrix.faults().stream().map(FaultView::of).toList());
        }

        private static final int LEFT = 190;
        private static final int SIDE = 9;
        private static final List<String> COLOURS = List.of("#c9ced6", "#b8400b", "#0b62c4");

        /** One square a claim that reaches the fault: blue where it noticed, orange where it did not, grey where not run. */
        private static String drawn(KillMatrix matrix) {
            List<String> claims = matrix.faults().stream()
                    .flatMap(fault -> fault.cells().stream())
                    .map(KillMatrix.Cell::claim)
                    .distinct()
                    .sorted()
                    .toList();
            double[][] values =
                    matrix.faults().stream().map(fault -> row(fault, claims)).toArray(double[][]::new);
            int width = LEFT + SIDE * claims.size() + 4;
            int height = SIDE * values.length + 8;
            Svg out = new Svg();
            out.add("<svg class=\"figure kills\" viewBox=\"0 0 " + width + " " + height
                    + "\" role=\"img\" aria-labelledby=\"kills-t kills-d\"><title id=\"kills-t\">Faults by claims</title>"
                    + "<desc id=\"kills-d\">");
            out.text(matrix.faults().size() + " faults in rows, " + claims.size()
                    + " claims in columns, from " + (claims.isEmpty() ? "none" : claims.get(0)) + " to "
                    + (claims.isEmpty() ? "none" : claims.get(claims.size() - 1))
                    + "; the table below says the same in words");
            out.add("</desc><g class=\"label\">");
            for (int row = 0; row < values.length; row++) {
                out.add("<text text-anchor=\"end\" style=\"font-size:8px\" x=\"" + (LEFT - 6) + "\" y=\"")
                        .at(4 + SIDE * row + 7.2)
                        .add("\">")
                        .text(matrix.faults().get(row).name())
                        .add("</text>");
            }
            out.add("</g>");
            new Cells(values, value -> (int) value, COLOURS).draw(out, LEFT, 4, SIDE);
            return out.add("</svg>").toString();
        }

        private static double[] row(KillMatrix.Fault fault, List<String> claims) {
            Map<String, KillMatrix.State> states =
                    fault.cells().stream().collect(Collectors.toMap(KillMatrix.Cell::claim, KillMatrix.Cell::state));
            return claims.stream()
                    .mapToDouble(claim -> Optional.ofNullable(states.get(claim))
                            .map(state -> switch (state) {
                                case NOT_RUN -> 0.0;
                                case UNNOTICED -> 1.0;
                                case NOTICED -> 2.0;
                            })
                            .orElse(Double.NaN))
                    .toArray();
        }
    }

    /** @param by who noticed, at most three of them in words */
    record FaultView(
            String name, String sentence, String target, Words verdict, int reached, int run, int noticed, String by) {

        private static final int SHOWN = 3;

        static FaultView of(KillMatrix.Fault fault) {
            List<KillMatrix.Cell> noticed =
                    fault.cells().stream().filter(KillMatrix.Cell::noticed).toList();
            return new FaultView(
                    fault.name(),
                    fault.sentence(),
                    fault.target(),
                    fault.noticed() ? new Words("✓", "noticed", "supported") : new Words("✗", "not noticed", "refuted"),
                    fault.cells().size(),
                    (int) fault.cells().stream()
                            .filter(cell -> cell.state() != KillMatrix.State.NOT_RUN)
                            .count(),
                    noticed.size(),
                    noticed.stream()
                                    .limit(SHOWN)
                                    .map(cell -> cell.claim() + " (" + cell.prediction() + " " + cell.verdict() + ")")
                                    .collect(Collectors.joining(", "))
                            + (noticed.size() > SHOWN ? ", …" : ""));
        }
    }

    /**
     * @param findings predictions that count, over all finished runs
     * @param passed of them SUPPORTED or NOT_APPLICABLE
     */
    record AuditsView(int begun, int finished, int findings, int passed, String counts, List<AuditView> rows) {

        static AuditsView of(Audits audits) {
            List<Audits.Audit> finished = audits.audits().stream()
                    .filter(audit -> audit.state() == Audits.State.FINISHED)
                    .toList();
            Map<Verdict, Integer> counts = new TreeMap<>();
            for (Verdict verdict : Verdict.values()) {
                counts.put(
                        verdict,
                        finished.stream()
                                .mapToInt(audit -> audit.count(verdict.name()))
                                .sum());
            }
            int findings = counts.values().stream().mapToInt(Integer::intValue).sum();
            return new AuditsView(
                    audits.audits().size(),
                    finished.size(),
                    findings,
                    counts.get(Verdict.SUPPORTED) + counts.get(Verdict.NOT_APPLICABLE),
                    counts.entrySet().stream()
                            .map(count -> count.getValue() + " "
                                    + Words.of(count.getKey()).word().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ")),
                    audits.audits().stream().map(AuditView::of).toList());
        }
    }

    record AuditView(int edition, String tier, String started, String version, String outcome, String others) {

        static AuditView of(Audits.Audit audit) {
            return new AuditView(
                    audit.edition(),
                    audit.tier().toString(),
                    audit.started(),
                    audit.version(),
                    audit.state() == Audits.State.BEGUN
                            ? "begun, not finished"
                            : audit.predictions().entrySet().stream()
                                    .map(count -> count.getValue() + " "
                                            + count.getKey()
                                                    .toLowerCase(Locale.ROOT)
                                                    .replace('_', ' '))
                                    .collect(Collectors.joining(", ")),
                    String.join("; ", audit.others()));
        }
    }

    /** @param brokenFor the simulated settings that break a promise */
    record CalibrationView(
            int rates,
            int kept,
            int notShown,
            int broken,
            String brokenFor,
            List<RateView> rows,
            List<RateView> powers) {

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
                                    "deviation of " + Numbers.show(power.deviation()) + " (" + power.unit()
                                            + "), found",
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
    }

    record RateView(String setting, String situation, String promised, String measured, int runs, Words standing) {}

    record RoutesView(int comparisons, int agree, String fewest, List<RouteView> rows) {

        static RoutesView of(Routes routes) {
            return new RoutesView(
                    routes.rows().size(),
                    routes.rows().size() - routes.disagreeing().size(),
                    routes.rows().stream()
                            .min(Comparator.comparingDouble(Routes.Row::digits))
                            .map(row -> Numbers.show(row.digits()))
                            .orElse("none"),
                    routes.rows().stream()
                            .map(row -> new RouteView(
                                    row.instrument(),
                                    row.first(),
                                    row.second(),
                                    row.setting(),
                                    row.problem().isEmpty() ? String.format(Locale.ROOT, "%.1f", row.digits()) : "–",
                                    Numbers.show(row.required()),
                                    row.problem().isEmpty() ? row.reason() : row.problem(),
                                    row.verdict() == Routes.Verdict.AGREE
                                            ? new Words("✓", "agree", "supported")
                                            : new Words("✗", "disagree", "refuted")))
                            .toList());
        }
    }

    record RouteView(
            String instrument,
            String first,
            String second,
            String setting,
            String digits,
            String required,
            String remark,
            Words verdict) {}
}
