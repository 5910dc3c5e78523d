package org.crucis.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.crucis.data.Table.Columns;
import org.crucis.data.Table.Response;
import org.ejml.simple.SimpleMatrix;

/**
 * The tables that come with the program. Sources, donors and licences are in ATTRIBUTION.md beside the files.
 */
public final class Tables {

    private Tables() {}

    /** Handwritten digits, 1797 images of 8 x 8 pixels in grey values 0 to 16, classes 0 to 9. */
    public static Table digits() {
        return Holder.DIGITS;
    }

    /** Fisher's iris flowers: 150 x 4 lengths in centimetres, three classes of 50. */
    public static Table iris() {
        return Holder.IRIS;
    }

    /** Wines of three growers: 178 x 13 chemical measurements. */
    public static Table wine() {
        return Holder.WINE;
    }

    /** Breast cancer Wisconsin (diagnostic): 569 x 30 measurements of cell nuclei, class 0 malignant, 1 benign. */
    public static Table breastCancer() {
        return Holder.BREAST_CANCER;
    }

    /** Diabetes progression after one year: 442 x 10 measurements of patients, as measured, with a real response. */
    public static Table diabetes() {
        return Holder.DIABETES;
    }

    /** Read on first use and kept: a claim asks for the same table in thousands of trials. */
    private static final class Holder {

        static final Table DIGITS = table("digits 8x8", "digits.csv.gz", Columns.OF_ONE_UNIT, Response.CLASSES);
        static final Table IRIS = table("iris", "iris.csv", Columns.OF_DIFFERENT_UNITS, Response.CLASSES);
        static final Table WINE = table("wine", "wine.csv", Columns.OF_DIFFERENT_UNITS, Response.CLASSES);
        static final Table BREAST_CANCER =
                table("breast cancer", "breast-cancer.csv", Columns.OF_DIFFERENT_UNITS, Response.CLASSES);
        static final Table DIABETES = table("diabetes", "diabetes.csv", Columns.OF_DIFFERENT_UNITS, Response.REAL);

        /** The last column of a file is the target. */
        private static Table table(String name, String resource, Columns columns, Response response) {
            SimpleMatrix all = read(resource);
            int last = all.getNumCols() - 1;
            return new Table(name, all.cols(0, last), all.getColumn(last), columns, response);
        }

        private static SimpleMatrix read(String resource) {
            try (InputStream file = Tables.class.getResourceAsStream(resource)) {
                if (file == null) {
                    throw new FileNotFoundException("The table " + resource
                            + " is missing from the program, which should contain it: build or download it again.");
                }
                InputStream text = resource.endsWith(".gz") ? new GZIPInputStream(file) : file;
                return CsvMatrix.read(new InputStreamReader(text, StandardCharsets.US_ASCII), resource);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
