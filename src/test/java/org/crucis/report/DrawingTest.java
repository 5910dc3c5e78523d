package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.crucis.Draw;
import org.crucis.claim.Figure;
import org.crucis.claim.Figure.Axis;
import org.crucis.claim.Figure.Role;
import org.crucis.claim.Figure.Scale;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class DrawingTest {

    private static final Axis LINEAR = new Axis("x", Scale.LINEAR);

    private static Document draw(Figure.Picture figure) {
        return Xml.parse(Drawing.of(figure, "f1").svg());
    }

    private static Figure.Chart chart(Axis x, Axis y, Figure.Layer... layers) {
        return new Figure.Chart("A <title>", "", x, y, List.of(layers));
    }

    private static Figure.Points points(List<Double> x, List<Double> y) {
        return new Figure.Points("measured", Role.MEASURED, x, y, y, y);
    }

    /**
     * Oracle: by hand. The x axis runs from 1 to 3 with 4 % of space at either end, from the left edge (three letters of the
     * longest label "2.5" at 7.2 units and 12 of space: 34) to 468; the y axis from 26 (one line of name) to 256.
     */
    @Test
    void pointsStandWhereTheyShould() {
        Document svg = draw(
                chart(LINEAR, new Axis("y", Scale.LINEAR), points(List.of(1.0, 2.0, 3.0), List.of(1.0, 2.0, 3.0))));

        NodeList circles = svg.getElementsByTagName("circle");
        double step = (468 - 34) / 2.16;
        assertThat(circles.getLength()).isEqualTo(4);
        for (int k = 0; k < 3; k++) {
            Element circle = (Element) circles.item(k);
            assertThat(circle.getAttribute("cx")).isEqualTo(Svg.number(34 + (k + 0.08) * step));
            assertThat(circle.getAttribute("cy")).isEqualTo(Svg.number(256 - (k + 0.08) * 230 / 2.16));
        }
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("A <title>");
        assertThat(svg.getElementsByTagName("title").item(1).getTextContent()).isEqualTo("measured: x 1, 1");
    }

    @Test
    void intervalsAreDrawnAndTold() {
        Document svg = draw(chart(
                LINEAR,
                LINEAR,
                new Figure.Points("measured", Role.MEASURED, List.of(1.0), List.of(0.5), List.of(1.0), List.of(1.5))));

        assertThat(svg.getElementsByTagName("title").item(1).getTextContent()).isEqualTo("measured: x 1, 1 [0.5, 1.5]");
        assertThat(count(svg, "path", "bar")).isEqualTo(1);
    }

    @Test
    void rolesDifferInShapeAndInClass() {
        Figure.Layer[] layers = Arrays.stream(Role.values())
                .map(role -> (Figure.Layer) new Figure.Line(role.word(), role, List.of(0.0, 1.0), List.of(0.0, 1.0)))
                .toArray(Figure.Layer[]::new);
        Document lines = draw(chart(LINEAR, LINEAR, layers));
        for (Role role : Role.values()) {
            assertThat(count(lines, "g", role.word() + " n0")).as(role.word()).isEqualTo(2);
        }

        Figure.Layer[] marks = {
            points(List.of(1.0), List.of(1.0)),
            new Figure.Points("control", Role.CONTROL, List.of(1.0), List.of(1.0), List.of(1.0), List.of(1.0)),
            new Figure.Points("second", Role.CONTROL, List.of(1.0), List.of(1.0), List.of(1.0), List.of(1.0))
        };
        Document points = draw(chart(LINEAR, LINEAR, marks));
        List<String> shapes = List.of(
                shape(points, 0).getTagName() + shape(points, 0).getAttribute("d"),
                shape(points, 1).getTagName() + shape(points, 1).getAttribute("d"),
                shape(points, 2).getTagName() + shape(points, 2).getAttribute("d"));
        assertThat(shapes).doesNotHaveDuplicates();
    }

    private static Element shape(Document svg, int index) {
        NodeList all = svg.getElementsByTagName("*");
        int seen = 0;
        for (int k = 0; k < all.getLength(); k++) {
            Element element = (Element) all.item(k);
            if (element.getAttribute("class").equals("mark") && seen++ == index) {
                return element;
            }
        }
        throw new AssertionError("no mark " + index);
    }

    private static long count(Document svg, String tag, String classes) {
        NodeList all = svg.getElementsByTagName(tag);
        long count = 0;
        for (int k = 0; k < all.getLength(); k++) {
            count += ((Element) all.item(k)).getAttribute("class").equals(classes) ? 1 : 0;
        }
        return count;
    }

    /** Oracle: two layers at one size stand 7 units apart; the first that was measured stays at its size. */
    @Test
    void layersAtTheSameSizesStandSideBySide() {
        List<Double> x = List.of(1.0, 2.0);
        Figure.Points control = new Figure.Points("control", Role.CONTROL, x, x, x, x);
        Figure.Points first = points(x, x);
        Figure.Points second = points(x, x);
        Document alone = draw(chart(LINEAR, LINEAR, first));
        Document all = draw(chart(LINEAR, LINEAR, control, first, second));

        double place = Double.parseDouble(shape(alone, 0).getAttribute("cx"));
        assertThat(shape(all, 0).getAttribute("d")).startsWith("M" + Svg.number(place - 7) + " ");
        assertThat(shape(all, 2).getAttribute("cx")).isEqualTo(Svg.number(place));
        assertThat(shape(all, 4).getAttribute("d")).startsWith("M" + Svg.number(place + 7) + " ");
    }

    @Test
    void whatHasNoPlaceIsLeftOutAndCounted() {
        Drawing drawing = Drawing.of(
                chart(
                        new Axis("width", Scale.LOG),
                        new Axis("drift", Scale.LOG),
                        points(
                                Arrays.asList(1.0, 2.0, 4.0, null),
                                Arrays.asList(1.0, Double.POSITIVE_INFINITY, -1.0, 1.0))),
                "f1");

        assertThat(drawing.note()).startsWith("3 values have no place on these axes");
        assertThat(drawing.svg().split("<circle", -1)).hasSize(3);
        assertThat(drawing.svg()).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void lineBreaksAtAGap() {
        Document svg = draw(chart(
                LINEAR,
                LINEAR,
                new Figure.Line(
                        "line",
                        Role.CLAIMED,
                        List.of(0.0, 1.0, 2.0, 3.0, 4.0),
                        Arrays.asList(0.0, 1.0, null, 3.0, 4.0))));

        Element line = (Element) svg.getElementsByTagName("path")
                .item(svg.getElementsByTagName("path").getLength() - 2);
        assertThat(line.getAttribute("class")).isEqualTo("line");
        assertThat(line.getAttribute("d")
                        .chars()
                        .filter(letter -> letter == 'M')
                        .count())
                .isEqualTo(2);
    }

    @Test
    void openRegionReachesTheEdgeAndDoesNotSquashThePoints() {
        Figure.Points measured = points(List.of(1.0, 2.0), List.of(1.0, 2.0));
        String bare = Drawing.of(chart(LINEAR, LINEAR, measured), "f1").svg();
        String open = Drawing.of(
                        chart(
                                LINEAR,
                                LINEAR,
                                new Figure.Band(
                                        "region",
                                        Role.REGION,
                                        List.of(1.0, 2.0),
                                        Arrays.asList(null, null),
                                        List.of(1.5, 1.5)),
                                measured),
                        "f1")
                .svg();
        String far = Drawing.of(
                        chart(
                                LINEAR,
                                LINEAR,
                                new Figure.Band(
                                        "region", Role.REGION, List.of(1.0, 2.0), List.of(0.5, 0.5), List.of(1e6, 1e6)),
                                measured),
                        "f1")
                .svg();

        String circle = bare.substring(bare.indexOf("<circle"), bare.indexOf("/>", bare.indexOf("<circle")));
        assertThat(open).contains(circle).contains("class=\"area\"");
        assertThat(far).contains("class=\"area\"");
        Element mark = shape(Xml.parse(far), 1);
        assertThat(Double.parseDouble(mark.getAttribute("cy"))).isLessThan(200);
    }

    @Test
    void sweepOfAFewSizesIsLabelledAtItsSizes() {
        Document svg = draw(chart(
                new Axis("width", Scale.LOG),
                new Axis("drift", Scale.LOG),
                points(
                        SampleRun.WIDTHS,
                        SampleRun.WIDTHS.stream().map(m -> 1 / m).toList())));

        assertThat(svg.getDocumentElement().getTextContent()).contains("64128256512102420484096");
    }

    @Test
    void heatOfAConstantMatrixAndOfAnEmptyOne() {
        Document one = draw(new Figure.Heat("K", "", "i", "j", List.of(List.of(2.0, 2.0), List.of(2.0, 2.0))));
        assertThat(one.getDocumentElement().getTextContent()).contains("2222");
        draw(new Figure.Heat("K", "", "i", "j", List.of()));
        Drawing gaps =
                Drawing.of(new Figure.Heat("K", "", "i", "j", Arrays.asList(Arrays.asList(1.0, null), null)), "f1");
        assertThat(gaps.note()).isEqualTo("Not finite, and left blank: 1 of the cells.");
    }

    /** Oracle: 3 x 3 cells of 44 units from (26, 24); the diagonal is the largest value, the rest the smallest. */
    @Test
    void heatCellsStandWhereTheyShould() {
        Document svg = draw(new Figure.Heat(
                "K", "", "i", "j", List.of(List.of(1.0, 0.0, 0.0), List.of(0.0, 1.0, 0.0), List.of(0.0, 0.0, 1.0))));

        NodeList paths = svg.getElementsByTagName("path");
        assertThat(((Element) paths.item(1)).getAttribute("d"))
                .isEqualTo("M26 24H70V68H26zM70 68H114V112H70zM114 112H158V156H114z");
        assertThat(((Element) paths.item(1)).getAttribute("fill")).isEqualTo("#fde725");
    }

    @Test
    void anyNumbersMakeAWellFormedPicture() {
        Draw.cases(20260106, 200, draw -> {
            List<Double> x = draw.reals("x");
            List<Double> y = draw.reals("y");
            Scale horizontal = draw.of("horizontal", Scale.values());
            Scale vertical = draw.of("vertical", Scale.values());
            Role role = draw.of("role", Role.values());
            String name = draw.text("name");
            Figure.Chart chart = new Figure.Chart(
                    name,
                    name,
                    new Axis(name, horizontal),
                    new Axis(name, vertical),
                    List.of(
                            new Figure.Points(name, role, x, y, y, x),
                            new Figure.Line(name, role, x, y),
                            new Figure.Band(name, role, x, x, y)));

            String svg = Drawing.of(chart, "f1").svg();

            Xml.parse(svg);
            assertThat(svg.replaceAll("<(title|desc)[^>]*>[^<]*<", "").replaceAll(">[^<]*<", "><"))
                    .doesNotContain("NaN")
                    .doesNotContain("Infinity");
            assertThat(Drawing.of(chart, "f1").svg()).isEqualTo(svg);
        });
    }

    @Test
    void missingListsAreAsGoodAsEmpty() {
        draw(chart(LINEAR, LINEAR, new Figure.Points("a", Role.MEASURED, null, null, null, null)));
        draw(chart(LINEAR, LINEAR, new Figure.Line("a", Role.MEASURED, List.of(), Collections.emptyList())));
        draw(chart(LINEAR, LINEAR));
    }

    @Test
    void coordinatesAreShort() {
        assertThat(Svg.number(12.04)).isEqualTo("12");
        assertThat(Svg.number(-0.26)).isEqualTo("-0.3");
        assertThat(Svg.number(0.04)).isEqualTo("0");
        assertThat(Svg.number(-0.04)).isEqualTo("0");
        assertThat(Svg.number(1e30)).isEqualTo("9999");
    }
}
