package org.crucis.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.crucis.claim.Evidence;

/** Observations as a table of comma-separated values (RFC 4180); a number that is not finite is an empty cell. */
final class Csv {

    private Csv() {}

    static String of(Evidence.Data data) {
        StringBuilder out = new StringBuilder(line(data.columns()));
        data.rows().forEach(row -> out.append(line(row == null ? List.of() : row)));
        return out.toString();
    }

    /** The table inside the page itself. */
    static String link(Evidence.Data data) {
        return "data:text/csv;charset=utf-8;base64,"
                + Base64.getEncoder().encodeToString(of(data).getBytes(StandardCharsets.UTF_8));
    }

    private static String line(List<?> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String cell(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double number) {
            boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
            return whole ? Long.toString(number.longValue()) : Double.toString(number);
        }
        String text = value.toString();
        return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
