package org.crucis.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.crucis.network.Activation;
import org.ejml.simple.SimpleMatrix;

/**
 * One line of the reference table: closed forms computed outside of this project in double precision and held there against an
 * independent quadrature, to 9e-15 for erf and 6e-14 for ReLU.
 */
record ReferenceRow(
        String pair, Activation activation, double weightVariance, double biasVariance, int depth, double[] expected) {

    static List<ReferenceRow> all() {
        try (InputStream table = ReferenceRow.class.getResourceAsStream("reference-table.csv")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(ReferenceRow::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ReferenceRow parse(String line) {
        String[] fields = line.split(",");
        double[] expected = new double[6];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = Double.parseDouble(fields[5 + i]);
        }
        return new ReferenceRow(
                fields[0],
                Activation.valueOf(fields[1].toUpperCase(java.util.Locale.ROOT)),
                Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]),
                Integer.parseInt(fields[4]),
                expected);
    }

    SimpleMatrix inputs() {
        return switch (pair) {
            case "A" -> new SimpleMatrix(new double[][] {{1, 0}, {0.6, 0.8}});
            case "B" -> new SimpleMatrix(new double[][] {{0.5, -1.2, 0.3}, {1.0, 0.4, -0.7}});
            default -> throw new IllegalStateException("unknown pair " + pair);
        };
    }

    AnalyticKernel kernel() {
        return AnalyticKernel.of(activation, depth, weightVariance, biasVariance);
    }

    @Override
    public String toString() {
        return pair + " " + activation + " " + weightVariance + " " + biasVariance + " L=" + depth;
    }
}
