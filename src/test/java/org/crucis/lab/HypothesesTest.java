package org.crucis.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Point;
import org.crucis.claim.Tier;
import org.crucis.data.Mnist;
import org.crucis.faults.BrokenData;
import org.crucis.junit.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every hypothesis that a shipped claim measures holds on the data that the claim draws, and fails on broken ones: NOT_APPLICABLE
 * is in reach of each. Only hypotheses are measured here, nothing is trained.
 */
class HypothesesTest {

    private static final Catalogue CATALOGUE = Catalogue.shipped();

    /** Claims whose data are constants: no draw can break the hypothesis, only an edit of the claim. */
    private static final Map<String, String> OF_CONSTANTS =
            Map.of("lee2019/law-over-seeds-has-a-closed-form", "its training inputs are fixed points of the circle");

    /** Claims whose hypothesis fails on their own data, and who say so in every report. */
    private static final Map<String, String> NOT_APPLICABLE_ANYWAY = Map.of(
            "noy2021/digits-at-logarithmic-depth",
            "eight digits of two classes ask for more neurons than the claim allows itself");

    /** One hypothesis of one experiment, at the cheapest point of the quick tier. */
    record Assumed(ClaimPlan plan, String experiment, Point point, Experiment.Assumption assumption) {

        /** Only this hypothesis is measured: another one that fails first would hide it. */
        TrialResult measuredIn(int block) {
            Experiment alone = Experiment.over(Sweep.onePoint())
                    .measuring(trial -> Measurements.of("reached", 1))
                    .assuming(assumption.name(), assumption.measured(), assumption.required());
            TrialSpec spec = new TrialSpec(plan.heading().className(), experiment, point, block, plan.seeds());
            return new TrialTask(spec, alone).run();
        }

        String claim() {
            return plan.id();
        }

        String row() {
            return claim() + " | " + assumption.name() + " | " + assumption.required();
        }

        @Override
        public String toString() {
            return plan.id() + " " + experiment + ": " + assumption.name();
        }
    }

    static List<Assumed> hypotheses() {
        return CATALOGUE.ids().stream()
                .flatMap(id -> assumedBy(CATALOGUE.plan(id, Tier.QUICK, 1)))
                .toList();
    }

    private static Stream<Assumed> assumedBy(ClaimPlan plan) {
        return plan.experimentNames().stream()
                .flatMap(name -> Stream.ofNullable(plan.experiment(name))
                        .flatMap(experiment -> experiment.assumptions().stream()
                                .map(assumption ->
                                        new Assumed(plan, name, cheapest(plan, name, experiment), assumption))));
    }

    private static Point cheapest(ClaimPlan plan, String name, Experiment experiment) {
        return experiment.sweep().points(Tier.QUICK).stream()
                .min(Comparator.comparingDouble(point -> new TrialTask(
                                new TrialSpec(plan.heading().className(), name, point, 0, plan.seeds()), experiment)
                        .expectedCost()))
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("hypotheses")
    void holdsOnTheFirstTrial(Assumed assumed) {
        assumeTrue(
                !assumed.assumption().name().equals(Mnist.HYPOTHESIS) || Mnist.images() > 0,
                "the images of MNIST are not on this machine");
        TrialResult result = assumed.measuredIn(0);
        assertThat(result.hypotheses()).singleElement().satisfies(hypothesis -> {
            assertThat(hypothesis.measured()).isFinite();
            assertThat(hypothesis.holds()).isEqualTo(!NOT_APPLICABLE_ANYWAY.containsKey(assumed.claim()));
        });
    }

    /** A hypothesis, and what becomes of it on broken data. */
    record Broken(Assumed assumed, TrialResult result) {

        @Override
        public String toString() {
            return assumed.toString();
        }
    }

    /** All at once, since weaving takes longer than measuring. In another block than above: no sound data are remembered there. */
    static List<Broken> broken() {
        return BrokenData.during(() -> hypotheses().stream()
                .map(assumed -> new Broken(assumed, assumed.measuredIn(1)))
                .toList());
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenDataAreNotApplicable(Broken broken) {
        Assumed assumed = broken.assumed();
        if (OF_CONSTANTS.containsKey(assumed.claim())) {
            assertThat(broken.result().hypotheses())
                    .extracting(Hypothesis::holds)
                    .containsExactly(true);
            return;
        }
        assertThat(broken.result().outcome())
                .isInstanceOfSatisfying(
                        TrialResult.NotApplicable.class,
                        outcome -> assertThat(outcome.reason())
                                .startsWith(assumed.assumption().name() + " is ")
                                .contains("and must be " + assumed.assumption().required()));
        assertThat(broken.result().hypotheses()).extracting(Hypothesis::holds).containsExactly(false);
    }

    @Test
    void theExceptionsAreClaimsThatMeasureSomething() {
        assertThat(hypotheses().stream().map(Assumed::claim).collect(Collectors.toSet()))
                .containsAll(OF_CONSTANTS.keySet())
                .containsAll(NOT_APPLICABLE_ANYWAY.keySet());
    }

    /** The committed table names every hypothesis that is measured, and every claim that measures none, with the reason. */
    @Test
    void theTableIsComplete() throws IOException {
        List<List<String>> rows = Files.readAllLines(Path.of("reproductions/HYPOTHESES.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.matches("\\| (claim|---).*"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
        Set<String> measured = hypotheses().stream().map(Assumed::row).collect(Collectors.toCollection(TreeSet::new));
        assertThat(rows.stream().filter(row -> row.size() == 4).map(row -> String.join(" | ", row.subList(0, 3))))
                .as("reproductions/HYPOTHESES.md: a row for every hypothesis that a claim measures")
                .containsExactlyInAnyOrderElementsOf(measured);
        Set<String> measuring = hypotheses().stream().map(Assumed::claim).collect(Collectors.toSet());
        assertThat(rows.stream().filter(row -> row.size() == 3).map(row -> row.get(0)))
                .as("reproductions/HYPOTHESES.md: a row for every claim that measures none")
                .containsExactlyInAnyOrderElementsOf(CATALOGUE.ids().stream()
                        .filter(id -> !measuring.contains(id))
                        .toList());
        assertThat(rows).allSatisfy(row -> assertThat(row).noneMatch(String::isBlank));
    }
}
