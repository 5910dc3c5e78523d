package org.crucis.report;

import org.crucis.claim.Figure;

/** The figures of one page: numbers them, so that no two share an id. */
final class Figures {

    private int drawn;

    /** @param note what could not be drawn; empty when all was */
    record View(String svg, String title, String caption, String note) {}

    View view(Figure figure) {
        drawn++;
        Drawing drawing = Drawing.of(figure, "f" + drawn);
        return new View(drawing.svg(), figure.title(), figure.caption(), drawing.note());
    }
}
