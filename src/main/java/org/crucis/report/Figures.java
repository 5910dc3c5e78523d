package org.crucis.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure;

/** The figures of one page: numbers them, so that no two share an id, and says within a claim no caption twice. */
final class Figures {

    private int drawn;
    private final Set<String> told = new HashSet<>();

    /**
     * @param id begins every id within the figure
     * @param note what could not be drawn; empty when all was
     * @param svg null for a table
     * @param table null for a picture
     */
    record View(String id, String title, String caption, String note, String svg, TableView table) {}

    /** A table's columns of numbers stand to the right, as numbers are compared. */
    record TableView(List<Cell> columns, List<Row> rows) {

        static TableView of(Figure.Table table) {
            List<String> styles = IntStream.range(0, table.columns().size())
                    .mapToObj(column -> style(table, column))
                    .toList();
            return new TableView(
                    cells(table.columns(), styles),
                    table.rows().stream()
                            .filter(row -> !row.isEmpty())
                            .map(row -> cells(row, styles))
                            .map(cells -> new Row(cells.get(0), cells.subList(1, cells.size())))
                            .toList());
        }

        private static List<Cell> cells(List<String> texts, List<String> styles) {
            return IntStream.range(0, texts.size())
                    .mapToObj(column -> new Cell(texts.get(column), styles.get(column)))
                    .toList();
        }

        private static String style(Figure.Table table, int column) {
            boolean numbers =
                    table.rows().stream().allMatch(row -> row.get(column).matches("([-+]?[0-9].*|–?)"));
            return numbers && !table.rows().isEmpty() ? "n" : "";
        }
    }

    record Row(Cell name, List<Cell> cells) {}

    record Cell(String text, String style) {}

    /** @param reading how to read them, in two sentences; empty for tables */
    record Gallery(List<View> views, String reading) {
        boolean isEmpty() {
            return views.isEmpty();
        }

        /** For instance "these figures". */
        String these() {
            return views.stream().filter(view -> view.svg() != null).count() == 1 ? "this figure" : "these figures";
        }
    }

    /**
     * The figures of a prediction and its controls, those of one family together.
     *
     * @param entries the prediction first
     */
    Gallery of(String claim, List<Evidence.Entry> entries) {
        List<Plate> plates =
                entries.stream().flatMap(entry -> Plate.of(entry).stream()).toList();
        return new Gallery(plates.stream().map(plate -> view(claim, plate)).toList(), Reading.of(plates));
    }

    private View view(String claim, Plate plate) {
        drawn++;
        String id = "f" + drawn;
        Figure figure = plate.figure();
        String caption = told.add(claim + " " + figure.caption()) ? figure.caption() : "";
        if (figure instanceof Figure.Table table) {
            return new View(id, table.title(), caption, "", null, TableView.of(table));
        }
        Drawing drawing = Drawing.of(plate, id);
        return new View(id, figure.title(), caption, drawing.note(), drawing.svg(), null);
    }
}
