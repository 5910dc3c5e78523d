package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SharpnessMapTest {

    private static final Pattern PLACE = Pattern.compile("translate\\((\\S+) (\\S+)\\)");

    private static SharpnessMap map() {
        return SharpnessMap.of(Made.run(List.of(OpenConstantTest.minimal())));
    }

    /** Oracle: n^2 over 4 n is 1 at n = 4 and 8 at n = 32, of which the logarithm is 0.9. */
    @Test
    void tellsTheOrdersOfMagnitudeOfEachTheorem() {
        assertThat(map().theorems())
                .extracting(SharpnessMap.Theorem::name, SharpnessMap.Theorem::points, SharpnessMap.Theorem::loose)
                .containsExactly(tuple("n^2 (A & B)", 4, "0.0 to 0.9"), tuple("n (sharp)", 4, "0.0 to 0.0"));
        assertThat(map().theorems().get(0).measured()).isEqualTo("16 to 130");
    }

    @Test
    void sharpTheoremLiesOnTheDiagonal() {
        Document svg = Xml.parse(map().svg());
        Element diagonal = elements(svg, "diagonal").get(0);
        Matcher line = Pattern.compile("M(\\S+) (\\S+)L(\\S+) (\\S+)").matcher(diagonal.getAttribute("d"));
        assertThat(line.matches()).isTrue();
        double slope = (Double.parseDouble(line.group(4)) - Double.parseDouble(line.group(2)))
                / (Double.parseDouble(line.group(3)) - Double.parseDouble(line.group(1)));

        List<Element> marks = elements(svg, "mark m1");

        assertThat(marks).hasSize(4);
        for (Element mark : marks) {
            Matcher place = PLACE.matcher(mark.getAttribute("transform"));
            assertThat(place.matches()).isTrue();
            double expected = Double.parseDouble(line.group(2))
                    + slope * (Double.parseDouble(place.group(1)) - Double.parseDouble(line.group(1)));
            assertThat(Double.parseDouble(place.group(2))).isCloseTo(expected, within(0.3));
        }
    }

    @Test
    void everyGroupLeadsToItsClaim() {
        NodeList links = Xml.parse(map().svg()).getElementsByTagName("a");

        assertThat(links.getLength()).isEqualTo(2);
        assertThat(((Element) links.item(0)).getAttribute("href")).isEqualTo("#" + Page.anchor("du2018/a-claim"));
    }

    @Test
    void isEmptyWithoutTheorems() {
        assertThat(SharpnessMap.of(Made.run(List.of())).isEmpty()).isTrue();
    }

    private static List<Element> elements(Document svg, String style) {
        NodeList all = svg.getElementsByTagName("path");
        return IntStream.range(0, all.getLength())
                .mapToObj(k -> (Element) all.item(k))
                .filter(path -> path.getAttribute("class").equals(style))
                .toList();
    }
}
