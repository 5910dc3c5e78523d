package org.crucis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTest {

    /** Oracle: SHA-256 of the files at the time when their statistics were compared with the published ones. */
    @ParameterizedTest
    @CsvSource({
        "iris.csv, 111f8932a62b6c883fdc21a018d7459e603d6468fd8bdb4d1e0f0b125f2c9f39",
        "wine.csv, c4003e57a6c3e6f838465a74b24b77d1ed95d529f80870f75cd8c01d1ea80354",
        "breast-cancer.csv, feb0adc252908ad0b2c7286e5f9b4cc84fd5d8b50a807f8ade1b1edc5f27a355",
        "diabetes.csv, d76256e01df71f36cd1115f1e7b7e8245273f413d0127cef98da6f2e19852e13",
        "digits.csv.gz, 6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8"
    })
    void filesAreUnchanged(String resource, String digest) throws IOException, NoSuchAlgorithmException {
        try (InputStream file = Tables.class.getResourceAsStream(resource);
                InputStream text = resource.endsWith(".gz") ? new GZIPInputStream(file) : file) {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.readAllBytes());

            assertThat(HexFormat.of().formatHex(sum)).isEqualTo(digest);
        }
    }

    /** Oracle: the summary statistics published with the table (5.84, 3.05 cut from 3.057, 3.76, 1.20; 0.83, 0.43, 1.76, 0.76). */
    @Test
    void irisHasItsPublishedStatistics() {
        Table iris = Tables.iris();

        assertThat(iris.size()).isEqualTo(150);
        assertThat(means(iris.inputs())).containsExactly(new double[] {5.8433, 3.0573, 3.7580, 1.1993}, within(1e-4));
        assertThat(deviations(iris.inputs()))
                .containsExactly(new double[] {0.8281, 0.4359, 1.7653, 0.7622}, within(1e-4));
        assertThat(counts(iris)).containsExactly(50, 50, 50);
    }

    /** Oracle: the summary statistics published with the table. */
    @Test
    void wineHasItsPublishedStatistics() {
        Table wine = Tables.wine();

        assertThat(wine.dimension()).isEqualTo(13);
        assertThat(counts(wine)).containsExactly(59, 71, 48);
        assertThat(means(wine.inputs())[0]).isCloseTo(13.0, within(0.05));
        assertThat(means(wine.inputs())[12]).isCloseTo(746, within(1.0));
        assertThat(deviations(wine.inputs())[12]).isCloseTo(315, within(0.5));
        assertThat(wine.inputs().getColumn(12).elementMax()).isEqualTo(1680);
        assertThat(wine.inputs().getColumn(4).elementMin()).isEqualTo(70);
    }

    /** Oracle: the summary statistics published with the table. */
    @Test
    void breastCancerHasItsPublishedStatistics() {
        Table table = Tables.breastCancer();

        assertThat(table.dimension()).isEqualTo(30);
        assertThat(counts(table)).containsExactly(212, 357);
        assertThat(table.inputs().getColumn(0).elementMin()).isEqualTo(6.981);
        assertThat(table.inputs().getColumn(3).elementMax()).isEqualTo(2501);
        assertThat(table.inputs().getColumn(29).elementMax()).isCloseTo(0.208, within(5e-4));
    }

    /** Oracle: mean response 152.13 and its standard deviation 77.09 as known from the literature on the table. */
    @Test
    void diabetesHasItsPublishedStatistics() {
        Table table = Tables.diabetes();

        assertThat(table.size()).isEqualTo(442);
        assertThat(table.dimension()).isEqualTo(10);
        assertThat(means(table.targets())[0]).isCloseTo(152.13, within(0.005));
        assertThat(deviations(table.targets())[0]).isCloseTo(77.09, within(0.005));
        assertThat(table.inputs().getColumn(1).elementMax()).isEqualTo(2);
    }

    /** Oracle: 1797 images, grey values 0 to 16 and class counts as published. */
    @Test
    void digitsHaveTheirPublishedStatistics() {
        Table digits = Tables.digits();

        assertThat(digits.size()).isEqualTo(1797);
        assertThat(digits.dimension()).isEqualTo(64);
        assertThat(digits.inputs().elementMin()).isEqualTo(0);
        assertThat(digits.inputs().elementMax()).isEqualTo(16);
        assertThat(counts(digits)).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    }

    @Test
    void samplesAreBalancedDistinctAndOnTheUnitSphere() {
        Sample sample = Tables.digits().draw(41, random(1));

        assertThat(sample.size()).isEqualTo(41);
        assertThat(sample.dimension()).isEqualTo(64);
        assertThat(sample.name()).isEqualTo("digits 8x8, class 0 against 1");
        assertThat(sample.targets().elementSum()).isEqualTo(-1);
        assertThat(sample.targets().getDDRM().getData()).containsOnly(-1, 1);
        assertThat(Separation.of(sample.inputs()).distance()).isGreaterThan(0.05);
        for (int i = 0; i < 41; i++) {
            assertThat(sample.inputs().getRow(i).normF()).isCloseTo(1, within(1e-15));
        }
    }

    /** Oracle: the definition, by hand: an image minus the mean image of the whole table, divided by its length. */
    @Test
    void samplesAreCentredByTheWholeTable() {
        Table digits = Tables.digits();
        Sample sample = digits.draw(4, 3, 8, random(2));
        double[] mean = means(digits.inputs());

        for (int i = 0; i < 4; i++) {
            double label = i % 2 == 0 ? 3 : 8;
            SimpleMatrix input = sample.inputs().getRow(i);
            long matches = IntStream.range(0, digits.size())
                    .filter(row -> digits.targets().get(row) == label)
                    .filter(row -> {
                        SimpleMatrix image = digits.inputs().getRow(row);
                        for (int j = 0; j < 64; j++) {
                            image.set(j, image.get(j) - mean[j]);
                        }
                        return image.divide(image.normF()).isIdentical(input, 1e-12);
                    })
                    .limit(2)
                    .count();
            assertThat(matches).isEqualTo(1);
            assertThat(sample.targets().get(i)).isEqualTo(i % 2 == 0 ? -1 : 1);
        }
    }

    @Test
    void equalExamplesAreDealtOnce() {
        // Iris has one pair of equal flowers, both of class 2 (rows 102 and 143): 49 distinct ones.
        assertThat(Tables.iris().draw(98, 2, 1, random(3)).size()).isEqualTo(98);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tables.iris().draw(100, 2, 1, random(3)))
                .withMessageContaining("49 distinct examples");
    }

    @Test
    void realResponsesAreStandardizedOverTheWholeTable() {
        Sample all = Tables.diabetes().draw(442, random(4));

        assertThat(all.targets().elementSum()).isCloseTo(0, within(1e-10));
        assertThat(all.targets().normF()).isCloseTo(Math.sqrt(442), within(1e-10));
        assertThat(Tables.diabetes().draw(5, random(4)).targets().get(2))
                .isEqualTo(all.targets().get(2));
    }

    @Test
    void sameSeedSameSample() {
        SimpleMatrix first = Tables.wine().draw(10, random(6)).inputs();

        assertThat(first.isIdentical(Tables.wine().draw(10, random(6)).inputs(), 0))
                .isTrue();
        assertThat(first.isIdentical(Tables.wine().draw(10, random(7)).inputs(), 1e-6))
                .isFalse();
    }

    @Test
    void badRequestsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tables.iris().draw(4, 0, 7, random(1)))
                .withMessageContaining("no class 7: its classes are 0 to 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tables.iris().draw(4, 1, 1, random(1)))
                .withMessageContaining("two different classes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tables.diabetes().draw(4, 0, 1, random(1)))
                .withMessageContaining("real targets");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tables.diabetes().draw(0, random(1)))
                .withMessageContaining("at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tables.diabetes().draw(443, random(1)))
                .withMessageContaining("442 distinct examples");
    }

    private static double[] means(SimpleMatrix matrix) {
        return IntStream.range(0, matrix.getNumCols())
                .mapToDouble(j -> matrix.getColumn(j).elementSum() / matrix.getNumRows())
                .toArray();
    }

    /** Sample standard deviations, divided by n - 1. */
    private static double[] deviations(SimpleMatrix matrix) {
        double[] means = means(matrix);
        return IntStream.range(0, matrix.getNumCols())
                .mapToDouble(j -> Math.sqrt(
                        matrix.getColumn(j).minus(means[j]).elementPower(2).elementSum() / (matrix.getNumRows() - 1)))
                .toArray();
    }

    private static int[] counts(Table table) {
        int classes = (int) table.targets().elementMax() + 1;
        return IntStream.range(0, classes)
                .map(label -> (int) IntStream.range(0, table.size())
                        .filter(i -> table.targets().get(i) == label)
                        .count())
                .toArray();
    }

    private static UniformRandomProvider random(long seed) {
        return RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    }
}
