package org.crucis.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.ejml.simple.SimpleMatrix;

/**
 * Reads a matrix from comma-separated text: one row an input, no header, decimal points, spaces around a number allowed, empty
 * lines only at the end.
 */
public final class CsvMatrix {

    /** Plain decimal numbers: Java itself would also take "1d", "0x1p3" or "NaN". */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    /** How much of a field that cannot be read goes into the message. */
    private static final int QUOTED_CHARACTERS = 40;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CsvMatrix() {}

    /**
     * Reads a file.
     *
     * @return n x d, finite
     * @throws IllegalArgumentException naming line and column, when the text is not a matrix of finite numbers
     * @throws IOException when the file cannot be read
     */
    public static SimpleMatrix read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(reader, file.toString());
        }
    }

    /**
     * Reads a text to its end.
     *
     * @param name what messages call the text
     * @return n x d, finite
     * @throws IllegalArgumentException naming line and column, when the text is not a matrix of finite numbers
     * @throws IOException when the text cannot be read
     */
    public static SimpleMatrix read(Reader text, String name) throws IOException {
        BufferedReader lines = new BufferedReader(text);
        List<double[]> rows = new ArrayList<>();
        int emptyLine = 0;
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (number == 1 && line.startsWith(BYTE_ORDER_MARK)) {
                line = line.substring(BYTE_ORDER_MARK.length());
            }
            if (line.isBlank()) {
                emptyLine = emptyLine == 0 ? number : emptyLine;
                continue;
            }
            if (emptyLine > 0) {
                throw malformed(
                        name, emptyLine, "is empty, but every line before the last must hold numbers: remove it");
            }
            double[] row = row(line, name, number);
            if (!rows.isEmpty() && row.length != rows.get(0).length) {
                throw malformed(
                        name,
                        number,
                        "has " + fields(row.length) + ", but line 1 has " + fields(rows.get(0).length)
                                + ": give every input the same number of coordinates");
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(
                    name
                            + " holds no numbers, but at least one input was expected: write one input a line, numbers separated by commas.");
        }
        return new SimpleMatrix(rows.toArray(double[][]::new));
    }

    private static double[] row(String line, String name, int number) {
        String[] fields = line.split(",", -1);
        double[] row = new double[fields.length];
        for (int column = 0; column < fields.length; column++) {
            String field = fields[column].strip();
            if (!DECIMAL.matcher(field).matches()) {
                String quoted =
                        field.length() > QUOTED_CHARACTERS ? field.substring(0, QUOTED_CHARACTERS) + "..." : field;
                throw malformed(
                        name,
                        number,
                        "column " + (column + 1) + " is '" + quoted
                                + "', but a finite decimal number was expected: write numbers separated by commas, without a header");
            }
            row[column] = Double.parseDouble(field);
            if (Double.isInfinite(row[column])) {
                throw malformed(
                        name,
                        number,
                        "column " + (column + 1) + " is '" + field
                                + "', which is too large for a double: rescale the inputs");
            }
        }
        return row;
    }

    private static String fields(int count) {
        return count == 1 ? "1 number" : count + " numbers";
    }

    private static IllegalArgumentException malformed(String name, int line, String problem) {
        String separator = problem.startsWith("column") ? ", " : " ";
        return new IllegalArgumentException(name + ": line " + line + separator + problem + ".");
    }
}
