package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.crucis.claim.Basis;
import org.crucis.claim.Evidence;
import org.crucis.claim.Interval;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class StripTest {

    private static Evidence.Entry prediction(double lower, double estimate, double upper, Interval bound) {
        return SampleRun.prediction("p", Basis.TEXT, "", "SUPPORTED", "", estimate, lower, upper, bound, List.of());
    }

    private static Evidence.Entry control(double lower, double estimate, double upper, Interval bound) {
        return SampleRun.control("p", "C", Basis.TEXT, "FIRED", estimate, lower, upper, bound);
    }

    private static String path(Document svg, int index) {
        return ((Element) svg.getElementsByTagName("path").item(index)).getAttribute("d");
    }

    private static String estimate(Document svg) {
        return path(svg, 2).replaceFirst("M([.0-9]+) .*", "$1");
    }

    /** Oracle: 0 to 10 with 4 % of space at either end lies on 4 to 116: 10.37 a unit, 0 at 8.1. */
    @Test
    void regionIntervalAndEstimateStandToScale() {
        Evidence.Entry entry = prediction(2, 4, 5, new Interval(0, 10));

        Document svg = Xml.parse(new Strip(List.of(entry)).svg(entry));

        assertThat(path(svg, 0)).isEqualTo("M8.1 8h103.8");
        assertThat(path(svg, 1)).isEqualTo("M28.9 8h31.1");
        assertThat(estimate(svg)).isEqualTo("49.6");
    }

    @Test
    void predictionAndControlShareTheirRegionsPlace() {
        Evidence.Entry entry = prediction(2, 4, 5, new Interval(0, 10));
        Evidence.Entry control = control(12, 14, 15, new Interval(0, 10));
        Strip strip = new Strip(List.of(entry, control));

        assertThat(path(Xml.parse(strip.svg(entry)), 0)).isEqualTo(path(Xml.parse(strip.svg(control)), 0));
        assertThat(Double.parseDouble(estimate(Xml.parse(strip.svg(control)))))
                .isGreaterThan(Double.parseDouble(estimate(Xml.parse(strip.svg(entry)))));
    }

    @Test
    void controlFarAwayStandsAtTheEndAndSquashesNothing() {
        Evidence.Entry entry = prediction(2, 4, 5, new Interval(0, 10));
        Evidence.Entry control = control(9e5, 1e6, 2e6, new Interval(0, 10));
        Strip strip = new Strip(List.of(entry, control));

        assertThat(path(Xml.parse(strip.svg(entry)), 0)).isEqualTo("M8.1 8h103.8");
        assertThat(estimate(Xml.parse(strip.svg(control)))).isEqualTo("116");
    }

    @Test
    void openRegionReachesTheEnd() {
        Evidence.Entry entry = prediction(2, 4, 5, Interval.atMost(10));

        assertThat(path(Xml.parse(new Strip(List.of(entry)).svg(entry)), 0)).startsWith("M0 8h");
    }

    /** Oracle: the control's interval goes on past the end of the strip, 120: a tip there, wings 4 to the left. */
    @Test
    void intervalThatLeavesTheStripHasAnArrow() {
        Evidence.Entry entry = prediction(2, 4, 5, new Interval(0, 10));
        Evidence.Entry control = control(12, 14, 1e6, new Interval(0, 10));
        Strip strip = new Strip(List.of(entry, control));

        assertThat(path(Xml.parse(strip.svg(control)), 1)).endsWith("m-4-4l4 4-4 4");
        assertThat(path(Xml.parse(strip.svg(entry)), 1)).doesNotContain("m");
    }

    @Test
    void narrowRegionIsStillSeen() {
        Evidence.Entry entry = prediction(-1000, 4, 1000, new Interval(0, 1e-3));

        assertThat(path(Xml.parse(new Strip(List.of(entry)).svg(entry)), 0)).endsWith("h3");
    }

    @Test
    void nothingEstimatedIsNotDrawn() {
        Evidence.Entry entry = prediction(Double.NaN, Double.NaN, Double.NaN, Interval.atMost(10));

        assertThat(new Strip(List.of(entry)).svg(entry)).isEmpty();
    }
}
