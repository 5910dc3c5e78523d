package org.crucis.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.crucis.engine.EngineSettings;
import org.crucis.lab.Engine;
import org.crucis.lab.TrialResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ForeignEnvironmentTest {

    @Test
    @Timeout(60)
    void bitsOfAnotherProcessorAreRefused(@TempDir Path folder) throws Exception {
        List<TrialResult> mixed = new ArrayList<>();
        try (Cluster cluster = new Cluster(folder);
                Engine spark = SparkEngine.start(
                        cluster.conf().set("spark.executorEnv.OPENBLAS_CORETYPE", "Nehalem"),
                        new EngineSettings(1, Duration.ofMinutes(1), 512))) {
            cluster.addWorker();
            assertThatThrownBy(() -> spark.run(Trials.slow(1, 3), (index, result, origin) -> mixed.add(result)))
                    .isInstanceOf(Engine.EngineFailure.class)
                    .hasMessageContaining("the executor on 127.0.0.1")
                    .hasMessageContaining("blas core type: Nehalem, not ")
                    .hasMessageContaining("OPENBLAS_CORETYPE");
        }
        assertThat(mixed).isEmpty();
    }
}
