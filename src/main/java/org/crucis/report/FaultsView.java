package org.crucis.report;

import java.util.List;
import java.util.stream.Collectors;
import org.crucis.severity.KillMatrix;

/**
 * How the suite did against faults that were planted in the program.
 *
 * @param matrix drawing of faults by claims
 */
record FaultsView(int faults, int noticed, int cells, int run, String matrix, List<FaultView> rows) {

    static FaultsView of(KillMatrix matrix) {
        List<KillMatrix.Cell> cells = matrix.faults().stream()
                .flatMap(fault -> fault.cells().stream())
                .toList();
        return new FaultsView(
                matrix.faults().size(),
                (int) matrix.faults().stream().filter(KillMatrix.Fault::noticed).count(),
                cells.size(),
                (int) cells.stream()
                        .filter(cell -> cell.state() != KillMatrix.State.NOT_RUN)
                        .count(),
                new FaultsDrawing(matrix).svg(),
                matrix.faults().stream().map(FaultView::of).toList());
    }

    /** @param by the claims that noticed, each with the first of its predictions that did */
    record FaultView(
            String name, String sentence, String target, Words verdict, int reached, int run, int noticed, String by) {

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
                            .map(cell -> cell.claim() + " (" + cell.prediction() + " " + cell.verdict() + ")")
                            .collect(Collectors.joining(", ")));
        }
    }
}
