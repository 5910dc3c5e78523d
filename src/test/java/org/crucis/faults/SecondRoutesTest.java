package org.crucis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.crucis.routes.SecondRoutes;
import org.crucis.severity.Routes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks an instrument on purpose and asserts which comparisons with second routes notice, and that no others do. */
class SecondRoutesTest {

    private static final String PLAIN = "ten steps of gradient descent";
    private static final String COLD = "ten steps of noisy descent at temperature 1e-300";
    private static final String PENALIZED = "ten steps of penalized descent";
    private static final String HEAVY_BALL = "ten steps of the heavy ball";
    private static final String NOISE = "variance of a noisy step over 2 eta rate temperature";
    private static final String LOSS = "loss after ten steps";
    private static final String FOLLOWED = "tangent kernel followed along a training";
    private static final String LIMIT = "tangent kernel of infinitely wide networks";

    static List<Arguments> faults() {
        return List.of(
                Arguments.of(NetworkFaults.StandardRate.class, Set.of(PLAIN, COLD, PENALIZED, HEAVY_BALL, LOSS, LIMIT)),
                Arguments.of(NetworkFaults.GatesRedrawn.class, Set.of("outputs", PLAIN, "tangent kernel of a network")),
                Arguments.of(TrainingFaults.LayerNotTrained.class, Set.of(PLAIN)),
                Arguments.of(TrainingFaults.LossOneStepLate.class, Set.of(LOSS)),
                Arguments.of(TrainingFaults.NoiseShared.class, Set.of(NOISE)),
                Arguments.of(KernelFaults.KernelProbeFrozen.class, Set.of(FOLLOWED)),
                Arguments.of(
                        DataFaults.DuplicatesWithDifferentLabels.class,
                        Set.of("mean squared cosine of two directions")),
                Arguments.of(FeatureFaults.ImportanceWeightsDropped.class, Set.of("outputs of a repopulated network")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isNoticed(Class<?> fault, Set<String> noticing) {
        Routes routes = PlantedFault.of(fault).during(SecondRoutes::compare);
        assertThat(routes.disagreeing().stream().map(Routes.Row::instrument).collect(Collectors.toSet()))
                .isEqualTo(noticing);
    }
}
