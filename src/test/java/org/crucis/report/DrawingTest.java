package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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

        double step = (468 - 34) / 2.16;
        Pen dots = new Pen();
        for (int k = 0; k < 3; k++) {
            double across = (k + 0.08) * step;
            double down = 230 - (k + 0.08) * 230 / 2.16;
            dots.move(across, down).line(across + 0.1, down);
        }
        assertThat(paths(svg, "dot measured"))
                .extracting(path -> path.getAttribute("d"))
                .as("the points, and the sample in the legend")
                .hasSize(2)
                .first()
                .isEqualTo(dots.toString());
        Element panel = (Element) paths(svg, "dot measured").get(0).getParentNode();
        assertThat(panel.getAttribute("transform")).isEqualTo("translate(34 26)");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("A <title>");
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("y over x. measured: 1 at 1 to 3 at 3.");
    }

    /** Oracle: one path for all bars of a layer, a stroke up for each. */
    @Test
    void intervalsAreDrawnAsOnePath() {
        List<Double> x = List.of(1.0, 2.0);
        Document svg = draw(chart(
                LINEAR,
                LINEAR,
                new Figure.Points("measured", Role.MEASURED, x, List.of(0.5, 1.5), x, List.of(1.5, 2.5))));

        assertThat(paths(svg, "bar measured")).hasSize(1);
        assertThat(paths(svg, "bar measured").get(0).getAttribute("d")).matches("M[^v]+v-[.0-9]+[mM][^v]+v-[.0-9]+");
    }

    @Test
    void rolesDifferInShapeAndInClass() {
        Figure.Layer[] layers = Arrays.stream(Role.values())
                .map(role -> (Figure.Layer) new Figure.Line(role.word(), role, List.of(0.0, 1.0), List.of(0.0, 1.0)))
                .toArray(Figure.Layer[]::new);
        Document lines = draw(chart(LINEAR, LINEAR, layers));
        for (Role role : Role.values()) {
            assertThat(paths(lines, "line " + role.word())).as(role.word()).hasSize(2);
        }

        Figure.Layer[] marks = {
            points(List.of(1.0), List.of(1.0)),
            new Figure.Points("control", Role.CONTROL, List.of(1.0), List.of(1.0), List.of(1.0), List.of(1.0)),
            new Figure.Points("second", Role.CONTROL, List.of(1.0), List.of(1.0), List.of(1.0), List.of(1.0))
        };
        Document points = draw(chart(LINEAR, LINEAR, marks));
        assertThat(paths(points, "dot measured")).hasSize(2);
        assertThat(paths(points, "box control")).hasSize(2);
        assertThat(paths(points, "ring control n1")).hasSize(2);
    }

    private static double across(Document svg, String classes) {
        return Double.parseDouble(paths(svg, classes).get(0).getAttribute("d").replaceFirst("M([.0-9]+)[ -].*", "$1"));
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

        double place = across(alone, "dot measured");
        assertThat(across(all, "box control")).isCloseTo(place - 7, within(0.11));
        assertThat(across(all, "dot measured")).isEqualTo(place);
        assertThat(across(all, "mark measured n1")).isCloseTo(place + 7, within(0.11));
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
        assertThat(drawing.svg().split("h\\.1", -1))
                .as("a point and its sample")
                .hasSize(3);
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

        assertThat(paths(svg, "line claimed").get(0).getAttribute("d"))
                .matches("M[^a-zA-Z]+l[^a-zA-Z]+[mM][^a-zA-Z]+l[^a-zA-Z]+");
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

        String dots = paths(Xml.parse(bare), "dot measured").get(0).getAttribute("d");
        assertThat(open).contains(dots);
        assertThat(far).contains("class=\"area region\"");
        double height = new Ruler(Scale.LINEAR, 0.96, 2.04, 230, 0).at(1.5);
        assertThat(paths(Xml.parse(open), "area region").get(0).getAttribute("d"))
                .as("from the bound past the lower edge of the plot, 230")
                .contains("v" + Svg.number(239 - height));
        assertThat(paths(Xml.parse(far), "area region").get(0).getAttribute("d"))
                .as("the far side is cut off above the plot")
                .startsWith("M")
                .contains("-");
    }

    /** Oracle: a control a hundred ranges away would press the rest on a line; it is an arrow, and counted. */
    @Test
    void controlFarAwayIsAnArrow() {
        Figure.Points measured = points(List.of(1.0, 2.0), List.of(1.0, 2.0));
        List<Double> far = List.of(100.0, 101.0);
        Figure.Points control = new Figure.Points("control", Role.CONTROL, List.of(1.0, 2.0), far, far, far);
        Drawing drawing = Drawing.of(chart(LINEAR, LINEAR, measured, control), "f1");
        String bare = Drawing.of(chart(LINEAR, LINEAR, measured), "f1").svg();

        assertThat(drawing.svg())
                .contains(paths(Xml.parse(bare), "dot measured").get(0).getAttribute("d"));
        assertThat(paths(Xml.parse(drawing.svg()), "ring control")).hasSize(1);
        assertThat(drawing.note()).isEqualTo("Arrows: 2 of the control’s points lie beyond the axis.");
    }

    @Test
    void familyHasAPanelForEachMember() {
        Figure.Chart one = chart(LINEAR, LINEAR, points(List.of(1.0, 2.0, 3.0), List.of(1.0, 2.0, 3.0)));
        Plate family = new Plate(one, List.of(new Plate.Member("A", "A", one), new Plate.Member("B", "B", one)), null);
        Document svg = Xml.parse(Drawing.of(family, "f1").svg());

        assertThat(paths(svg, "dot measured"))
                .extracting(path -> path.getAttribute("d"))
                .as("two panels with the same axes, and one sample")
                .hasSize(3)
                .satisfies(drawn -> assertThat(drawn.get(0)).isEqualTo(drawn.get(1)));
        assertThat(texts(svg, "name")).containsExactly("A", "B", "x");
        assertThat(texts(svg, "legend")).containsExactly("measured");
    }

    /** Oracle: one place only, so the value runs along the paper; an interval that leaves it has an arrow, not a cap. */
    @Test
    void onePlaceIsAnIntervalOnItsRegion() {
        List<Double> place = List.of(1.0);
        Document svg = draw(chart(
                new Axis("point", Scale.LINEAR),
                new Axis("ratio", Scale.LINEAR),
                new Figure.Band("accepted", Role.REGION, place, List.of(0.0), List.of(10.0)),
                new Figure.Points("measured", Role.MEASURED, place, List.of(4.0), List.of(5.0), List.of(6.0)),
                new Figure.Points("control", Role.CONTROL, place, List.of(-900.0), List.of(3.0), List.of(7.0))));

        assertThat(texts(svg, "name middle")).containsExactly("ratio");
        assertThat(paths(svg, "area region")).as("the region and its sample").hasSize(2);
        assertThat(paths(svg, "bar measured").get(0).getAttribute("d")).matches("M[^v]+h[^v]+v8[^v]+v8");
        assertThat(paths(svg, "bar control").get(0).getAttribute("d"))
                .startsWith("M10 ")
                .contains("l-4 4 4 4");
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("ratio. measured: 5 [4, 6]. control: 3 [-900, 7].");
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
        assertThat(((Element) paths.item(0).getParentNode()).getAttribute("transform"))
                .isEqualTo("translate(26 24) scale(44)");
        assertThat(((Element) paths.item(1)).getAttribute("d")).isEqualTo("M0 0h1v1h-1zM1 1h1v1h-1zM2 2h1v1h-1z");
        assertThat(((Element) paths.item(1)).getAttribute("fill")).isEqualTo("#fde725");
    }

    @Test
    void anyNumbersMakeAWellFormedPicture() {
        Draw.cases(20260106, 200, draw -> {
            List<Double> x = draw.reals("x");
            List<Double> y = sameLength(x, draw.reals("y"));
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

    /** The first numbers of the second list, or again from its beginning; nulls where it has none. */
    private static List<Double> sameLength(List<Double> x, List<Double> y) {
        return IntStream.range(0, x.size())
                .mapToObj(k -> y.isEmpty() ? null : y.get(k % y.size()))
                .toList();
    }

    /** Oracle: one entry of the legend has mark and dash, and no mark stands aside from its line. */
    @Test
    void pointsAndTheLineThroughThemAreOneThing() {
        List<Double> x = List.of(1.0, 2.0);
        List<Figure.Layer> layers = new ArrayList<>();
        for (String name : List.of("one", "other")) {
            layers.add(new Figure.Line(name, Role.MEASURED, x, x));
            layers.add(new Figure.Points(name, Role.MEASURED, x, x, x, x));
        }
        Document svg = draw(chart(LINEAR, LINEAR, layers.toArray(Figure.Layer[]::new)));

        assertThat(texts(svg, "legend")).containsExactly("one (measured)", "other (measured)");
        assertThat(across(svg, "mark measured n1")).isEqualTo(across(svg, "dot measured"));
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("x over x. one: 1 at 1 to 2 at 2. other: 1 at 1 to 2 at 2.");
    }

    /** What stands in the groups of a class, text by text. */
    private static List<String> texts(Document svg, String group) {
        List<String> texts = new ArrayList<>();
        NodeList all = svg.getElementsByTagName("text");
        for (int k = 0; k < all.getLength(); k++) {
            if (((Element) all.item(k).getParentNode()).getAttribute("class").equals(group)) {
                texts.add(all.item(k).getTextContent());
            }
        }
        return texts;
    }

    // ---- clouds --------------------------------------------------------------------------------------------------

    private static Figure.Cloud cloud(String name, Role role, List<Double> x, List<Double> y) {
        return new Figure.Cloud(name, role, x, y);
    }

    private static Figure.Clouds clouds(Figure.Panel... panels) {
        return new Figure.Clouds("Features", "", LINEAR, new Axis("y", Scale.LINEAR), List.of(panels));
    }

    private static List<Element> paths(Document svg, String classes) {
        NodeList all = svg.getElementsByTagName("path");
        return IntStream.range(0, all.getLength())
                .mapToObj(k -> (Element) all.item(k))
                .filter(path -> path.getAttribute("class").equals(classes))
                .toList();
    }

    /**
     * Oracle: by hand. Both axes run from 0 to 10 with 4 % of space; the labels "10" take 14.4 units and 12 of space, so that
     * the first of two panels runs from 27 to 238 (two panels of 211 units, 18 between them) and from 48 (a line of name and 22
     * units for the panel's own) to 259.
     */
    @Test
    void everyPanelHasTheSameAxes() {
        List<Double> ends = List.of(0.0, 10.0);
        Document svg = draw(clouds(
                new Figure.Panel("width 2", List.of(cloud("trained", Role.MEASURED, ends, ends))),
                new Figure.Panel("width 1", List.of(cloud("trained", Role.MEASURED, List.of(10.0), List.of(0.0))))));

        List<Element> drawn = paths(svg, "cloud");
        double from = 27 + 211 * 0.4 / 10.8;
        double to = 27 + 211 * 10.4 / 10.8;
        double low = 48 + 211 * 10.4 / 10.8;
        double high = 48 + 211 * 0.4 / 10.8;
        assertThat(drawn.get(0).getAttribute("d"))
                .isEqualTo(
                        "M" + Svg.number(from) + " " + Svg.number(low) + " " + Svg.number(to) + " " + Svg.number(high));
        assertThat(drawn.get(1).getAttribute("d"))
                .isEqualTo("M" + Svg.number(to + 211 + 18) + " " + Svg.number(low) + "h0");
        assertThat(texts(svg, "name")).containsExactly("width 2", "width 1", "y");
        assertThat(texts(svg, "name middle")).containsExactly("x");
        assertThat(texts(svg, "legend")).as("one set needs no legend").isEmpty();
    }

    @Test
    void setsOfPointsDifferInMarkAndAreNamedOnce() {
        List<Double> one = List.of(1.0, 2.0);
        Figure.Panel panel = new Figure.Panel(
                "",
                List.of(
                        cloud("at the start", Role.START, one, one),
                        cloud("trained", Role.MEASURED, one, one),
                        cloud("trained again", Role.MEASURED, one, one),
                        cloud("teacher", Role.CLAIMED, one, one)));
        Document svg = draw(clouds(panel, panel));

        assertThat(texts(svg, "legend")).containsExactly("at the start", "trained", "trained again", "teacher");
        NodeList markers = svg.getElementsByTagName("marker");
        assertThat(markers.getLength()).isEqualTo(4);
        assertThat(paths(svg, "cloud")).hasSize(8).allSatisfy(path -> {
            assertThat(path.getAttribute("marker-start"))
                    .isEqualTo(path.getAttribute("marker-mid"))
                    .isEqualTo(path.getAttribute("marker-end"))
                    .startsWith("url(#f1-m");
        });
        assertThat(List.of(0, 1, 2, 3))
                .extracting(k -> (Element)
                        ((Element) markers.item(k)).getElementsByTagName("path").item(0))
                .extracting(mark -> mark.getAttribute("class") + mark.getAttribute("d"))
                .doesNotHaveDuplicates();
    }

    @Test
    void aThousandPointsAreSmall() {
        SplittableRandom random = new SplittableRandom(1);
        Figure.Cloud cloud = cloud(
                "trained",
                Role.MEASURED,
                random.doubles(1000, -3, 3).boxed().toList(),
                random.doubles(1000, -3, 3).boxed().toList());

        assertThat(Drawing.of(clouds(new Figure.Panel("", List.of(cloud))), "f1")
                        .svg())
                .hasSizeLessThan(15_000);
    }

    @Test
    void pointsWithoutAPlaceAreLeftOutAndCounted() {
        Drawing drawing = Drawing.of(
                clouds(new Figure.Panel(
                        "",
                        List.of(cloud(
                                "trained",
                                Role.MEASURED,
                                Arrays.asList(1.0, 2.0, null),
                                Arrays.asList(1.0, Double.NaN, 1.0))))),
                "f1");

        assertThat(drawing.note()).startsWith("2 points have no place on these axes");
        draw(clouds());
        draw(clouds(new Figure.Panel("empty", List.of())));
        draw(clouds(new Figure.Panel("missing", List.of(cloud("lost", Role.MEASURED, null, null)))));
    }

    /** Oracle: quartiles by rank, the second and the fourth of four values. */
    @Test
    void cloudsAreToldInWords() {
        Document svg = draw(clouds(new Figure.Panel(
                "width 4",
                List.of(cloud("at the start", Role.START, List.of(4.0, 1.0, 3.0, 2.0), List.of(0.0, 0.0, 5.0, 5.0))))));

        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo(
                        "A scatter plot of y over x. width 4, at the start: 4 points, the middle half at x 2 to 4 and"
                                + " y 0 to 5.");
    }

    // ---- tiles ---------------------------------------------------------------------------------------------------

    private static Figure.Tiles tiles(List<List<Double>> pixels) {
        return new Figure.Tiles(
                "Weights", "", List.of(new Figure.TileRow("trained", List.of(new Figure.Tile("neuron 1", pixels)))));
    }

    private static String colourOf(Document svg, String outline) {
        return paths(svg, "cell").stream()
                .filter(path -> path.getAttribute("d").equals(outline))
                .findFirst()
                .orElseThrow()
                .getAttribute("fill");
    }

    /** Oracle: eleven colours, of which the sixth is 0 and the last ones are the largest size with either sign. */
    @Test
    void oneScaleOfColoursIsSymmetricAboutZero() {
        Document svg = draw(tiles(List.of(List.of(-0.5, 0.0, 0.5), List.of(-1.0, 0.04, 1.0))));

        assertThat(colourOf(svg, "M1 0h1v1h-1zM1 1h1v1h-1z")).isEqualTo("#808080");
        assertThat(colourOf(svg, "M0 1h1v1h-1z")).isEqualTo("#00135c");
        assertThat(colourOf(svg, "M2 1h1v1h-1z")).isEqualTo("#ffe6ba");
        assertThat(colourOf(svg, "M0 0h1v1h-1z")).as("two steps down").isEqualTo("#42577d");
        assertThat(colourOf(svg, "M2 0h1v1h-1z")).as("two steps up").isEqualTo("#bca67e");
        assertThat(texts(svg, "label")).containsExactly("−1", "0", "1");
        assertThat(texts(svg, "label middle")).containsExactly("neuron 1");
        assertThat(texts(svg, "name")).containsExactly("trained");
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("Small images on one scale from -1 to 1. trained: 1 image, neuron 1 from -1 to 1.");
    }

    /** Oracle: lightness as CIE L*, computed here from the colours of the key; with it a sign is seen without colours. */
    @Test
    void lightnessGrowsWithTheNumber() {
        double[] lightness = paths(draw(tiles(List.of(List.of()))), "cell").stream()
                .mapToDouble(path -> lightness(path.getAttribute("fill")))
                .toArray();

        assertThat(lightness).hasSize(11);
        for (int k = 1; k < lightness.length; k++) {
            assertThat(lightness[k] - lightness[k - 1]).as("step " + k).isBetween(5.0, 10.0);
        }
    }

    private static double lightness(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double luminance = 0;
        for (int k = 0; k < 3; k++) {
            double part = Integer.parseInt(colour.substring(1 + 2 * k, 3 + 2 * k), 16) / 255.0;
            luminance += weights[k] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return luminance > 0.008856 ? 116 * Math.cbrt(luminance) - 16 : 903.3 * luminance;
    }

    @Test
    void tilesOfNothingOfZerosAndWithGaps() {
        draw(new Figure.Tiles("Weights", "", List.of()));
        assertThat(colourOf(draw(tiles(List.of(List.of(0.0, 0.0)))), "M0 0h2v1h-2z"))
                .isEqualTo("#808080");
        Drawing gaps = Drawing.of(tiles(Arrays.asList(Arrays.asList(1.0, null), null)), "f1");
        assertThat(gaps.note()).isEqualTo("Not finite, and left blank: 1 of the pixels.");
    }

    /** Oracle: 16 tiles of 44 units or more do not fit in one line of 480, so there are two lines of eight. */
    @Test
    void manyTilesStandInEvenLines() {
        Figure.Tile tile = new Figure.Tile("1", List.of(List.of(1.0)));
        Document svg =
                draw(new Figure.Tiles("Weights", "", List.of(new Figure.TileRow("", Collections.nCopies(16, tile)))));

        List<String> frames =
                paths(svg, "frame").stream().map(path -> path.getAttribute("d")).toList();
        assertThat(frames.get(7)).startsWith("M427 0h51v51");
        assertThat(frames.get(8)).startsWith("M0 75h51v51");
    }

    @Test
    void anyNumbersMakeWellFormedCloudsAndTiles() {
        Draw.cases(20260107, 200, draw -> {
            List<Double> x = draw.reals("x");
            List<Double> y = sameLength(x, draw.reals("y"));
            String name = draw.text("name");
            Axis axis = new Axis(name, draw.of("scale", Scale.values()));
            Figure.Panel panel = new Figure.Panel(name, List.of(cloud(name, draw.of("role", Role.values()), x, y)));
            Figure.Clouds clouds =
                    new Figure.Clouds(name, name, axis, axis, Collections.nCopies(draw.integer("panels", 0, 7), panel));
            Figure.Tile tile = new Figure.Tile(name, List.of(x, y));
            Figure.Tiles tiles = new Figure.Tiles(
                    name,
                    name,
                    List.of(new Figure.TileRow(name, Collections.nCopies(draw.integer("tiles", 0, 5), tile))));

            for (Figure.Picture figure : List.of(clouds, tiles)) {
                String svg = Drawing.of(figure, "f1").svg();
                Xml.parse(svg);
                assertThat(svg.replaceAll("<(title|desc)[^>]*>[^<]*<", "").replaceAll(">[^<]*<", "><"))
                        .doesNotContain("NaN")
                        .doesNotContain("Infinity");
                assertThat(Drawing.of(figure, "f1").svg()).isEqualTo(svg);
            }
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
        assertThat(Svg.number(-0.26)).isEqualTo("-.3");
        assertThat(Svg.number(0.04)).isEqualTo("0");
        assertThat(Svg.number(-0.04)).isEqualTo("0");
        assertThat(Svg.number(1e30)).isEqualTo("9999");
    }
}
