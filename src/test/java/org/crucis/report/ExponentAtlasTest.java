package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.crucis.claim.Estimate;
import org.crucis.claim.Evidence;
import org.crucis.claim.Interval;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ExponentAtlasTest {

    private static List<Document> panels(Evidence.Entry... entries) {
        return ExponentAtlas.of(Made.run(List.of(entries))).panels().stream()
                .map(Xml::parse)
                .toList();
    }

    private static String path(Document panel, String style) {
        NodeList all = panel.getElementsByTagName("path");
        return IntStream.range(0, all.getLength())
                .mapToObj(k -> (Element) all.item(k))
                .filter(path -> path.getAttribute("class").equals(style))
                .map(path -> path.getAttribute("d"))
                .findFirst()
                .orElse("");
    }

    private static String estimate(Document panel) {
        return ((Element) panel.getElementsByTagName("circle").item(0)).getAttribute("cx");
    }

    /** Oracle: the panel shows 1.05 margins to either side of theory on 274 to 452, so theory lies at 363, an edge 84.8 off. */
    @Test
    void theoryRegionAndIntervalStandToScale() {
        Document panel = panels(Made.exponent("it", "LAZY", -0.5, 0.1, new Estimate(-0.55, -0.5, -0.45)))
                .get(0);

        assertThat(path(panel, "theory")).startsWith("M363 ");
        assertThat(path(panel, "region")).startsWith("M278.2 ").contains("H447.8");
        assertThat(path(panel, "bar")).startsWith("M320.6 ").endsWith("H405.4");
        assertThat(estimate(panel)).isEqualTo("363");
    }

    @Test
    void numbersOfTheoryHavePanelsFromSlowToFastAndBoundsFollow() {
        List<Document> panels = panels(
                Made.exponent("fast", "LAZY", -1, 0.2, Estimate.exactly(-1)),
                atMost(Estimate.exactly(-0.9), "SUPPORTED"),
                Made.exponent("slow", "LAZY", 0, 0.2, Estimate.exactly(0)),
                Made.exponent("too", "DEEP", -1, 0.2, Estimate.exactly(-1)));

        assertThat(panels)
                .extracting(panel -> panel.getElementsByTagName("text")
                        .item(0)
                        .getFirstChild()
                        .getTextContent())
                .containsExactly("0", "−1", "at most");
        assertThat(panels.get(1).getElementsByTagName("a").getLength()).isEqualTo(2);
    }

    private static Evidence.Entry atMost(Estimate estimate, String verdict) {
        return Made.finding(
                "bounded",
                "LAZY",
                "exponent of drift in width at most -0.5 (margin 0.1, next order width^-0.5)",
                estimate,
                Interval.atMost(-0.4),
                verdict,
                List.of(),
                Made.NOTHING);
    }

    @Test
    void openRegionReachesTheEdge() {
        assertThat(path(panels(atMost(Estimate.exactly(-0.9), "SUPPORTED")).get(0), "region"))
                .startsWith("M274 ");
    }

    /** Oracle: what is shown ends 2.1 margins from theory. */
    @Test
    void estimateFarAwayStandsAtTheEdge() {
        Document panel = panels(Made.exponent("it", "LAZY", -0.5, 0.1, new Estimate(3.9, 4, 4.1)))
                .get(0);

        assertThat(estimate(panel)).isEqualTo("452");
        assertThat(path(panel, "region")).startsWith("M320.6 ").contains("H405.4");
    }

    @Test
    void whatWasNotMeasuredHasARowAndNoInterval() {
        ExponentAtlas atlas = ExponentAtlas.of(Made.run(List.of(
                Made.exponent("it", "LAZY", -0.5, 0.1, null),
                Made.exponent("out", "LAZY", -0.5, 0.1, new Estimate(-0.3, -0.2, -0.1)))));

        assertThat(List.of(atlas.count(), atlas.measured(), atlas.inside())).containsExactly(2, 1, 0);
        assertThat(Xml.parse(atlas.panels().get(0))
                        .getElementsByTagName("circle")
                        .getLength())
                .isEqualTo(1);
    }

    @Test
    void everyRowIsALinkThatSaysWhatIsDrawn() {
        Document panel = panels(Made.exponent("it", "<b>&\"LAZY\"", -0.5, 0.1, new Estimate(-0.55, -0.5, -0.45)))
                .get(0);
        Element link = (Element) panel.getElementsByTagName("a").item(0);

        assertThat(link.getAttribute("href")).isEqualTo("#" + Page.anchor("du2018/a-claim"));
        assertThat(link.getAttribute("aria-label"))
                .isEqualTo(
                        "drift in width, <b>&\"LAZY\" (du2018): theory −1/2, measured −0.5 [−0.55, −0.45], SUPPORTED");
    }

    @Test
    void isEmptyWithoutExponents() {
        assertThat(panels()).isEmpty();
    }
}
