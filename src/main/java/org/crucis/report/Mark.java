package org.crucis.report;

import org.crucis.claim.Figure.Role;

/**
 * The mark of a point. Roles have marks of their own, and so have layers of one role, so that they are told apart without
 * colour. Full dots and squares are ends of lines of no length: a point costs its place and four letters.
 */
enum Mark {
    DOT("dot", ""),
    SQUARE("box", ""),
    TRIANGLE("mark", "m0-5l4.6 8h-9.2zm0 5"),
    DIAMOND("mark", "m0-5.4l4.6 5.4-4.6 5.4-4.6-5.4zm0 5.4"),
    CROSS("ring", "m-4-4l8 8m0-8l-8 8m4-4"),
    PLUS("ring", "m-5 0h10m-5-5v10m0-5"),
    OPEN_SQUARE("ring", "m-3.7-3.7h7.4v7.4h-7.4zm3.7 3.7"),
    RING("ring", "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0zm4 0"),
    OPEN_TRIANGLE("ring", "m0-5l4.6 8h-9.2zm0 5"),
    OPEN_DIAMOND("ring", "m0-5.4l4.6 5.4-4.6 5.4-4.6-5.4zm0 5.4");

    private final String style;
    /** From the place of the point and back to it; empty for the end of a line. */
    private final String steps;

    Mark(String style, String steps) {
        this.style = style;
        this.steps = steps;
    }

    /** @param index how many layers of the same role came before */
    static Mark of(Role role, int index) {
        Mark[] family = switch (role) {
            case MEASURED -> new Mark[] {DOT, TRIANGLE, DIAMOND};
            case CONTROL -> new Mark[] {SQUARE, CROSS, PLUS};
            case FITTED -> new Mark[] {DIAMOND, DOT, TRIANGLE};
            case CLAIMED, REGION -> new Mark[] {PLUS, CROSS, OPEN_SQUARE};
            case START -> new Mark[] {RING, OPEN_TRIANGLE, OPEN_DIAMOND};
        };
        return family[index % family.length];
    }

    /** The class that fills or strokes it. */
    String style() {
        return style;
    }

    void at(Pen pen, double across, double down) {
        if (steps.isEmpty()) {
            pen.move(across, down).line(across + 0.1, down);
        } else {
            pen.shape(across, down, steps);
        }
    }

    /** In the words of the sentence that explains a figure, in the plural. */
    String plural() {
        return switch (this) {
            case DOT -> "dots";
            case SQUARE -> "squares";
            case TRIANGLE -> "triangles";
            case DIAMOND -> "diamonds";
            case CROSS -> "crosses";
            case PLUS -> "plus signs";
            case OPEN_SQUARE -> "open squares";
            case RING -> "rings";
            case OPEN_TRIANGLE -> "open triangles";
            case OPEN_DIAMOND -> "open diamonds";
        };
    }
}
