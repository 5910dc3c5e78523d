package org.crucis.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes the fingerprint of a claim's code, and what does not: variants of one claim, compiled here. */
class CodeFingerprintTest {

    private static final String CLAIM = """
            package sample;

            import static org.crucis.statistics.Criteria.mean;

            import org.crucis.claim.Basis;
            import org.crucis.data.Spheres;
            import org.crucis.junit.Claim;
            import org.crucis.junit.Prediction;
            import org.crucis.lab.Experiment;
            import org.crucis.lab.Lab;
            import org.crucis.lab.Measurements;
            import org.crucis.lab.Sweep;

            @Claim(title = "A title", source = "Theorem 1", basis = Basis.TEXT, statement = "$1$")
            class Sample {
                static final Experiment ONE = Experiment.over(Sweep.onePoint())
                        .measuring(trial -> Measurements.of("y", Helper.one() + Spheres.ofDimension(1, 2, trial.random("x")).get(0)));

                /** Prose. */
                @Prediction("It is one")
                void isOne(Lab lab) {
                    lab.expect(mean("y").equalTo(1).within(0.5)).in(ONE).withoutControl("none");
                    lab.show(observations -> null).of(ONE);
                }
            }
            """;

    private static final String HELPER = """
            package sample;

            class Helper {
                static double one() {
                    return 1;
                }
            }
            """;

    @TempDir
    Path folder;

    private int variants;

    /** The fingerprint of the claim with one text in the place of another, and with a table beside it. */
    private String fingerprint(String change, String into, String table) throws IOException {
        Path variant = Files.createDirectories(folder.resolve("variant" + variants++));
        Path sources = Files.createDirectories(variant.resolve("src/sample"));
        Path classes = Files.createDirectories(variant.resolve("classes"));
        Files.writeString(sources.resolve("Sample.java"), CLAIM.replace(change, into));
        Files.writeString(sources.resolve("Helper.java"), HELPER.replace(change, into));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-d",
                                classes.toString(),
                                "-proc:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                sources.resolve("Sample.java").toString(),
                                sources.resolve("Helper.java").toString()))
                .isZero();
        Files.writeString(classes.resolve("sample/table.csv"), table);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, CodeFingerprintTest.class.getClassLoader())) {
            return new CodeFingerprint(loader).of("sample.Sample");
        }
    }

    private String original() throws IOException {
        return fingerprint("", "", "1,2");
    }

    @Test
    void theSameCodeHasTheSameFingerprintWhereverItLies() throws IOException {
        assertThat(original()).hasSize(64).isEqualTo(original());
    }

    @ParameterizedTest
    @CsvSource({
        "'A title', 'Another title'",
        "'It is one', 'It equals one'",
        "'within(0.5)', 'within(0.25)'",
        "'observations -> null', 'observations -> org.crucis.claim.Figure.class.isInstance(observations) ? null : null'",
        "'/** Prose. */', '/** Other prose, on more\n\n\nlines. */'",
    })
    void whatOnlyJudgesOrTellsDoesNotCount(String change, String into) throws IOException {
        assertThat(fingerprint(change, into, "1,2")).isEqualTo(original());
    }

    @ParameterizedTest
    @CsvSource({
        "'Measurements.of(\"y\"', 'Measurements.of(\"z\"'",
        "'return 1;', 'return 2;'",
        "'ofDimension(1, 2', 'ofDimension(1, 3'",
        "'static double one()', 'static strictfp final double one()'",
    })
    void whatATrialRunsCounts(String change, String into) throws IOException {
        assertThat(fingerprint(change, into, "1,2")).isNotEqualTo(original());
    }

    @Test
    void dataBesideTheCodeCount() throws IOException {
        assertThat(fingerprint("", "", "1,3")).isNotEqualTo(original());
    }

    @Test
    void instrumentsThatAreReachedCountAndOthersDoNot() throws IOException {
        // Two claims with the same code but for the instrument that it asks.
        assertThat(fingerprint("Spheres.ofDimension(1, 2, trial.random(\"x\")).get(0)", "0", "1,2"))
                .isNotEqualTo(original());
        assertThat(List.of(
                        new CodeFingerprint(getClass().getClassLoader()).of("lee2019.KernelStaysNearInitialization"),
                        new CodeFingerprint(getClass().getClassLoader()).of("lee2019.StepSizeHasALimit")))
                .doesNotHaveDuplicates();
    }
}
