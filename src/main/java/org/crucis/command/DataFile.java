package org.crucis.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.crucis.data.CsvMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * Inputs and targets from a CSV file: one example a line, perhaps a line of names first.
 *
 * @param targetNames names of the target columns, numbers from 1 where the file names none
 * @param inputs n x d
 * @param targets n x k
 */
record DataFile(List<String> targetNames, SimpleMatrix inputs, SimpleMatrix targets) {

    /** Words that stand for a missing number and name no column. */
    private static final Set<String> MISSING =
            Set.of("", "nan", "na", "n/a", "null", "none", "inf", "-inf", "infinity");

    /**
     * Reads a file.
     *
     * @param wanted target columns, by name or by number from 1; the last column when empty
     * @throws Refusal when it is not a table of numbers, or has no such columns
     */
    static DataFile read(Path file, List<String> wanted) {
        String text = text(file);
        String first = text.lines().findFirst().orElse("").replaceFirst("^\uFEFF", "");
        List<String> names =
                Arrays.stream(first.split(",", -1)).map(DataFile::unquoted).toList();
        boolean named = names.stream().allMatch(DataFile::isName);
        SimpleMatrix table = named
                ? table(
                        text.lines().skip(1).collect(Collectors.joining("\n")),
                        file + ", not counting its line of names")
                : table(text, file.toString());
        if (named && names.size() != table.getNumCols()) {
            throw new Refusal(file + " names " + names.size() + " columns, but its lines have " + table.getNumCols()
                    + " numbers: give every column one name");
        }
        int columns = table.getNumCols();
        List<Integer> targets = wanted.isEmpty()
                ? List.of(columns - 1)
                : wanted.stream()
                        .map(each -> column(each, named ? names : List.of(), columns, file))
                        .distinct()
                        .toList();
        if (targets.size() == columns) {
            throw new Refusal(
                    columns == 1
                            ? file
                                    + " has one column, but inputs and targets were expected: give the inputs' coordinates and, last,"
                                    + " the target"
                            : "every column of " + file
                                    + " is a target, and no input is left: name fewer with --targets");
        }
        int[] inputs = IntStream.range(0, columns)
                .filter(column -> !targets.contains(column))
                .toArray();
        return new DataFile(
                targets.stream()
                        .map(column -> named ? names.get(column) : String.valueOf(column + 1))
                        .toList(),
                columns(table, inputs),
                columns(table, targets.stream().mapToInt(Integer::intValue).toArray()));
    }

    private static String text(Path file) {
        if (Files.isDirectory(file)) {
            throw new Refusal(file + " is a folder, but a CSV file was expected: name the file with the data");
        }
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new Refusal("there is no file " + file + ": name a CSV file with one example a line");
        } catch (CharacterCodingException e) {
            throw new Refusal(file + " is not text in UTF-8, but a CSV file was expected: name the file with the data");
        } catch (IOException e) {
            throw new Refusal(file + " cannot be read (" + e.getMessage() + "): check its permissions");
        }
    }

    private static SimpleMatrix table(String text, String name) {
        try (BufferedReader reader = new BufferedReader(new StringReader(text))) {
            return CsvMatrix.read(reader, name);
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory could not be read", e);
        }
    }

    private static String unquoted(String field) {
        return field.strip().replaceFirst("^\"(.*)\"$", "$1");
    }

    /** A first line is one of names when none of its fields is a number, nor stands for a missing one. */
    private static boolean isName(String field) {
        return !MISSING.contains(field.toLowerCase(Locale.ROOT)) && !field.matches("[+-]?\\.?\\d.*");
    }

    private static int column(String wanted, List<String> names, int columns, Path file) {
        if (names.contains(wanted)) {
            return names.indexOf(wanted);
        }
        if (wanted.matches("\\d{1,9}") && Integer.parseInt(wanted) >= 1 && Integer.parseInt(wanted) <= columns) {
            return Integer.parseInt(wanted) - 1;
        }
        List<String> choices = new ArrayList<>(names);
        choices.add("a number from 1 to " + columns);
        throw new Refusal(
                "there is no column '" + wanted + "' in " + file + ": --targets takes " + String.join(", ", choices));
    }

    private static SimpleMatrix columns(SimpleMatrix table, int[] columns) {
        SimpleMatrix chosen = new SimpleMatrix(table.getNumRows(), columns.length);
        for (int j = 0; j < columns.length; j++) {
            chosen.insertIntoThis(0, j, table.getColumn(columns[j]));
        }
        return chosen;
    }
}
