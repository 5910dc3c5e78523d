package org.crucis.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.crucis.claim.Evidence;

/**
 * The observations of one claim, as the page carries them: the script that stands in the page ({@code page.js}) unpacks them
 * and saves a table as CSV or as JSON.
 *
 * <p>Packed is gzip in base 64 of {@code {"columns": [[value, ...], ...], "tables": [{"file", "experiment", "findings",
 * "columns": [[name, index], ...]}, ...]}}. Tables of one experiment share most of their columns, and each column is written
 * once: that, and columns instead of rows, makes the whole a third smaller.
 *
 * @param tables each once, however many findings rest on it
 * @param packed empty without tables
 */
record Observed(List<Table> tables, String packed) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** More of them are noise in what is measured over blocks, and are half of the page's data; evidence keeps them all. */
    private static final MathContext DIGITS = new MathContext(5);

    /**
     * @param experiment where it was observed
     * @param measure what was observed there
     * @param findings ids of the findings that rest on it
     */
    record Table(String experiment, String measure, String findings, int rows) {}

    /** What is equal here is one table. */
    private record Content(List<String> names, List<List<Object>> values) {}

    /** @param claim id, of which the names of the files are made */
    static Observed of(String claim, List<Evidence.Entry> entries) {
        Map<Content, List<Evidence.Entry>> contents = new LinkedHashMap<>();
        for (Evidence.Entry entry : entries) {
            if (!entry.data().rows().isEmpty()) {
                contents.computeIfAbsent(content(entry.data()), content -> new ArrayList<>())
                        .add(entry);
            }
        }
        Map<List<Object>, Integer> columns = new LinkedHashMap<>();
        List<Map<String, Object>> packed = new ArrayList<>();
        List<Table> tables = new ArrayList<>();
        contents.forEach((content, of) -> {
            Evidence.Entry first = of.get(0);
            List<String> findings = of.stream().map(Evidence.Entry::id).toList();
            List<List<Object>> places = new ArrayList<>();
            for (int column = 0; column < content.names().size(); column++) {
                Integer next = columns.size();
                Integer known = columns.putIfAbsent(content.values().get(column), next);
                places.add(List.of(content.names().get(column), known == null ? next : known));
            }
            Map<String, Object> table = new LinkedHashMap<>();
            table.put("file", (claim + "." + first.id()).replaceAll("[^A-Za-z0-9._-]+", "-"));
            table.put("experiment", first.experiment());
            table.put("findings", findings);
            table.put("columns", places);
            packed.add(table);
            tables.add(new Table(
                    first.experiment(),
                    first.data().columns().get(first.data().columns().size() - 1),
                    String.join(", ", findings),
                    first.data().rows().size()));
        });
        if (tables.isEmpty()) {
            return new Observed(List.of(), "");
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("columns", columns.keySet());
        all.put("tables", packed);
        return new Observed(tables, packed(all));
    }

    /** Numbers to {@link #DIGITS} digits, as they are written shortest: whole ones without a point, what is not finite as null. */
    private static Content content(Evidence.Data data) {
        List<List<Object>> values = new ArrayList<>();
        for (int column = 0; column < data.columns().size(); column++) {
            List<Object> cells = new ArrayList<>();
            for (List<Object> row : data.rows()) {
                cells.add(shortest(row.get(column)));
            }
            values.add(cells);
        }
        return new Content(data.columns(), values);
    }

    private static Object shortest(Object cell) {
        if (cell instanceof Double number) {
            if (!Double.isFinite(number)) {
                return null;
            }
            double rounded = number == Math.rint(number)
                    ? number
                    : new BigDecimal(number).round(DIGITS).doubleValue();
            return rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15
                    ? (Object) (long) rounded
                    : (Object) rounded;
        }
        return cell instanceof Integer number ? (Object) number.longValue() : cell;
    }

    private static String packed(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(JSON.writeValueAsString(value).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("observations cannot be written as JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException("observations cannot be packed", e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
