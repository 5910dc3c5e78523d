package org.crucis.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.crucis.Draw;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvMatrixTest {

    @Test
    void readsNumbersAsTheyAre() throws IOException {
        SimpleMatrix matrix = read("\uFEFF1, -2.5,3e-4\r\n.5,+6.,7E2\n\n\n");

        assertThat(matrix.isIdentical(new SimpleMatrix(new double[][] {{1, -2.5, 3e-4}, {0.5, 6, 700}}), 0))
                .isTrue();
    }

    /** Oracle: what Java prints of a double identifies it, so nothing may be lost on the way back. */
    @Test
    void readsEveryDoubleBack() {
        Draw.cases(20260102, 200, draw -> {
            double[] row = draw.reals("row", 1, 5);
            StringBuilder line = new StringBuilder();
            for (double number : row) {
                line.append(line.isEmpty() ? "" : ",").append(number);
            }

            assertThat(read(line.toString()).getDDRM().getData()).containsExactly(row);
        });
    }

    @Test
    void readsFiles(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("points.csv"), "1,2\n3,4\n");

        assertThat(CsvMatrix.read(file).get(1, 0)).isEqualTo(3);
        assertThatThrownBy(() -> CsvMatrix.read(folder.resolve("absent.csv"))).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1,2|3,x; points: line 2, column 2 is 'x'",
                "a,b|1,2; points: line 1, column 1 is 'a'",
                "1,NaN; line 1, column 2 is 'NaN'",
                "1,Infinity; line 1, column 2 is 'Infinity'",
                "1,1e999; line 1, column 2 is '1e999', which is too large",
                "1,0x10; line 1, column 2 is '0x10'",
                "1,2d; line 1, column 2 is '2d'",
                "1,,3; line 1, column 2 is ''",
                "1,2,; line 1, column 3 is ''",
                "1 2; line 1, column 1 is '1 2'",
                "1,2|3; line 2 has 1 number, but line 1 has 2 numbers",
                "1|2,3,4; line 2 has 3 numbers, but line 1 has 1 number",
                "1||2; line 2 is empty",
                "'';holds no numbers",
                "||;holds no numbers"
            })
    void saysWhatIsWrongInOneSentence(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(text.replace("|", "\n")))
                .withMessageContaining(message)
                .withMessageEndingWith(".")
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("\n");
    }

    @Test
    void quotesOnlyTheBeginningOfGarbage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("y".repeat(5000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250));
    }

    private static SimpleMatrix read(String text) throws IOException {
        return CsvMatrix.read(new StringReader(text), "points");
    }
}
