package org.crucis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Observed.values;
import static org.crucis.statistics.Simulated.member;
import static org.crucis.statistics.Simulated.over;
import static org.crucis.statistics.Simulated.powersOfTwo;

import java.util.List;
import org.crucis.claim.Criterion;
import org.crucis.claim.Figure;
import org.crucis.claim.Observations;
import org.junit.jupiter.api.Test;

/** A criterion for every member of a family; the oracle is the same criterion asked of one member. */
class PerTest {

    private static final Criterion EACH =
            exponent("y", "width").equalTo(-1).margin(0.2).per("activation");

    private static Observations law(double exponent) {
        return over(powersOfTwo(6, 11), 12, (block, size) -> Math.pow(size, exponent));
    }

    private static Observations family(double relu, double tanh) {
        return member("activation", "RELU", law(relu)).and(member("activation", "TANH", law(tanh)));
    }

    @Test
    void holdsWhenItHoldsForEach() {
        assertThat(EACH.inside(family(-1, -0.9), Levels.SUPPORT)).isTrue();
        assertThat(EACH.inside(family(-1, -0.7), Levels.SUPPORT)).isFalse();
    }

    @Test
    void failsWhenItFailsForOne() {
        assertThat(EACH.outside(family(-1, -0.7), Levels.EXCLUDE)).isTrue();
        assertThat(EACH.outside(family(-1, -0.9), Levels.EXCLUDE)).isFalse();
    }

    @Test
    void aControlFiresOnlyWhenEveryMemberIsOutside() {
        assertThat(EACH.rejects(family(-0.5, -0.6), Levels.EXCLUDE)).isTrue();
        assertThat(EACH.rejects(family(-0.5, -0.9), Levels.EXCLUDE)).isFalse();
        assertThat(EACH.accepts(family(-0.5, -0.9), Levels.SUPPORT)).isTrue();
        assertThat(EACH.accepts(family(-0.5, -0.6), Levels.SUPPORT)).isFalse();
    }

    @Test
    void sharesItsLevelAmongTheMembers() {
        Criterion single = mean("y").equalTo(0).within(0.5);
        double[] alternating = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
        // Half-width at EXCLUDE: 1.412, and 1.544 at half the error, scipy: t.ppf(1 - 1e-3/6, 11) *
        // sqrt(12/11)/sqrt(12).
        Observations shifted = values(alternating).with("y", row -> row.value("y") + 2);
        assertThat(single.outside(shifted, Levels.EXCLUDE)).isTrue();
        Observations family =
                member("activation", "RELU", shifted).and(member("activation", "TANH", values(alternating)));
        assertThat(mean("y").equalTo(0).within(0.5).per("activation").outside(family, Levels.EXCLUDE))
                .isFalse();
        Observations farther = member("activation", "RELU", values(alternating).with("y", row -> row.value("y") + 2.1))
                .and(member("activation", "TANH", values(alternating)));
        assertThat(mean("y").equalTo(0).within(0.5).per("activation").outside(farther, Levels.EXCLUDE))
                .isTrue();
    }

    @Test
    void estimatesItsWorstMemberAndNamesAll() {
        assertThat(EACH.estimate(family(-1, -0.7), 0.99).value()).isCloseTo(-0.7, within(1e-12));
        assertThat(EACH.estimate(family(-1.35, -0.7), 0.99).value()).isCloseTo(-1.35, within(1e-12));
        assertThat(EACH.sentence())
                .isEqualTo("exponent of y in width equal to -1 (margin 0.2, next order width^-0.5), for every"
                        + " activation");
        assertThat(EACH.remark(family(-1, -0.75))).contains("RELU -1 (", "TANH -0.75 (");
        Observations rates = member("activation", "RELU", values(1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2))
                .and(member("activation", "TANH", values(1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2)));
        assertThat(mean("y").equalTo(1).within(0.5).per("activation").remark(rates))
                .doesNotContain(" ;")
                .doesNotEndWith(" ");
    }

    @Test
    void judgesASettingWithoutTheAxisAsAWhole() {
        assertThat(EACH.inside(law(-1), Levels.SUPPORT)).isTrue();
        assertThat(EACH.outside(law(0), Levels.EXCLUDE)).isTrue();
    }

    @Test
    void plantsItsDeviationInEveryMember() {
        Observations tilted = EACH.tilted(family(-1, -0.9));
        assertThat(tilted.by("activation").keySet()).containsExactly("RELU", "TANH");
        assertThat(tilted.by("activation").values())
                .allSatisfy(member -> assertThat(
                                exponent("y", "width").equalTo(-1).margin(0.2).outside(member, Levels.EXCLUDE))
                        .isTrue());
        assertThat(EACH.outside(tilted, Levels.EXCLUDE)).isTrue();
    }

    @Test
    void worksAlongAnAxisOfNumbers() {
        Criterion perDepth = exponent("y", "width").equalTo(-1).margin(0.2).per("depth");
        Observations family = new Observations(family(-1, -0.9).rows().stream()
                .map(row -> new org.crucis.claim.Observation(
                        row.point()
                                .without("activation")
                                .with("depth", row.point().label("activation").equals("RELU") ? 2 : 3),
                        row.block(),
                        row.values()))
                .toList());
        assertThat(perDepth.inside(family, Levels.SUPPORT)).isTrue();
        assertThat(perDepth.outside(perDepth.tilted(family), Levels.EXCLUDE)).isTrue();
    }

    @Test
    void drawsEachMemberWithItsControl() {
        List<Figure> figures = EACH.figures(List.of(
                new Criterion.Arm("A", Criterion.Role.PREDICTION, family(-1, -0.9)),
                new Criterion.Arm("B", Criterion.Role.CONTROL, family(0, 0))));
        assertThat(figures).hasSize(4);
        assertThat(((Figure.Chart) figures.get(0)).layers())
                .extracting(Figure.Layer::name)
                .containsExactly("A, RELU", "fitted on the top half", "claimed slope -1", "B, RELU");
    }
}
