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
    private static final String GRADIENT = "gradient of the loss";
    private static final String ORDER = "order in eta of what halving a step changes";
    private static final String FOLLOWED = "tangent kernel followed along a training";
    private static final String LIMIT = "tangent kernel of infinitely wide networks";

    static List<Arguments> faults() {
        return List.of(
                Arguments.of(
                        "training skipped",
                        Faults.trainingSkipped(),
                        Set.of(PLAIN, COLD, NOISE, PENALIZED, HEAVY_BALL, GRADIENT, ORDER, FOLLOWED)),
                Arguments.of(
                        "standard rate",
                        Faults.standardRate(),
                        Set.of(PLAIN, COLD, PENALIZED, HEAVY_BALL, LOSS, LIMIT)),
                Arguments.of("factor of ReLU dropped", Faults.factorOfReluDropped(), Set.of(LIMIT)),
                Arguments.of("output deviation wrong", Faults.outputDeviationWrong(), Set.of(LIMIT)),
                Arguments.of(
                        "gates redrawn",
                        Faults.gatesRedrawn(),
                        Set.of("outputs", PLAIN, "tangent kernel of a network")),
                Arguments.of(
                        "step too large",
                        Faults.stepTooLarge(),
                        Set.of(PLAIN, COLD, NOISE, PENALIZED, HEAVY_BALL, GRADIENT)),
                Arguments.of("layer not trained", Faults.layerNotTrained(), Set.of(PLAIN)),
                Arguments.of("loss one step late", Faults.lossOneStepLate(), Set.of(LOSS)),
                Arguments.of(
                        "wrong end of the spectrum", Faults.wrongEndOfTheSpectrum(), Set.of("smallest eigenvalue")),
                Arguments.of("kernel probe frozen", Faults.frozenKernelProbe(), Set.of(FOLLOWED)),
                Arguments.of(
                        "first input twice",
                        Faults.duplicatesWithDifferentLabels(),
                        Set.of("mean squared cosine of two directions")),
                Arguments.of("temperature doubled", FeatureFaults.temperatureDoubled(), Set.of(NOISE)),
                Arguments.of("noise shared", FeatureFaults.noiseShared(), Set.of(NOISE)),
                Arguments.of(
                        "noise of output weights forgotten",
                        FeatureFaults.noiseOfOutputWeightsForgotten(),
                        Set.of("variance of an output weight in the Gibbs law")),
                Arguments.of(
                        "importance weights dropped",
                        FeatureFaults.importanceWeightsDropped(),
                        Set.of("outputs of a repopulated network")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isNoticed(String name, PlantedFault fault, Set<String> noticing) {
        Routes routes = fault.during(SecondRoutes::compare);
        assertThat(routes.disagreeing().stream().map(Routes.Row::instrument).collect(Collectors.toSet()))
                .isEqualTo(noticing);
    }
}
