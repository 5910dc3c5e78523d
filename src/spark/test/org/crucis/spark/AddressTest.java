package org.crucis.spark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.crucis.engine.Engines;
import org.junit.jupiter.api.Test;

class AddressTest {

    @Test
    void someoneMustNameTheMaster() {
        assertThatThrownBy(() -> Engines.check("spark"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was given no master")
                .hasMessageContaining("spark:local[2]");
    }

    @Test
    void whatTheManualNamesIsAMaster() {
        for (String master : List.of(
                "local",
                "local[*]",
                "local[2]",
                "local[2,3]",
                "spark://a:7077,b:7077",
                "yarn",
                "k8s://https://a:6443")) {
            assertThatCode(() -> Engines.check("spark:" + master)).doesNotThrowAnyException();
        }
    }

    @Test
    void aMasterThatSparkDoesNotKnowIsTheUsersMistake() {
        assertThatThrownBy(() -> Engines.check("spark:locall[2]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("locall[2]");
    }
}
