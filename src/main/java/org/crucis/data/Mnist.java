package org.crucis.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.crucis.data.Table.Columns;
import org.crucis.data.Table.Response;
import org.ejml.simple.SimpleMatrix;

/**
 * The 10 000 test images of MNIST (LeCun, Cortes and Burges 1998), 28 x 28 pixels in grey values 0 to 255, classes 0 to 9. They do
 * not come with the program: the README says how to put the two files into the data folder, {@code ~/.cache/crucis/mnist}, or
 * {@code mnist} in the folder that the environment variable {@value #FOLDER} names. A claim asks for {@link #images} as a
 * hypothesis, and is not applicable where there are none.
 */
public final class Mnist {

    /** Names the folder of data that were fetched. */
    public static final String FOLDER = "CRUCIS_DATA";

    /** What a claim assumes; a reader whose data are absent sees it with the number 0. */
    public static final String HYPOTHESIS = "the number of MNIST test images (the README says how to fetch them)";

    private static final IdxFile IMAGES =
            new IdxFile("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7");
    private static final IdxFile LABELS =
            new IdxFile("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    private Mnist() {}

    /** How many images there are: 10 000, or 0 when the files are absent. */
    public static int images() {
        return Files.isReadable(IMAGES.in(folder())) && Files.isReadable(LABELS.in(folder()))
                ? Holder.TABLE.get().size()
                : 0;
    }

    /**
     * The images with their classes.
     *
     * @throws UncheckedIOException if they are absent or cannot be read
     * @throws IllegalStateException if a file is not the published one
     */
    public static Table table() {
        return Holder.TABLE.get();
    }

    private static Path folder() {
        String named = System.getenv(FOLDER);
        Path data = named == null || named.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "crucis")
                : Path.of(named);
        return data.resolve("mnist");
    }

    /** Read on first use and kept. */
    private static final class Holder {
        static final Supplier<Table> TABLE = new Supplier<>() {
            private Table read;

            @Override
            public synchronized Table get() {
                if (read == null) {
                    read = new Table(
                            "MNIST test images",
                            matrix(IMAGES.verified(folder())),
                            matrix(LABELS.verified(folder())),
                            Columns.OF_ONE_UNIT,
                            Response.CLASSES);
                }
                return read;
            }
        };
    }

    /**
     * The numbers of a file in IDX format with unsigned bytes: two zero bytes, 8 for the type, the number of dimensions, each
     * dimension as four bytes, and the data with the last index running fastest.
     *
     * @return one row for each value of the first index
     * @throws IllegalArgumentException if the bytes are no such file
     */
    static SimpleMatrix matrix(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (file.length < 8 || bytes.getShort() != 0 || bytes.get() != 8) {
            throw new IllegalArgumentException("This is no IDX file of unsigned bytes, which begins with 00 00 08.");
        }
        int dimensions = bytes.get();
        if (dimensions < 1 || file.length < 4 + 4 * dimensions) {
            throw new IllegalArgumentException("The IDX file ends within its header of " + dimensions + " dimensions.");
        }
        int rows = bytes.getInt();
        long columns = 1;
        for (int k = 1; k < dimensions; k++) {
            columns *= bytes.getInt();
        }
        if (rows * columns != bytes.remaining()) {
            throw new IllegalArgumentException("The IDX file has " + bytes.remaining()
                    + " numbers where its header says " + rows + " x " + columns + ".");
        }
        SimpleMatrix matrix = new SimpleMatrix(rows, (int) columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, bytes.get() & 0xFF);
            }
        }
        return matrix;
    }

    /**
     * A file as it was published.
     *
     * @param digest SHA-256, hexadecimal
     */
    record IdxFile(String name, String digest) {

        Path in(Path folder) {
            return folder.resolve(name);
        }

        byte[] verified(Path folder) {
            try {
                byte[] bytes = Files.readAllBytes(in(folder));
                String found = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
                if (!found.equals(digest)) {
                    throw new IllegalStateException("The file " + in(folder)
                            + " is not the published one (SHA-256 is " + found + ", expected " + digest
                            + "): delete it and fetch it again, as the README says.");
                }
                return bytes;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
