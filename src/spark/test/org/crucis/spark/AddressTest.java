package org.crucis.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.crucis.engine.EngineSettings;
import org.crucis.engine.Engines;
import org.junit.jupiter.api.Test;

class AddressTest {

    @Test
    void someoneMustNameTheMaster() {
        assertThatThrownBy(() -> Engines.open("spark", EngineSettings.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was given no master")
                .hasMessageContaining("spark:local[2]");
    }

    @Test
    void aMasterThatSparkDoesNotKnowIsTheUsersMistake() {
        assertThatThrownBy(() -> Engines.open("spark:locall[2]", EngineSettings.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("locall[2]");
    }
}
