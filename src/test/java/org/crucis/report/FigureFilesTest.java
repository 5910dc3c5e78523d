package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class FigureFilesTest {

    @TempDir
    private Path directory;

    private FigureFiles figures() {
        return FigureFiles.of(SampleRun.write(new EvidenceFolder(directory.resolve("run")), Roster.Selection.WHOLE));
    }

    @Test
    void everySvgStandsAlone() throws IOException {
        FigureFiles figures = figures();
        List<Path> files = figures.write(figures.claims(), FigureFiles.Format.SVG, directory.resolve("out"));

        assertThat(files).hasSizeGreaterThan(4).doesNotHaveDuplicates();
        for (Path file : files) {
            String svg = Files.readString(file);
            Element root = Xml.parse(svg).getDocumentElement();
            assertThat(root.getAttribute("xmlns")).isEqualTo("http://www.w3.org/2000/svg");
            assertThat(root.getAttribute("width")).isEqualTo("480");
            assertThat(root.getElementsByTagName("title").item(0).getTextContent())
                    .isNotBlank();
            assertThat(svg)
                    .contains(".figure .measured{color:#")
                    .doesNotContain("var(")
                    .doesNotContain("href")
                    .doesNotContain("@import")
                    .doesNotContainPattern("url\\((?!#)");
        }
    }

    @Test
    void evidenceThatCannotBeTrustedIsNamedAndNotDrawn() throws IOException {
        figures();
        Path evidence = directory.resolve("run/evidence");
        Path changed = evidence.resolve(SampleRun.REFUTED + ".json");
        Files.writeString(changed, Files.readString(changed).replace("\"blocks\" : 24", "\"blocks\" : 25"));
        Path nameless = evidence.resolve(SampleRun.SUPPORTED + ".json");
        Files.writeString(nameless, Files.readString(nameless).replaceFirst("\"claim\" : .*", ""));

        FigureFiles figures = FigureFiles.of(new EvidenceFolder(directory.resolve("run")));

        assertThat(figures.claims())
                .isNotEmpty()
                .doesNotContain(SampleRun.REFUTED, SampleRun.SUPPORTED)
                .doesNotContainNull();
        assertThat(figures.problems())
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).startsWith(changed + " does not match"))
                .anySatisfy(problem -> assertThat(problem).startsWith(nameless + " lacks the field claim"));
        assertThat(figures.write(List.of(SampleRun.REFUTED), FigureFiles.Format.SVG, directory.resolve("out")))
                .isEmpty();
    }

    @Test
    void sameEvidenceGivesTheSameBytes() throws IOException {
        FigureFiles figures = figures();
        for (FigureFiles.Format format : FigureFiles.Format.values()) {
            List<String> some = figures.claims().subList(0, 2);
            List<Path> once = figures.write(some, format, directory.resolve("once"));
            List<Path> again = figures.write(some, format, directory.resolve("again"));
            assertThat(once).hasSameSizeAs(again);
            for (int k = 0; k < once.size(); k++) {
                assertThat(once.get(k)).hasSameBinaryContentAs(again.get(k));
            }
        }
    }

    /** Oracle: PDFBox's reader; a drawing is 480 wide. */
    @Test
    void everyPdfIsOnePageOfTheFiguresSize() throws IOException {
        FigureFiles figures = figures();
        List<Path> files = figures.write(figures.claims(), FigureFiles.Format.PDF, directory.resolve("out"));

        assertThat(files).isNotEmpty();
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("%PDF");
            try (PDDocument pdf = Loader.loadPDF(bytes)) {
                assertThat(pdf.getNumberOfPages()).isEqualTo(1);
                assertThat(pdf.getPage(0).getMediaBox().getWidth()).isEqualTo(480);
            }
        }
    }
}
