package org.crucis.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.mean;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Basis;
import org.crucis.claim.Criterion;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure;
import org.crucis.claim.Interval;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;
import org.crucis.claim.Sketch;
import org.crucis.claim.Tier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is fixed before anything runs. */
class PlanningTest {

    @Nested
    class Sweeps {

        private final Sweep grid = Sweep.over("width", powersOfTwo(6, 7)).and("activation", "RELU", "TANH");

        @Test
        void haveEveryCombinationTheLastAxisRunningFastest() {
            assertThat(grid.points(Tier.QUICK))
                    .extracting(Point::toString)
                    .containsExactly(
                            "width 64, activation RELU",
                            "width 64, activation TANH",
                            "width 128, activation RELU",
                            "width 128, activation TANH");
        }

        @Test
        void mayBeLargerInTheFullTier() {
            Sweep both = grid.inFull("width", powersOfTwo(6, 12));
            assertThat(both.points(Tier.QUICK)).hasSize(4);
            assertThat(both.points(Tier.FULL)).hasSize(14);
            assertThatThrownBy(() -> grid.inFull("depth", List.of(1)))
                    .hasMessage("the sweep has no axis 'depth'; its axes are [width, activation]");
        }

        @Test
        void haveAtLeastTwentyBlocksInTheFullTier() {
            assertThat(grid.blocks(12).blocks(Tier.QUICK)).isEqualTo(12);
            assertThat(grid.blocks(12).blocks(Tier.FULL)).isEqualTo(20);
            assertThat(grid.blocks(30).blocks(Tier.FULL)).isEqualTo(30);
            assertThat(grid.blocks(12, 15).blocks(Tier.FULL)).isEqualTo(15);
            assertThat(grid.withoutChance().blocks(Tier.FULL)).isEqualTo(1);
        }

        @Test
        void refuseWhatIsNoGrid() {
            assertThatThrownBy(() -> Sweep.over("width", List.of()))
                    .hasMessage("axis 'width' has no values: an empty sweep checks nothing");
            assertThatThrownBy(() -> Sweep.over("width", List.of(64, 64.0)))
                    .hasMessage("axis 'width' repeats a value: [64, 64.0]");
            assertThatThrownBy(() -> grid.and("width", 1))
                    .hasMessage("the sweep has an axis 'width' already; name each axis once");
            assertThatThrownBy(() -> grid.blocks(0)).hasMessage("a sweep needs at least one block, got 0");
            assertThatThrownBy(() -> Sweep.over("data", List.of(new int[] {1})))
                    .hasMessageStartingWith("coordinate 'data' must be a number, an enum constant or a text, got ");
        }

        @Test
        void ofOnePointHaveOne() {
            assertThat(Sweep.onePoint().points(Tier.QUICK)).containsExactly(Point.ORIGIN);
        }
    }

    @Nested
    class MeasurementsOfATrial {

        private final Point point = Point.ORIGIN.with("width", 64);

        @Test
        void areNamedNumbersAtOnePlace() {
            assertThat(Measurements.of("drift", 0.5).and("loss", 1e-3).observedAt(point, 7))
                    .containsExactly(new Observation(point, 7, Map.of("drift", 0.5, "loss", 1e-3)));
        }

        @Test
        void orLieAlongAnInnerAxis() {
            Measurements curve = Measurements.along("step")
                    .at(0, Measurements.of("loss", 1))
                    .at(10, Measurements.of("loss", 0.5))
                    .and("drift", 3);
            assertThat(curve.observedAt(point, 0))
                    .containsExactly(
                            new Observation(point.with("step", 0), 0, Map.of("loss", 1.0, "drift", 3.0)),
                            new Observation(point.with("step", 10), 0, Map.of("loss", 0.5, "drift", 3.0)));
        }

        @Test
        void orAlongSeveral() {
            Measurements inner = Measurements.along("input").at(1, Measurements.of("output", 2));
            assertThat(Measurements.along("step").at(5, inner).observedAt(point, 0))
                    .containsExactly(new Observation(point.with("step", 5).with("input", 1), 0, Map.of("output", 2.0)));
        }

        @Test
        void neverOverwriteAnything() {
            assertThatThrownBy(() -> Measurements.of("loss", 1).and("loss", 2))
                    .hasMessage("'loss' was measured already; name each measure once");
            assertThatThrownBy(() -> Measurements.along("width")
                            .at(5, Measurements.of("loss", 1))
                            .observedAt(point, 0))
                    .hasMessage("the inner axis 'width' is an axis of the sweep, or of itself, already: give it another"
                            + " name");
            assertThatThrownBy(() -> Measurements.of("loss", 1).at(5, Measurements.of("loss", 1)))
                    .hasMessage("at(...) needs an inner axis: start with Measurements.along(axis)");
        }
    }

    private static final Sweep ONE_POINT = Sweep.onePoint();

    private static Experiment experiment() {
        return Experiment.over(ONE_POINT).measuring(trial -> Measurements.of("y", 0));
    }

    @Nested
    class Readings {

        private final Observations observations =
                new Observations(List.of(new Observation(Point.ORIGIN, 0, Map.of("a", 1.0, "b", 2.0, "c", 3.0))));

        @Test
        void putOneMeasureInThePlaceOfAnother() {
            assertThat(experiment()
                            .reading("b", "a")
                            .read(observations)
                            .rows()
                            .get(0)
                            .values())
                    .isEqualTo(Map.of("a", 2.0, "b", 2.0, "c", 3.0));
        }

        @Test
        void mayExchangeMeasures() {
            assertThat(experiment()
                            .reading("b", "a")
                            .reading("c", "b")
                            .reading("a", "c")
                            .read(observations)
                            .rows()
                            .get(0)
                            .values())
                    .isEqualTo(Map.of("a", 2.0, "b", 3.0, "c", 1.0));
        }

        @Test
        void comeLast() {
            Experiment reading = experiment().reading("b", "a");
            String message = "an experiment cannot be changed after .reading(...): call .reading(...) last";
            assertThatThrownBy(() -> reading.validWhen(measured("a").atMost(1))).hasMessage(message);
            assertThatThrownBy(() -> reading.measuring(trial -> Measurements.of("a", 0)))
                    .hasMessage(message);
            assertThatThrownBy(() -> reading.assuming("h", trial -> 0, Interval.atMost(1)))
                    .hasMessage(message);
        }

        @Test
        void areNamedAfterTheirExperiment() {
            assertThat(experiment().reading("b", "a").reading("d", "c").name("LAZY"))
                    .isEqualTo("LAZY reading 'b' as 'a' reading 'd' as 'c'");
        }
    }

    // ---- plans ---------------------------------------------------------------------------------------------------

    private static ClaimPlan plan(Map<String, Experiment> fields, Consumer<Lab> method) {
        return plan("A title", Tier.QUICK, fields, "A sentence", method);
    }

    private static ClaimPlan plan(
            String title, Tier tier, Map<String, Experiment> fields, String sentence, Consumer<Lab> method) {
        return ClaimPlan.of(
                new ClaimPlan.Heading("paper/claim", "paper.Claim", "paper", title, "Theorem 1", "$1$", ""),
                tier,
                1,
                fields,
                List.of(new ClaimPlan.Declaration("vanishes", Basis.TEXT, sentence, method)));
    }

    private static Map<String, Experiment> fields(Object... namesAndExperiments) {
        Map<String, Experiment> fields = new LinkedHashMap<>();
        for (int index = 0; index < namesAndExperiments.length; index += 2) {
            fields.put((String) namesAndExperiments[index], (Experiment) namesAndExperiments[index + 1]);
        }
        return fields;
    }

    private static final Criterion VANISHES = mean("y").equalTo(0).within(0.5);

    @Nested
    class Plans {

        @Test
        void nameWhatTheyWillRun() {
            Experiment zero =
                    Experiment.over(Sweep.over("width", List.of(1, 2, 4))).measuring(trial -> Measurements.of("y", 0));
            Experiment far = experiment();
            ClaimPlan plan = plan(
                    fields("ZERO", zero, "FAR", far),
                    lab -> lab.expect(VANISHES).in(zero).butNotIn(far));
            assertThat(plan.trialsOfFirstLook()).isEqualTo(3 * 12 + 12);
            assertThat(plan.asEvidence().criteria())
                    .containsExactly("mean of y equal to 0, within 0.5 in ZERO but not in FAR");
            assertThat(plan.asEvidence().experiments().get(0).axes().get(0).values())
                    .containsExactly("1", "2", "4");
            assertThat(plan.asRosterEntry().planDigest())
                    .isEqualTo(plan.asEvidence().digest());
        }

        @Test
        void keepWhatMustHoldOfEveryTrial() {
            Experiment zero =
                    experiment().validWhen(Requirement.measured("loss").atMost(1e-3));
            Experiment far = experiment();
            ClaimPlan plan = plan(
                    fields("ZERO", zero, "FAR", far),
                    lab -> lab.expect(VANISHES).in(zero).butNotIn(far));
            assertThat(plan.asEvidence().experiments())
                    .extracting(Evidence.ExperimentPlan::requirements)
                    .containsExactly(List.of(new Evidence.RequirementPlan("loss", Interval.atMost(1e-3))), List.of());
        }

        @Test
        void mayHoldAReadingInAField() {
            Experiment zero = experiment();
            Experiment reading = zero.reading("wrong", "y");
            ClaimPlan plan = plan(
                    fields("ZERO", zero, "READING", reading),
                    lab -> lab.expect(VANISHES).in(zero).butNotIn(reading));
            assertThat(plan.trialsOfFirstLook())
                    .as("the trials of ZERO serve both")
                    .isEqualTo(12);
            assertThat(plan.asEvidence().criteria())
                    .containsExactly("mean of y equal to 0, within 0.5 in ZERO but not in ZERO reading 'wrong' as 'y'");
        }

        @Test
        void refuseWhatIsNotDeclared() {
            Experiment zero = experiment();
            assertThatThrownBy(() -> plan(
                            fields("ZERO", zero),
                            lab -> lab.expect(VANISHES).in(zero).butNotIn(null)))
                    .isInstanceOf(PlanException.class)
                    .hasMessage("vanishes names a criterion or a control that is null: declare the experiments before"
                            + " they are used");
            assertThatThrownBy(() -> plan(
                            fields("ZERO", zero),
                            lab -> lab.expect(VANISHES).in(zero).in(zero)))
                    .isInstanceOf(PlanException.class)
                    .hasMessage("an expectation has one experiment; use butNotIn(...) for its controls");
            assertThatThrownBy(() -> ClaimPlan.of(
                            new ClaimPlan.Heading("paper/claim", "paper.Claim", "paper", "", "", "", ""),
                            Tier.QUICK,
                            1,
                            fields("ZERO", zero),
                            List.of()))
                    .isInstanceOf(PlanException.class)
                    .hasMessage("paper/claim has no prediction: annotate at least one method with @Prediction");
        }
    }

    private static final Sketch SKETCH = observations -> new Figure.Table("t", "", List.of(), List.of());

    @Nested
    class Pictures {

        private final Experiment zero = experiment();
        private final Experiment far = experiment();
        private final Experiment seen = Experiment.over(
                        Sweep.over("width", List.of(8, 16)).blocks(3))
                .measuring(trial -> Measurements.of("angle", 0));

        private void judged(Lab lab) {
            lab.expect(VANISHES).in(zero).butNotIn(far);
        }

        @Test
        void addTheirExperimentToThePlanAndItsTrialsToTheCost() {
            ClaimPlan plan = plan(fields("SEEN", seen, "ZERO", zero, "FAR", far), lab -> {
                lab.show(SKETCH).of(seen);
                judged(lab);
                lab.show(SKETCH).of(zero);
            });
            assertThat(plan.asEvidence().experiments())
                    .extracting(Evidence.ExperimentPlan::name)
                    .containsExactly("ZERO", "FAR", "SEEN");
            assertThat(plan.trialsOfFirstLook()).isEqualTo(12 + 12 + 2 * 3);
            assertThat(plan.asEvidence().criteria())
                    .containsExactly("mean of y equal to 0, within 0.5 in ZERO but not in FAR");
        }

        @Test
        void drawNoNewSeeds() {
            ClaimPlan without = plan(fields("ZERO", zero, "FAR", far), this::judged);
            ClaimPlan with = plan(fields("ZERO", zero, "FAR", far, "SEEN", seen), lab -> {
                judged(lab);
                lab.show(SKETCH).of(seen);
                lab.show(SKETCH).of(far);
            });
            assertThat(with.asEvidence().digest())
                    .isEqualTo(without.asEvidence().digest());
        }

        @Test
        void mayReadTheTrialsOfAnExperimentInAnotherWay() {
            Experiment reading = seen.reading("angle", "y");
            ClaimPlan plan = plan(fields("ZERO", zero, "FAR", far, "SEEN", seen, "READING", reading), lab -> {
                judged(lab);
                lab.show(SKETCH).of(reading);
            });
            assertThat(plan.trialsOfFirstLook()).isEqualTo(12 + 12 + 2 * 3);
        }

        @Test
        void areNoExpectation() {
            assertThatThrownBy(() ->
                            plan(fields("SEEN", seen), lab -> lab.show(SKETCH).of(seen)))
                    .isInstanceOf(PlanException.class)
                    .hasMessage("vanishes expects nothing: call lab.expect(...).in(...)");
        }

        @Test
        void refuseWhatIsNotDeclared() {
            assertThatThrownBy(() -> plan(fields("ZERO", zero, "FAR", far), lab -> {
                        judged(lab);
                        lab.show(SKETCH);
                    }))
                    .isInstanceOf(PlanException.class)
                    .hasMessage("vanishes shows a picture of no experiment: add .of(EXPERIMENT)");
            assertThatThrownBy(() -> plan(fields("ZERO", zero, "FAR", far), lab -> {
                        judged(lab);
                        lab.show(SKETCH).of(null);
                    }))
                    .isInstanceOf(PlanException.class)
                    .hasMessage("vanishes shows a sketch or an experiment that is null: declare the experiments before"
                            + " they are used");
            assertThatThrownBy(() -> plan(fields("ZERO", zero, "FAR", far), lab -> {
                        judged(lab);
                        Lab.Showing showing = lab.show(SKETCH);
                        showing.of(zero);
                        showing.of(far);
                    }))
                    .isInstanceOf(PlanException.class)
                    .hasMessage("a picture has one experiment; call lab.show(...) again for another");
            assertThatThrownBy(() -> plan(fields("ZERO", zero, "FAR", far), lab -> {
                        judged(lab);
                        lab.show(SKETCH).of(seen);
                    }))
                    .isInstanceOf(PlanException.class)
                    .hasMessage("vanishes reads an experiment that is no field of its claim: make it a static final"
                            + " field, so that it has a name");
            assertThatThrownBy(() -> plan(fields("ZERO", zero, "FAR", far, "SEEN", Experiment.over(ONE_POINT)), lab -> {
                        judged(lab);
                        lab.show(SKETCH).of(zero);
                    }))
                    .isInstanceOf(PlanException.class)
                    .hasMessage("no prediction of paper/claim reads the experiment SEEN: use it or delete it");
        }
    }

    @Nested
    class TheDigestOfAPlan {

        private String digest(Experiment experiment, Criterion criterion) {
            return plan(
                            fields("ZERO", experiment),
                            lab -> lab.expect(criterion).in(experiment).withoutControl("a test"))
                    .asEvidence()
                    .digest();
        }

        @Test
        void isTheSameForTheSamePlan() {
            assertThat(digest(experiment(), VANISHES))
                    .matches("[0-9a-f]{64}")
                    .isEqualTo(digest(experiment(), mean("y").equalTo(0).within(0.5)));
        }

        @Test
        void changesWithWhateverCouldBeShoppedFor() {
            Experiment plain = experiment();
            Set<String> digests = Stream.of(
                            digest(plain, VANISHES),
                            digest(plain, mean("y").equalTo(0).within(Math.nextUp(0.5))),
                            digest(plain, mean("y").equalTo(1e-9).within(0.5)),
                            digest(plain, mean("y").atMost(0).within(0.5)),
                            digest(plain, mean("y").equalTo(0).within(0.5).per("activation")),
                            digest(plain.validWhen(measured("loss").atMost(1e-3)), VANISHES),
                            digest(plain.validWhen(measured("loss").atMost(Math.nextUp(1e-3))), VANISHES),
                            digest(plain.validWhen(measured("other").atMost(1e-3)), VANISHES),
                            digest(plain.assuming("gap", trial -> 1, Interval.atLeast(0)), VANISHES),
                            digest(plain.assuming("gap", trial -> 1, Interval.atLeast(Double.MIN_VALUE)), VANISHES),
                            digest(plain.assuming("separation", trial -> 1, Interval.atLeast(0)), VANISHES),
                            digest(over(ONE_POINT.blocks(13)), VANISHES),
                            digest(over(ONE_POINT.and("width", 64)), VANISHES),
                            digest(over(ONE_POINT.and("width", 65)), VANISHES),
                            digest(over(ONE_POINT.and("rate", 0.1)), VANISHES),
                            digest(over(ONE_POINT.and("rate", Math.nextUp(0.1))), VANISHES))
                    .collect(Collectors.toSet());
            assertThat(digests).as("all of them differ").hasSize(16);
        }

        private Experiment over(Sweep sweep) {
            return Experiment.over(sweep).measuring(trial -> Measurements.of("y", 0));
        }

        @Test
        void changesWithTheTierAndTheSentenceButNotWithTheTitle() {
            Experiment zero = experiment();
            Consumer<Lab> method = lab -> lab.expect(VANISHES).in(zero).withoutControl("a test");
            String digest = plan(fields("ZERO", zero), method).asEvidence().digest();
            assertThat(plan("Another title", Tier.QUICK, fields("ZERO", zero), "A sentence", method)
                            .asEvidence()
                            .digest())
                    .isEqualTo(digest);
            assertThat(plan("A title", Tier.FULL, fields("ZERO", zero), "A sentence", method)
                            .asEvidence()
                            .digest())
                    .isNotEqualTo(digest);
            assertThat(plan("A title", Tier.QUICK, fields("ZERO", zero), "Another sentence", method)
                            .asEvidence()
                            .digest())
                    .isNotEqualTo(digest);
        }
    }
}
