package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.mean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure;
import org.crucis.claim.Figure.Axis;
import org.crucis.claim.Figure.Role;
import org.crucis.claim.Figure.Scale;
import org.crucis.claim.Interval;
import org.crucis.statistics.Exponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnsetTest {

    private static final Exponent HALF =
            exponent("drift", "width").equalTo(-0.5).margin(0.1);

    /** A law that falls like 1/width below a corner and like width^(-1/2) above it. */
    private static double bent(double width, double corner) {
        return width < corner ? Math.sqrt(corner) / width : 1 / Math.sqrt(width);
    }

    /** Oracle: the corner; slopes are exactly -1 below it and -1/2 above. */
    @ParameterizedTest
    @ValueSource(doubles = {4, 16, 64})
    void isWhereTheSlopeSettles(double corner) {
        Evidence.Entry entry = Made.judged(HALF, Made.drift((width, block) -> bent(width, corner)));

        assertThat(Onset.of(entry)).contains(new Onset("width", OptionalDouble.of(corner), 4, 128));
    }

    @Test
    void isNoneWhereTheLastSlopeLiesOutside() {
        Evidence.Entry entry = Made.judged(HALF, Made.drift((width, block) -> 1 / bent(width, 128)));

        assertThat(Onset.of(entry)).contains(new Onset("width", OptionalDouble.empty(), 4, 128));
        assertThat(Onset.line(entry)).startsWith("Onset: none, the estimate at the largest width alone lies outside");
    }

    /** What is drawn of an open region ends 1.5 from theory's number; the slope is 3 below it. */
    @Test
    void openRegionHasNoEndOnItsOpenSide() {
        Evidence.Entry entry =
                Made.judged(exponent("drift", "width").atMost(2).margin(0.1), Made.drift((width, block) -> 1 / width));

        assertThat(Onset.of(entry)).contains(new Onset("width", OptionalDouble.of(4), 4, 128));
        assertThat(Onset.line(entry)).startsWith("Onset: holds at every width measured, 4 to 128.");
    }

    @Test
    void everyMemberOfAFamilyHasToHold() {
        Evidence.Entry early = Made.judged(HALF, Made.drift((width, block) -> bent(width, 8)));
        Evidence.Entry late = Made.judged(HALF, Made.drift((width, block) -> bent(width, 32)));
        List<Figure> both = new ArrayList<>(late.figures());
        both.addAll(early.figures());

        assertThat(Onset.of(
                        Made.finding("it", "E", early.criterion(), null, early.bound(), "VOID", both, early.data())))
                .contains(new Onset("width", OptionalDouble.of(32), 4, 128));
    }

    private static Optional<Onset> ofMeans(List<Double> widths, Figure chart) {
        Evidence.Data data = new Evidence.Data(
                List.of("width"),
                widths.stream().map(width -> List.<Object>of(width)).toList());
        return Onset.of(Made.finding(
                "it", "E", "mean of error at most 1", null, Interval.atMost(1), "VOID", List.of(chart), data));
    }

    /** Points at the sizes themselves, a region that narrows and has no lower edge: 16 is the first that holds for good. */
    @Test
    void meansAreJudgedByTheRegionAtTheirSize() {
        List<Double> widths = List.of(4.0, 8.0, 16.0, 32.0);
        List<Double> y = List.of(0.9, 0.8, 0.2, 0.1);
        Figure chart = new Figure.Chart(
                "error",
                "",
                new Axis("width", Scale.LOG),
                new Axis("error", Scale.LINEAR),
                List.of(
                        new Figure.Band(
                                "accepted",
                                Role.REGION,
                                widths,
                                Arrays.asList(null, null, null, null),
                                List.of(1.0, 0.5, 0.25, 0.125)),
                        new Figure.Points("E", Role.MEASURED, widths, y, y, y)));

        assertThat(ofMeans(widths, chart)).contains(new Onset("width", OptionalDouble.of(16), 4, 32));
    }

    @Test
    void nothingSetsOnInARegionThatIsNowhere() {
        List<Double> widths = List.of(4.0, 8.0, 16.0);
        Figure chart = new Figure.Chart(
                "error",
                "",
                new Axis("width", Scale.LOG),
                new Axis("error", Scale.LINEAR),
                List.of(
                        new Figure.Band("accepted", Role.REGION, List.of(), List.of(), List.of()),
                        new Figure.Points("E", Role.MEASURED, widths, widths, widths, widths)));

        assertThat(ofMeans(widths, chart)).isEmpty();
    }

    @Test
    void nothingSetsOnWithoutSizes() {
        Evidence.Entry entry = Made.judged(HALF, Made.drift((width, block) -> bent(width, 8)));

        assertThat(Onset.of(Made.finding(
                        "it", "E", entry.criterion(), null, entry.bound(), "VOID", entry.figures(), Made.NOTHING)))
                .isEmpty();
        assertThat(Onset.line(Made.finding(
                        "it",
                        "E",
                        mean("drift").equalTo(1).within(0.1).sentence(),
                        null,
                        Interval.around(1, 0.1),
                        "VOID",
                        List.of(),
                        Made.NOTHING)))
                .isEmpty();
    }
}
