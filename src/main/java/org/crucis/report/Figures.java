package org.crucis.report;

import java.util.List;
import java.util.stream.IntStream;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure;

/** The figures of one page: numbers them, so that no two share an id. */
final class Figures {

    private int drawn;

    /**
     * @param id begins every id within the figure
     * @param reading how to read it, in two sentences; empty for a table
     * @param note what could not be drawn; empty when all was
     * @param svg null for a table
     * @param table null for a picture
     */
    record View(String id, String title, String caption, String reading, String note, String svg, TableView table) {}

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

    /** The figures of a prediction or control, those of one family together. */
    List<View> views(Evidence.Entry entry) {
        return Plate.of(entry).stream().map(this::view).toList();
    }

    private View view(Plate plate) {
        drawn++;
        String id = "f" + drawn;
        Figure figure = plate.figure();
        if (figure instanceof Figure.Table table) {
            return new View(id, table.title(), table.caption(), "", "", null, TableView.of(table));
        }
        Drawing drawing = Drawing.of(plate, id);
        return new View(id, figure.title(), figure.caption(), Reading.of(plate), drawing.note(), drawing.svg(), null);
    }
}
