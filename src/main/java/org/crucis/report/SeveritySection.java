package org.crucis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
}
