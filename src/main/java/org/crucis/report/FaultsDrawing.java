package org.crucis.report;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.crucis.severity.KillMatrix;

/**
 * Which claims notice which planted faults: a row for each fault, a column for each claim, those of one paper together. A full
 * square is a fault that was noticed, a pale one a fault that was not, a dot a pair that was not run; where the claim's trials do
 * not reach the fault there is nothing.
 */
final class FaultsDrawing {

    private static final int LEFT = 214;
    private static final int TOP = 62;
    private static final int SIDE = 12;
    private static final int GAP = 5;
    private static final int RIGHT = 74;
    private static final double DOT = 1.5;

    private final KillMatrix matrix;
    /** Left edges of the columns. */
    private final Map<String, Integer> claims = new LinkedHashMap<>();

    private final Map<String, Integer> papers = new LinkedHashMap<>();
    private int right = LEFT;

    FaultsDrawing(KillMatrix matrix) {
        this.matrix = matrix;
        matrix.faults().stream()
                .flatMap(fault -> fault.cells().stream())
                .map(KillMatrix.Cell::claim)
                .distinct()
                .sorted()
                .forEach(this::addColumn);
    }

    private void addColumn(String claim) {
        String paper = claim.replaceFirst("/.*", "");
        if (!papers.containsKey(paper)) {
            right += papers.isEmpty() ? 0 : GAP;
            papers.put(paper, right);
        }
        claims.put(claim, right);
        right += SIDE;
    }

    String svg() {
        int height = TOP + SIDE * matrix.faults().size() + 4;
        Svg out = new Svg();
        out.add("<svg class=\"kills\" viewBox=\"0 0 " + (right + RIGHT) + " " + height
                        + "\" role=\"img\" aria-labelledby=\"kills-t kills-d\"><title id=\"kills-t\">Faults by claims</title>"
                        + "<desc id=\"kills-d\">")
                .text(matrix.faults().size() + " faults in rows, " + claims.size() + " claims in columns, of "
                        + papers.size() + " papers; the table below names the claims that noticed.")
                .add("</desc>");
        papers.forEach((paper, left) -> out.add("<text class=\"paper\" transform=\"translate(" + (left + SIDE - 2) + " "
                        + (TOP - 6) + ") rotate(-45)\">")
                .text(paper)
                .add("</text>"));
        int top = TOP;
        for (KillMatrix.Fault fault : matrix.faults()) {
            row(out, fault, top);
            top += SIDE;
        }
        claims.forEach((claim, left) -> out.add("<path class=\"hit\" d=\"M" + left + " " + TOP + "h" + SIDE + "v"
                        + SIDE * matrix.faults().size() + "h-" + SIDE + "z\"><title>")
                .text(claim)
                .add("</title></path>"));
        return out.add("</svg>").toString();
    }

    private void row(Svg out, KillMatrix.Fault fault, int top) {
        Map<KillMatrix.State, Pen> pens = new EnumMap<>(KillMatrix.State.class);
        for (KillMatrix.Cell cell : fault.cells()) {
            double half = cell.state() == KillMatrix.State.NOT_RUN ? DOT : SIDE / 2.0 - 1;
            double middle = claims.get(cell.claim()) + SIDE / 2.0;
            pens.computeIfAbsent(cell.state(), state -> new Pen())
                    .move(middle - half, top + SIDE / 2.0 - half)
                    .line(middle + half, top + SIDE / 2.0 - half)
                    .line(middle + half, top + SIDE / 2.0 + half)
                    .line(middle - half, top + SIDE / 2.0 + half)
                    .close();
        }
        out.add("<text class=\"fault\" x=\"" + (LEFT - 8) + "\" y=\"" + (top + SIDE - 2) + "\">")
                .text(fault.name())
                .add("</text>");
        pens.forEach((state, pen) -> out.path(style(state), pen));
        out.add("<text x=\"" + (right + 8) + "\" y=\"" + (top + SIDE - 2) + "\">")
                .text(fault.cells().stream().filter(KillMatrix.Cell::noticed).count() + " of "
                        + fault.cells().stream()
                                .filter(cell -> cell.state() != KillMatrix.State.NOT_RUN)
                                .count())
                .add("</text>");
    }

    private static String style(KillMatrix.State state) {
        return switch (state) {
            case NOTICED -> "noticed";
            case UNNOTICED -> "unnoticed";
            case NOT_RUN -> "unrun";
        };
    }
}
