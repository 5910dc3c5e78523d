package org.crucis.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.bytedeco.openblas.global.openblas;
import org.junit.jupiter.api.Test;

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

    @Test
    void oneThreadIsUsed() {
        NumericSelfTest.require();
        assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
    }

    @Test
    void theLibrariesTellTheirCore() {
        NumericSelfTest.require();
        assertThat(NativeLibraries.coreType()).doesNotContain(",").isNotBlank();
    }
}
