package org.crucis.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.crucis.ledger.LedgerReader;

/** Prints the rows of an answer one by one. Whoever made it calls {@link #end} after the last. */
abstract sealed class RowPrinter implements LedgerReader.Rows {

    final PrintWriter out;

    RowPrinter(PrintWriter out) {
        this.out = out;
    }

    void end() {
        out.flush();
    }

    /** A text for a cell; nothing for NULL. */
    private static String text(Object cell) {
        if (cell instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return cell == null ? "" : cell.toString();
    }

    /** Columns below each other. The first rows say how wide they are: an answer of any length fits the memory. */
    static final class Aligned extends RowPrinter {

        private static final int LOOK_AHEAD = 1000;
        private static final int WIDEST = 60;

        private final List<List<Object>> first = new ArrayList<>();
        private List<String> names = List.of();
        private int[] widths;

        Aligned(PrintWriter out) {
            super(out);
        }

        @Override
        public void columns(List<String> columns) {
            names = columns;
        }

        @Override
        public void row(List<Object> cells) {
            if (widths != null) {
                print(cells);
                return;
            }
            first.add(cells);
            if (first.size() == LOOK_AHEAD) {
                printFirst();
            }
        }

        @Override
        void end() {
            if (widths == null) {
                printFirst();
            }
            super.end();
        }

        private void printFirst() {
            widths = new int[names.size()];
            for (int column = 0; column < widths.length; column++) {
                int place = column;
                widths[column] = Math.min(
                        WIDEST,
                        Math.max(
                                names.get(column).length(),
                                first.stream()
                                        .mapToInt(row -> line(row.get(place)).length())
                                        .max()
                                        .orElse(0)));
            }
            print(List.copyOf(names));
            first.forEach(this::print);
            first.clear();
        }

        private void print(List<?> cells) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < cells.size(); column++) {
                String cell = line(cells.get(column));
                String room = " ".repeat(Math.max(0, widths[column] - cell.length()));
                line.append(column == 0 ? "" : "  ")
                        .append(cells.get(column) instanceof Number ? room + cell : cell + room);
            }
            out.println(line.toString().stripTrailing());
        }

        private static String line(Object cell) {
            return text(cell).replaceAll("\\p{Cntrl}+", " ");
        }
    }

    /** RFC 4180, with a line of names. */
    static final class Csv extends RowPrinter {

        Csv(PrintWriter out) {
            super(out);
        }

        @Override
        public void columns(List<String> names) {
            row(List.copyOf(names));
        }

        @Override
        public void row(List<Object> cells) {
            out.print(cells.stream().map(cell -> quoted(text(cell))).collect(Collectors.joining(",")) + "\n");
        }

        private static String quoted(String cell) {
            return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                    ? '"' + cell.replace("\"", "\"\"") + '"'
                    : cell;
        }
    }

    /** One object a line. */
    static final class JsonLines extends RowPrinter {

        private static final ObjectMapper MAPPER = new ObjectMapper();

        private List<String> names = List.of();

        JsonLines(PrintWriter out) {
            super(out);
        }

        @Override
        public void columns(List<String> columns) {
            names = columns;
        }

        @Override
        public void row(List<Object> cells) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int column = 0; column < cells.size(); column++) {
                object.put(names.get(column), cells.get(column));
            }
            try {
                out.print(MAPPER.writeValueAsString(object) + "\n");
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("texts and numbers cannot be written as JSON", e);
            }
        }
    }
}
