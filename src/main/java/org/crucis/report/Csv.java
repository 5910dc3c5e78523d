package org.crucis.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.crucis.claim.Evidence;

/** Observations as a table of comma-separated values (RFC 4180, lines end in a line feed); a number that is not finite is an empty cell. */
final class Csv {

    private Csv() {}

    static String of(Evidence.Data data) {
        StringBuilder out = new StringBuilder(line(data.columns()));
        data.rows().forEach(row -> out.append(line(row == null ? List.of() : row)));
        return out.toString();
    }

    /** The table inside the page itself. */
    static String link(Evidence.Data data) {
        StringBuilder out = new StringBuilder("data:text/csv;charset=utf-8,");
        for (byte unit : of(data).getBytes(StandardCharsets.UTF_8)) {
            out.append(
                    mayStand(unit) ? String.valueOf((char) unit) : String.format(Locale.ROOT, "%%%02X", unit & 0xFF));
        }
        return out.toString();
    }

    /** Tables are digits and commas almost throughout: this way they grow by a few per cent, in base 64 by a third. */
    private static boolean mayStand(byte unit) {
        return unit >= '0' && unit <= '9'
                || unit >= 'A' && unit <= 'Z'
                || unit >= 'a' && unit <= 'z'
                || "-._~,".indexOf(unit) >= 0;
    }

    private static String line(List<?> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\n";
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
