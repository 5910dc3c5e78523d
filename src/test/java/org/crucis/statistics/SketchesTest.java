package org.crucis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.statistics.Sketches.clouds;
import static org.crucis.statistics.Sketches.curves;
import static org.crucis.statistics.Sketches.tiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.crucis.claim.Figure;
import org.crucis.claim.Figure.Role;
import org.crucis.claim.Figure.Scale;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;
import org.crucis.claim.Unjudgeable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Pictures from observations; unless another oracle is named, the numbers of a figure are the ones that were put in. */
class SketchesTest {

    private enum State {
        START,
        TRAINED
    }

    private static Observation row(Point point, int block, Map<String, Double> values) {
        return new Observation(point, block, values);
    }

    @Nested
    class OfClouds {

        private Observations neurons(int width) {
            List<Observation> rows = new ArrayList<>();
            for (State state : State.values()) {
                for (int neuron = 0; neuron < width; neuron++) {
                    Point place = Point.ORIGIN
                            .with("width", width)
                            .with("state", state)
                            .with("neuron", neuron);
                    double sign = state == State.START ? 1 : -1;
                    rows.add(row(place, 0, Map.of("angle", neuron + 1.0 / 3, "weight", sign * neuron)));
                }
            }
            return new Observations(rows);
        }

        @Test
        void haveAPanelForEachWidthAndASetForEachState() {
            Figure.Clouds figure = (Figure.Clouds) clouds("angle", "weight")
                    .per("width")
                    .by("state")
                    .drawing(State.START, Role.START)
                    .of(neurons(2).and(neurons(3)));

            assertThat(figure.x()).isEqualTo(new Figure.Axis("angle", Scale.LINEAR));
            assertThat(figure.panels()).extracting(Figure.Panel::name).containsExactly("width 2", "width 3");
            assertThat(figure.panels().get(0).clouds())
                    .as("four significant digits")
                    .containsExactly(
                            new Figure.Cloud("START", Role.START, List.of(0.3333, 1.333), List.of(0.0, 1.0)),
                            new Figure.Cloud("TRAINED", Role.MEASURED, List.of(0.3333, 1.333), List.of(0.0, -1.0)));
        }

        @Test
        void areOnePanelOfOneSetUnlessToldOtherwise() {
            Figure.Clouds figure = (Figure.Clouds) clouds("angle", "weight")
                    .titled("Features")
                    .captioned("A point each.")
                    .of(neurons(3));
            assertThat(figure.panels())
                    .singleElement()
                    .satisfies(panel -> assertThat(panel.clouds())
                            .singleElement()
                            .satisfies(cloud -> assertThat(cloud.x()).hasSize(6)));
            assertThat(figure.title()).isEqualTo("Features");
            assertThat(figure.caption()).isEqualTo("A point each.");
        }

        @Test
        void areThinnedEvenlyAndSaySo() {
            Figure.Clouds figure =
                    (Figure.Clouds) clouds("angle", "weight").by("state").of(neurons(2048));
            List<Double> kept = figure.panels().get(0).clouds().get(0).y();
            assertThat(kept).hasSize(1024).startsWith(0.0, 2.0, 4.0).endsWith(2046.0);
            assertThat(figure.caption()).endsWith(" Of clouds with more points, 1024 are shown.");
            assertThat(((Figure.Clouds) clouds("angle", "weight").by("state").of(neurons(1024))).caption())
                    .doesNotContain("1024");
        }

        @Test
        void refuseWhatIsNotThere() {
            assertThatThrownBy(() -> clouds("angle", "weight").per("depth").of(neurons(1)))
                    .hasMessage(
                            "no axis 'depth' at width 1, state START, neuron 0; its axes are [width, state, neuron]");
            assertThatThrownBy(() -> clouds("angle", "height").of(neurons(1)))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessageStartingWith("no trial measured 'height'");
            assertThatThrownBy(() -> clouds("angle", "weight")
                            .by("state")
                            .drawing("BEGINNING", Role.START)
                            .of(neurons(1)))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessage("there is no 'BEGINNING' to draw as start; state has [START, TRAINED]");
            assertThatThrownBy(() -> clouds("angle", "weight")
                            .drawing(State.START, Role.START)
                            .of(neurons(1)))
                    .hasMessage("there is no 'START' to draw as start; tell the values apart by .by(axis)");
            assertThatThrownBy(() -> clouds("angle", "weight").of(new Observations(List.of())))
                    .hasMessage("there are no observations to draw");
        }
    }

    @Nested
    class OfCurves {

        /** "error" by the formula of place and block, at the places given, for each way of drawing. */
        private Observations errors(int blocks, List<Double> places, BiFunction<Double, Integer, Double> formula) {
            List<Observation> rows = new ArrayList<>();
            for (int block = 0; block < blocks; block++) {
                for (double place : places) {
                    for (String drawn : List.of("learned", "random")) {
                        double factor = drawn.equals("learned") ? 1 : 10;
                        rows.add(row(
                                Point.ORIGIN.with("features", place).with("drawn", drawn),
                                block,
                                Map.of("error", factor * formula.apply(place, block), "theory", 2 / place)));
                    }
                }
            }
            return new Observations(rows);
        }

        private final List<Double> sizes = List.of(16.0, 32.0, 64.0, 128.0);

        /** Blocks alternate by this factor: the geometric mean is the formula without it. */
        private double wobble(int block) {
            return block % 2 == 0 ? 1.25 : 1 / 1.25;
        }

        private <L extends Figure.Layer> L layer(Figure figure, Class<L> type, String name) {
            return ((Figure.Chart) figure)
                    .layers().stream()
                            .filter(layer ->
                                    type.isInstance(layer) && layer.name().equals(name))
                            .map(type::cast)
                            .findFirst()
                            .orElseThrow();
        }

        /**
         * Oracle of the half-width: {@code scipy.stats.t.ppf(1 - 0.01/6, 11) * log(1.25) * sqrt(12/11) / sqrt(12)}, as every
         * block is log(1.25) away from the mean.
         */
        @Test
        void areGeometricMeansWithIntervalsOnLogarithmicAxes() {
            Figure figure = curves("error")
                    .over("features")
                    .by("drawn")
                    .drawing("random", Role.CONTROL)
                    .againstSlope(-1)
                    .of(errors(12, sizes, (place, block) -> 3 / place * wobble(block)));

            Figure.Points learned = layer(figure, Figure.Points.class, "learned");
            assertThat(learned.x()).isEqualTo(sizes);
            assertThat(learned.y().get(1)).isCloseTo(3.0 / 32, within(1e-12));
            double halfWidth = 0.2508408156628301;
            assertThat(Math.log(learned.upper().get(1) / learned.y().get(1))).isCloseTo(halfWidth, within(1e-9));
            assertThat(Math.log(learned.y().get(1) / learned.lower().get(1))).isCloseTo(halfWidth, within(1e-9));
            assertThat(layer(figure, Figure.Line.class, "learned").y()).isEqualTo(learned.y());
            assertThat(layer(figure, Figure.Points.class, "random").role()).isEqualTo(Role.CONTROL);
            Figure.Line slope = layer(figure, Figure.Line.class, "slope -1");
            assertThat(slope.role()).isEqualTo(Role.CLAIMED);
            assertThat(slope.x()).containsExactly(16.0, 128.0);
            assertThat(slope.y().get(0)).isCloseTo(3.0 / 16, within(1e-12));
            assertThat(slope.y().get(1)).isCloseTo(3.0 / 128, within(1e-12));
            assertThat(((Figure.Chart) figure).x().scale()).isEqualTo(Scale.LOG);
            assertThat(((Figure.Chart) figure).y().scale()).isEqualTo(Scale.LOG);
            assertThat(figure.caption()).isEqualTo("Geometric means over blocks with their 99.7 % intervals.");
        }

        @Test
        void areMeansOnLinearAxesOtherwise() {
            List<Double> angles = List.of(1.0, 5.0, 9.0);
            Figure.Chart figure = (Figure.Chart) curves("error")
                    .over("features")
                    .by("drawn")
                    .of(errors(12, angles, (place, block) -> place + (block % 2 == 0 ? 1 : -1)));
            assertThat(layer(figure, Figure.Points.class, "learned").y()).isEqualTo(angles);
            assertThat(figure.x().scale()).as("equal steps").isEqualTo(Scale.LINEAR);
            assertThat(figure.y().scale()).isEqualTo(Scale.LINEAR);
        }

        @Test
        void showWhatTheorySaysOnceWhereItIsTheSame() {
            Observations errors = errors(12, sizes, (place, block) -> place);
            Figure same = curves("error")
                    .over("features")
                    .by("drawn")
                    .against("theory")
                    .of(errors);
            assertThat(layer(same, Figure.Line.class, "theory").y()).containsExactly(0.125, 0.0625, 0.03125, 0.015625);
            Figure own = curves("error")
                    .over("features")
                    .by("drawn")
                    .against("error")
                    .of(errors);
            assertThat(layer(own, Figure.Line.class, "error, learned").role()).isEqualTo(Role.CLAIMED);
            assertThat(layer(own, Figure.Line.class, "error, random").y()).startsWith(160.0);
        }

        @Test
        void areABandWithALineWhereMarksWouldCoverEachOther() {
            List<Double> places =
                    IntStream.rangeClosed(1, 21).mapToObj(Double::valueOf).toList();
            Figure figure = curves("error")
                    .over("features")
                    .by("drawn")
                    .of(errors(12, places, (place, block) -> place + wobble(block)));
            Figure.Band band = layer(figure, Figure.Band.class, "learned");
            Figure.Line line = layer(figure, Figure.Line.class, "learned");
            assertThat(band.lower().get(20)).isLessThan(line.y().get(20));
            assertThat(band.upper().get(20)).isGreaterThan(line.y().get(20));
            assertThat(((Figure.Chart) figure).layers()).noneMatch(Figure.Points.class::isInstance);
        }

        @Test
        void haveNoIntervalsOverFewBlocksAndSaySo() {
            Figure few = curves("error").over("features").by("drawn").of(errors(3, sizes, (place, block) -> place));
            Figure.Points points = layer(few, Figure.Points.class, "learned");
            assertThat(points.lower()).isEqualTo(points.y()).isEqualTo(points.upper());
            assertThat(few.caption()).isEqualTo("Means over 3 blocks, too few for an interval.");
            assertThat(curves("error")
                            .over("features")
                            .by("drawn")
                            .captioned("Read it so.")
                            .of(errors(1, sizes, (place, block) -> place))
                            .caption())
                    .isEqualTo("Read it so. One block.");
        }

        @Test
        void refuseWhatIsNoCurve() {
            Observations errors = errors(12, sizes, (place, block) -> place - 16);
            assertThatThrownBy(() -> curves("error").over("features").of(errors))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessage("several values of 'error' in one block at features 16, drawn learned: tell the curves"
                            + " apart by .by(axis)");
            assertThatThrownBy(() -> curves("error")
                            .over("features")
                            .by("drawn")
                            .logarithmic()
                            .of(errors))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessage("'error' is 0 at features 16, block 0: a geometric mean needs positive values");
            assertThatThrownBy(() -> curves("error")
                            .over("features")
                            .by("drawn")
                            .againstSlope(-1)
                            .of(errors(12, List.of(0.0, 1.0), (place, block) -> 1.0)))
                    .hasMessage("a slope needs positive places, 'features' begins at 0");
        }
    }

    @Nested
    class OfTiles {

        private Observations weights(int rows, int columns) {
            List<Observation> pixels = new ArrayList<>();
            for (int block = 0; block < 2; block++) {
                for (State state : State.values()) {
                    for (int neuron = 0; neuron < 2; neuron++) {
                        for (int i = 0; i < rows; i++) {
                            for (int j = 0; j < columns; j++) {
                                Point place = Point.ORIGIN
                                        .with("state", state)
                                        .with("neuron", neuron)
                                        .with("row", i)
                                        .with("column", j);
                                double weight = 100 * block + 10 * neuron + i + j / 3.0;
                                pixels.add(row(
                                        place, block, Map.of("weight", weight, "importance", 1.234 * (neuron + 1))));
                            }
                        }
                    }
                }
            }
            return new Observations(pixels);
        }

        @Test
        void areImagesInRowsOfTheFirstBlock() {
            Figure.Tiles figure = (Figure.Tiles) tiles("weight")
                    .on("row", "column")
                    .each("neuron")
                    .per("state")
                    .labelled("importance")
                    .of(weights(2, 3));
            assertThat(figure.rows()).extracting(Figure.TileRow::name).containsExactly("START", "TRAINED");
            assertThat(figure.rows().get(1).tiles())
                    .containsExactly(
                            new Figure.Tile("1.2", List.of(List.of(0.0, 0.3333, 0.6667), List.of(1.0, 1.333, 1.667))),
                            new Figure.Tile("2.5", List.of(List.of(10.0, 10.33, 10.67), List.of(11.0, 11.33, 11.67))));
            assertThat(figure.title()).isEqualTo("weight");
        }

        @Test
        void areLabelledByTheirAxisUnlessToldOtherwise() {
            Observations one = weights(1, 1).by("state").get("TRAINED");
            Figure.Tiles figure = (Figure.Tiles)
                    tiles("weight").on("row", "column").each("neuron").of(one);
            assertThat(figure.rows()).singleElement().satisfies(row -> {
                assertThat(row.name()).isEmpty();
                assertThat(row.tiles()).extracting(Figure.Tile::label).containsExactly("0", "1");
            });
        }

        @Test
        void refuseWhatIsNoImage() {
            Observations weights = weights(2, 2);
            assertThatThrownBy(() ->
                            tiles("weight").on("row", "column").each("neuron").of(weights))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessage(
                            "a pixel has 2 values of 'weight': tell the images apart by .each(axis) and .per(axis)");
            Observations torn = new Observations(weights.rows().subList(0, 3));
            assertThatThrownBy(() ->
                            tiles("weight").on("row", "column").each("neuron").of(torn))
                    .isInstanceOf(Unjudgeable.class)
                    .hasMessage("the image of neuron 0 has rows of different length: measure 'weight' at every row and"
                            + " column");
        }
    }
}
