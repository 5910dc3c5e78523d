package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.crucis.claim.Basis;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure;
import org.crucis.claim.Figure.Band;
import org.crucis.claim.Figure.Layer;
import org.crucis.claim.Figure.Line;
import org.crucis.claim.Figure.Points;
import org.crucis.claim.Figure.Role;
import org.crucis.claim.Figure.Scale;
import org.crucis.claim.Interval;
import org.junit.jupiter.api.Test;

class PlateTest {

    private static final List<Double> X = List.of(1.0, 2.0);

    private static Figure.Chart chart(String title, Layer... layers) {
        return new Figure.Chart(
                title, "", new Figure.Axis("x", Scale.LINEAR), new Figure.Axis("y", Scale.LINEAR), List.of(layers));
    }

    private static Points points(String name, Role role, List<Double> y) {
        return new Points(name, role, X, y, y, y);
    }

    private static Line claimed(double height) {
        return new Line("claimed", Role.CLAIMED, X, List.of(height, height));
    }

    /** A prediction in the experiment LAZY. */
    private static Evidence.Entry entry(String criterion, String unit, Interval bound, Figure... figures) {
        Evidence.Entry like = SampleRun.prediction("p", Basis.TEXT, "", "SUPPORTED", "", 1, 1, 1, bound, List.of());
        return new Evidence.Entry(
                like.id(),
                like.kind(),
                like.of(),
                like.experiment(),
                like.basis(),
                like.prediction(),
                criterion,
                like.sentence(),
                like.verdict(),
                like.estimate(),
                like.lower(),
                like.upper(),
                bound,
                unit,
                null,
                null,
                like.blocks(),
                List.of(figures),
                like.data(),
                List.of());
    }

    private static Figure.Chart first(Evidence.Entry entry) {
        return Plate.of(entry).get(0).members().get(0).chart();
    }

    @Test
    void chartsOfAFamilyShareAPlateAndNamesLoseTheirMember() {
        Figure.Chart two = chart("y", points("LAZY, 2", Role.MEASURED, X), points("WILD, 2", Role.CONTROL, X));
        Figure.Chart four = chart("y", points("LAZY, 4", Role.MEASURED, X), points("WILD, 4", Role.CONTROL, X));
        Figure.Chart other = chart("z", points("LAZY, 4", Role.MEASURED, X));

        List<Plate> plates =
                Plate.of(entry("mean of y, for every depth", "mean", Interval.atMost(3), two, other, four));

        assertThat(plates).hasSize(2);
        assertThat(plates.get(0).members()).extracting(Plate.Member::name).containsExactly("depth 2", "depth 4");
        assertThat(plates.get(0).members())
                .allSatisfy(member -> assertThat(member.chart().layers())
                        .extracting(Layer::name)
                        .containsExactly("LAZY", "WILD"));
        assertThat(plates.get(1).members()).extracting(Plate.Member::name).containsExactly("");
    }

    @Test
    void regionOfOneSideIsAddedWhereTheAxisHasItsUnit() {
        Figure.Chart chart = chart("y", claimed(2), points("LAZY", Role.MEASURED, X));

        assertThat(first(entry("", "mean", Interval.atMost(2.5), chart))
                        .layers()
                        .get(0))
                .isEqualTo(new Band(
                        "accepted",
                        Role.REGION,
                        X,
                        List.of(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY),
                        List.of(2.5, 2.5)));
        assertThat(first(entry("", "deviation in tolerances", Interval.atMost(1), chart))
                        .layers())
                .as("a tolerance that differs from place to place has no line")
                .isEqualTo(chart.layers());
        assertThat(first(entry("", "mean", new Interval(0, 1), chart)).layers())
                .as("two sides are in the evidence, or have no place")
                .isEqualTo(chart.layers());
    }

    @Test
    void ratiosAndDecadesGetALogarithmicAxisWhereAllIsPositive() {
        Figure.Chart near = chart("y", claimed(1), points("LAZY", Role.MEASURED, X));
        Figure.Chart far = chart("y", claimed(1), points("LAZY", Role.MEASURED, List.of(0.001, 2.0)));
        Figure.Chart negative = chart("y", claimed(1), points("LAZY", Role.MEASURED, List.of(-1.0, 2.0)));
        Interval bound = new Interval(0.5, 1.5);

        assertThat(first(entry("", "geometric mean", bound, near)).y().scale()).isEqualTo(Scale.LOG);
        assertThat(first(entry("", "mean", bound, near)).y().scale()).isEqualTo(Scale.LINEAR);
        assertThat(first(entry("", "mean", bound, far)).y().scale()).isEqualTo(Scale.LOG);
        assertThat(first(entry("", "geometric mean", bound, negative)).y().scale())
                .isEqualTo(Scale.LINEAR);
    }

    /** Evidence may come from anywhere: what is missing in it makes a poor picture, not a broken page. */
    @Test
    void missingListsAndUnitsAreAsGoodAsEmpty() {
        Figure.Chart chart = chart(
                "y",
                new Line("claimed", Role.CLAIMED, null, null),
                new Band("accepted", Role.REGION, null, null, null),
                new Points("LAZY", Role.MEASURED, null, null, null, null));

        for (String unit : Arrays.asList("exponent", "geometric mean", null)) {
            Plate plate = Plate.of(entry("", unit, Interval.atMost(1), chart)).get(0);
            Xml.parse(Drawing.of(plate, "f1").svg());
            assertThat(Reading.of(List.of(plate))).isNotBlank();
        }
    }

    @Test
    void readingSaysWhatIsDrawnAndWhatWouldRefute() {
        Figure.Chart chart = chart("y", claimed(2), points("LAZY", Role.MEASURED, X));

        assertThat(reading("exponent", new Interval(1, 3), chart))
                .isEqualTo("Dots: measured; dashed line: theory."
                        + " Refuted by an exponent wholly below 1 or above 3, twice on independent blocks.");
        assertThat(reading("rate", new Interval(0.75, 1), chart))
                .endsWith("by a rate wholly below 0.75, twice on independent blocks.");
        assertThat(reading("largest value", Interval.atMost(3), chart))
                .endsWith("shaded: where the prediction holds."
                        + " Refuted by a largest value above 3 in one trial, twice on independent blocks.");
        assertThat(Reading.of(List.of(Plate.of(chart("y", points("LAZY", Role.MEASURED, X))))))
                .endsWith("No verdict rests on this picture alone.");
    }

    private static String reading(String unit, Interval bound, Figure... figures) {
        return Reading.of(Plate.of(entry("", unit, bound, figures)));
    }

    @Test
    void figuresOfOnePredictionAreReadTogether() {
        Figure squares = new Figure.Heat("kernel", "", "row", "column", List.of(List.of(1.0)));
        Figure table = new Figure.Table("numbers", "", List.of("size"), List.of(List.of("1")));

        assertThat(reading(
                        "exponent",
                        Interval.atMost(3),
                        chart("y", points("LAZY", Role.MEASURED, X)),
                        squares,
                        chart("z", claimed(2))))
                .startsWith(
                        "Dots: measured; dashed line: theory; shaded: where the prediction holds; each square is one entry of a matrix,")
                .endsWith("Refuted by an exponent wholly above 3, twice on independent blocks.");
        assertThat(reading("exponent", Interval.atMost(3), squares, squares))
                .endsWith("No verdict rests on these pictures alone.");
        assertThat(reading("exponent", Interval.atMost(3), table)).isEmpty();
    }
}
