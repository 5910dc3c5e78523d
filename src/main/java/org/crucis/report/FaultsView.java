package org.crucis.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
}
