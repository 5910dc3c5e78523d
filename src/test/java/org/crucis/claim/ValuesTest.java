package org.crucis.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small values that everything is made of; the oracles are their definitions. */
class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "-3, -3",
        "4096, 4096",
        "1048576, 1048576",
        "12345678, 1.235e7",
        "0.0123, 0.0123",
        "0.5, 0.5",
        "-0.97123, -0.9712",
        "0.99999, 1",
        "1234.5678, 1235",
        "99999.7, 100000",
        "123456.7, 1.235e5",
        "0.001, 0.001",
        "0.00099, 9.9e-4",
        "3.2e-15, 3.2e-15",
        "1e-300, 1e-300",
        "-2.5e10, -2.5e10",
        "1e100, 1e100",
        "NaN, not a number",
        "Infinity, infinity",
        "-Infinity, -infinity"
    })
    void numbersAreShownWithFourDigits(double value, String text) {
        assertThat(Numbers.show(value)).isEqualTo(text);
    }

    @Nested
    class Verdicts {

        @Test
        void areOrderedWorstFirst() {
            assertThat(Verdict.values())
                    .containsExactly(
                            Verdict.VOID,
                            Verdict.REFUTED,
                            Verdict.INCONCLUSIVE,
                            Verdict.NOT_APPLICABLE,
                            Verdict.SUPPORTED);
        }

        @Test
        void theWorstOfAnyTwoIsTheEarlier() {
            for (Verdict one : Verdict.values()) {
                for (Verdict other : Verdict.values()) {
                    assertThat(Verdict.worst(List.of(one, other)))
                            .isEqualTo(one.ordinal() <= other.ordinal() ? one : other);
                }
            }
        }

        @Test
        void theWorstOfNoneIsNotApplicable() {
            assertThat(Verdict.worst(List.of())).isEqualTo(Verdict.NOT_APPLICABLE);
        }

        @Test
        void onlyAPilotBandIsNotCounted() {
            assertThat(Basis.values())
                    .filteredOn(basis -> !basis.carriesVerdict())
                    .containsExactly(Basis.PILOT);
        }
    }

    @Nested
    class Intervals {

        private final Interval unit = new Interval(0, 1);

        @Test
        void encloseWithTheirEnds() {
            assertThat(unit.encloses(unit)).isTrue();
            assertThat(unit.encloses(new Interval(0.2, 0.3))).isTrue();
            assertThat(unit.encloses(new Interval(0.2, 1.1))).isFalse();
            assertThat(Interval.atMost(1).encloses(new Interval(-1e300, 1))).isTrue();
            assertThat(Interval.atLeast(1).encloses(new Interval(1, 1e300))).isTrue();
        }

        @Test
        void missOnlyWithoutACommonPoint() {
            assertThat(unit.misses(new Interval(1, 2))).isFalse();
            assertThat(unit.misses(new Interval(Math.nextUp(1), 2))).isTrue();
            assertThat(unit.misses(new Interval(-2, -1))).isTrue();
            assertThat(Interval.atMost(1).misses(Interval.atLeast(1))).isFalse();
        }

        @Test
        void contain() {
            assertThat(unit.contains(0)).isTrue();
            assertThat(unit.contains(1)).isTrue();
            assertThat(unit.contains(-1e-9)).isFalse();
            assertThat(unit.contains(Double.NaN)).isFalse();
        }

        @Test
        void haveALowerAndAnUpperEnd() {
            assertThatThrownBy(() -> new Interval(1, 0))
                    .hasMessage("an interval needs lower <= upper, got 1.0 and 0.0");
            assertThatThrownBy(() -> new Interval(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void readAsWords() {
            assertThat(unit).hasToString("[0, 1]");
            assertThat(Interval.atMost(-0.5)).hasToString("at most -0.5");
            assertThat(Interval.atLeast(2)).hasToString("at least 2");
        }
    }

    @Nested
    class Estimates {

        @Test
        void lieInTheirInterval() {
            assertThatThrownBy(() -> new Estimate(0, 2, 1))
                    .hasMessage("an estimate needs lower <= value <= upper, got 0.0, 2.0, 1.0");
            assertThatThrownBy(() -> new Estimate(0, Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void showAnIntervalWhereTheyHaveOne() {
            assertThat(new Estimate(-1.05, -1, -0.95)).hasToString("-1 [-1.05, -0.95]");
            assertThat(Estimate.exactly(3)).hasToString("3");
        }
    }

    private enum Activation {
        RELU,
        TANH
    }

    @Nested
    class Points {

        private final Point point = Point.ORIGIN.with("width", 64).with("activation", Activation.RELU);

        @Test
        void holdNumbersAndLabels() {
            assertThat(point.number("width")).isEqualTo(64);
            assertThat(point.label("activation")).isEqualTo("RELU");
            assertThat(point.label("width")).isEqualTo("64");
            assertThat(point).hasToString("width 64, activation RELU");
            assertThat(Point.ORIGIN).hasToString("the only point");
        }

        @Test
        void areEqualWhateverKindOfNumberTheyWereMadeFrom() {
            assertThat(Point.ORIGIN.with("width", 64L)).isEqualTo(Point.ORIGIN.with("width", 64.0));
        }

        @Test
        void sayWhichAxesTheyHave() {
            assertThatThrownBy(() -> point.number("depth"))
                    .hasMessage(
                            "no numeric axis 'depth' at width 64, activation RELU; its axes are [width, activation]");
            assertThatThrownBy(() -> point.number("activation")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> point.label("depth")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Point.ORIGIN.with("width", List.of(1)))
                    .hasMessage("coordinate 'width' must be a number, an enum constant or a text, got [1]");
        }
    }

    @Nested
    class ObservationTables {

        private Observation row(double width, Activation activation, int block, double value) {
            return new Observation(
                    Point.ORIGIN.with("width", width).with("activation", activation), block, Map.of("y", value));
        }

        private final Observations observations = new Observations(List.of(
                row(64, Activation.RELU, 0, 1),
                row(64, Activation.TANH, 0, 2),
                row(128, Activation.RELU, 1, 3),
                row(128, Activation.TANH, 1, 4)));

        @Test
        void areSplitAlongAnAxis() {
            Map<String, Observations> parts = observations.by("activation");
            assertThat(parts.keySet()).containsExactly("RELU", "TANH");
            assertThat(parts.get("TANH").values("y")).containsExactly(2, 4);
            assertThat(parts.get("TANH").points())
                    .containsExactly(Point.ORIGIN.with("width", 64), Point.ORIGIN.with("width", 128));
        }

        @Test
        void areSplitAlongNumbersThatDifferInTheirLastDigit() {
            Observations close = new Observations(List.of(
                    new Observation(Point.ORIGIN.with("rate", 0.12345), 0, Map.of("y", 1.0)),
                    new Observation(Point.ORIGIN.with("rate", 0.123451), 0, Map.of("y", 2.0))));
            assertThat(close.by("rate")).hasSize(2);
        }

        @Test
        void keepTheirOrder() {
            assertThat(observations.blocks()).containsExactly(0, 1);
            assertThat(observations.ofBlock(1).values("y")).containsExactly(3, 4);
            assertThat(observations.and(observations).rows()).hasSize(8);
        }

        @Test
        void sayWhatWasMeasured() {
            assertThatThrownBy(() -> observations.values("drift"))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessage("no trial measured 'drift'; measured were [y]");
        }

        @Test
        void cannotBeChangedFromOutside() {
            Map<String, Double> values = new LinkedHashMap<>(Map.of("y", 1.0));
            Observation row = new Observation(Point.ORIGIN, 0, values);
            values.put("y", 2.0);
            assertThat(row.value("y")).isEqualTo(1);
            assertThatThrownBy(() -> row.values().put("y", 3.0)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void everyRowOfATableHasACellForEachColumn() {
        assertThatThrownBy(() -> new Figure.Table(
                        "constants", "", List.of("width", "constant"), List.of(List.of("64", "0.5"), List.of("128"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a row of the table 'constants' has 1 cells for 2 columns");
    }

    @Test
    void tiersAreSpeltOut() {
        assertThat(Tier.parse("quick")).isEqualTo(Tier.QUICK);
        assertThat(Tier.parse("FULL")).isEqualTo(Tier.FULL);
        assertThatThrownBy(() -> Tier.parse("medium")).hasMessage("unknown tier 'medium': expected quick or full");
    }
}
