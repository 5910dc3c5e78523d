package org.crucis.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NativeLibrariesTest {

    @Test
    void kernelsAreChosenByTheProcessorsFlags() {
        assertThat(NativeLibraries.kernelsFor(
                        Set.of("fma", "avx2", "avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd")))
                .contains("SkylakeX");
        assertThat(NativeLibraries.kernelsFor(Set.of("fma", "avx2", "avx512f"))).contains("Haswell");
        assertThat(NativeLibraries.kernelsFor(Set.of("sse4_2"))).isEmpty();
        assertThat(NativeLibraries.kernelsFor(Set.of())).isEmpty();
    }

    /** In a JVM of its own: it matters what was loaded first, and what the environment said. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theKernelsOfTheProcessorAndOneThreadAreSetFromInside() throws IOException, InterruptedException {
        Optional<String> chosen = NativeLibraries.kernelsFor(NativeLibraries.processorFlags());
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FirstDraw.class.getName());
        builder.environment().remove("OMP_NUM_THREADS");
        builder.environment().remove("OPENBLAS_CORETYPE");
        Process child = builder.redirectErrorStream(true).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said).contains("threads in the environment: 1", "threads of a product: 1");
        chosen.ifPresent(type -> assertThat(said).contains("core type: " + type + System.lineSeparator()));
    }

    static final class FirstDraw {
        public static void main(String[] arguments) {
            System.out.println("threads of a product: " + NativeLibraries.threads());
            Architecture.of(3)
                    .hidden(4, 1)
                    .draw(RandomSource.XO_SHI_RO_256_PP.create(1))
                    .close();
            System.out.println("core type: " + NativeLibraries.coreType());
            Function getenv = NativeLibrary.getInstance("c").getFunction("getenv");
            System.out.println(
                    "threads in the environment: " + getenv.invokeString(new Object[] {"OMP_NUM_THREADS"}, false));
        }
    }
}
