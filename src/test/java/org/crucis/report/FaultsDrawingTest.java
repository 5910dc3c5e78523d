package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.crucis.severity.KillMatrix;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FaultsDrawingTest {

    private static final KillMatrix.Cell NOTICED =
            new KillMatrix.Cell("du2018/b", "c", KillMatrix.State.NOTICED, "rate", "REFUTED", "no");

    private static Document draw(KillMatrix.Fault... faults) {
        return Xml.parse(new FaultsDrawing(new KillMatrix(1, List.of(faults))).svg());
    }

    private static List<Element> all(Document svg, String tag, String style) {
        NodeList found = svg.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength())
                .mapToObj(index -> (Element) found.item(index))
                .filter(element -> element.getAttribute("class").equals(style))
                .toList();
    }

    private static List<String> texts(Document svg, String style) {
        return all(svg, "text", style).stream().map(Element::getTextContent).toList();
    }

    /** Oracle: squares of 10 with a margin of 1; columns 12 wide from 214 on, a further 5 before another paper. */
    @Test
    void claimsOfOnePaperStandTogetherAndEachFaultHasItsRow() {
        Document svg = draw(
                new KillMatrix.Fault(
                        "step <halved>",
                        "",
                        "",
                        List.of(
                                NOTICED,
                                KillMatrix.Cell.unnoticed("du2018/a", "c"),
                                KillMatrix.Cell.notRun("lee2019/a", "c"))),
                new KillMatrix.Fault("nothing", "", "", List.of(KillMatrix.Cell.unnoticed("lee2019/a", "c"))));

        assertThat(texts(svg, "paper")).containsExactly("du2018", "lee2019");
        assertThat(texts(svg, "fault")).containsExactly("step <halved>", "nothing");
        assertThat(texts(svg, "")).containsExactly("1 of 2", "0 of 1");
        assertThat(all(svg, "path", "noticed"))
                .hasSize(1)
                .first()
                .satisfies(path -> assertThat(path.getAttribute("d")).isEqualTo("M227 63h10v10h-10z"));
        assertThat(all(svg, "path", "unnoticed"))
                .extracting(path -> path.getAttribute("d"))
                .containsExactly("M215 63h10v10h-10z", "M244 75h10v10h-10z");
        assertThat(all(svg, "path", "unrun")).hasSize(1);
        assertThat(all(svg, "path", "hit"))
                .extracting(Element::getTextContent)
                .containsExactly("du2018/a", "du2018/b", "lee2019/a");
    }

    @Test
    void withoutFaultsThereIsAnEmptyPicture() {
        assertThat(all(draw(), "path", "hit")).isEmpty();
    }
}
