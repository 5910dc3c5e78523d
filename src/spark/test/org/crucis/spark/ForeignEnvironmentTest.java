package org.crucis.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.crucis.engine.EngineSettings;
import org.crucis.lab.Engine;
import org.crucis.lab.NumericEnvironment;
import org.crucis.lab.TrialResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ForeignEnvironmentTest {

    @Test
    @Timeout(300)
    void bitsOfAnotherProcessorAreRefused() {
        Map<String, String> facts = new HashMap<>(NumericEnvironment.here().facts());
        facts.put("blas core type", "Abacus");
        List<TrialResult> mixed = new ArrayList<>();
        try (Engine spark = SparkEngine.start(
                new SparkConf().setMaster("local[1]"),
                EngineSettings.of(1),
                new NumericEnvironment(facts),
                Duration.ofMinutes(1))) {
            assertThatThrownBy(() -> spark.run(Trials.slow(1, 3), (index, result, origin) -> mixed.add(result)))
                    .isInstanceOf(Engine.EngineFailure.class)
                    .hasMessageContaining("the executor on ")
                    .hasMessageContaining("not Abacus")
                    .hasMessageContaining("OPENBLAS_CORETYPE");
        }
        assertThat(mixed).isEmpty();
    }
}
