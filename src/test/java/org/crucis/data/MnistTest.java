package org.crucis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The format by hand-made files; the images themselves only where they have been fetched. */
class MnistTest {

    /** Two images of 2 x 3 pixels. */
    private static final byte[] TWO_IMAGES = {
        0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, -1, 0, 127, -128, 9, 10
    };

    @Test
    void anImageIsARow() {
        SimpleMatrix expected = new SimpleMatrix(2, 6, true, 1, 2, 3, 4, 5, 6, 255, 0, 127, 128, 9, 10);
        assertThat(Mnist.matrix(TWO_IMAGES).minus(expected).normF()).isZero();
    }

    @Test
    void whatIsNoSuchFileIsRefused() {
        byte[] cut = Arrays.copyOf(TWO_IMAGES, TWO_IMAGES.length - 1);
        assertThatThrownBy(() -> Mnist.matrix(cut))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The IDX file has 11 numbers where its header says 2 x 6.");
        assertThatThrownBy(() -> Mnist.matrix(new byte[] {31, -117, 8, 0, 0, 0, 0, 0, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("This is no IDX file of unsigned bytes, which begins with 00 00 08.");
        assertThatThrownBy(() -> Mnist.matrix(new byte[] {0, 0, 8, 3, 0, 0, 0, 2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The IDX file ends within its header of 3 dimensions.");
    }

    /** Oracle: the digest of "abc" in FIPS 180-2. */
    @Test
    void aFileThatIsNotThePublishedOneIsRefused(@TempDir Path folder) throws IOException {
        Mnist.IdxFile file =
                new Mnist.IdxFile("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        Files.writeString(folder.resolve("abc"), "abc");
        assertThat(file.verified(folder)).containsExactly('a', 'b', 'c');
        Files.writeString(folder.resolve("abc"), "abd");
        assertThatThrownBy(() -> file.verified(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not the published one")
                .hasMessageContaining("delete it and fetch it again");
    }

    /** Oracle: the counts of the ten classes in the published test set. */
    @Test
    void theImagesAreThoseOfTheTestSet() {
        assumeThat(Mnist.images()).as("fetched images").isPositive();
        Table table = Mnist.table();
        assertThat(table.size()).isEqualTo(10_000);
        assertThat(table.dimension()).isEqualTo(28 * 28);
        int[] counts = new int[10];
        for (double label : table.targets().getDDRM().getData()) {
            counts[(int) label]++;
        }
        assertThat(counts).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
    }
}
