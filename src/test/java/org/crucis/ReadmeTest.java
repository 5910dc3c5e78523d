package org.crucis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.crucis.claim.Verdict;
import org.crucis.junit.Rehearsal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worked example of the README is a claim that compiles, runs, and comes out as the README lets one expect. */
class ReadmeTest {

    @TempDir
    Path reports;

    @Test
    void showsTheExampleAsItIsCompiled() throws IOException {
        String compiled = Files.readString(Path.of("src/test/java/he2015/SizeIsKept.java"))
                .strip();
        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + compiled + "\n```");
    }

    @Test
    void theExampleIsSupportedAndItsControlFires() throws ClassNotFoundException {
        Rehearsal run = Rehearsal.of(Class.forName("he2015.SizeIsKept"), reports);
        assertThat(run.evidence().verdict()).isEqualTo(Verdict.SUPPORTED);
        assertThat(run.verdicts())
                .containsExactly(
                        "sizeIsKept SUPPORTED", "sizeIsKept/HALF_OF_IT FIRED", "sizeIsKept/planted deviation FIRED");
    }
}
