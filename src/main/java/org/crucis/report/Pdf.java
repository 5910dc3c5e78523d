package org.crucis.report;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.geom.Dimension2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import org.apache.batik.anim.dom.SAXSVGDocumentFactory;
import org.apache.batik.bridge.BridgeContext;
import org.apache.batik.bridge.GVTBuilder;
import org.apache.batik.bridge.UserAgentAdapter;
import org.apache.batik.gvt.GraphicsNode;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** An SVG that stands alone as a PDF of one page. A pixel becomes a point. */
final class Pdf {

    /** PDFBox would take the time for it: the same figure gives the same file. */
    private static final long DOCUMENT_ID = 0;

    private Pdf() {}

    static byte[] of(String svg) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            BridgeContext context = new BridgeContext(new UserAgentAdapter());
            context.setDynamicState(BridgeContext.STATIC);
            GraphicsNode drawing = new GVTBuilder()
                    .build(
                            context,
                            new SAXSVGDocumentFactory(null).createDocument("figure.svg", new StringReader(svg)));
            Dimension2D size = context.getDocumentSize();
            float width = (float) size.getWidth();
            float height = (float) size.getHeight();
            PDPage page = new PDPage(new PDRectangle(width, height));
            document.addPage(page);
            document.setDocumentId(DOCUMENT_ID);
            PdfBoxGraphics2D paper = new PdfBoxGraphics2D(document, width, height);
            drawing.paint(paper);
            paper.dispose();
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.drawForm(paper.getXFormObject());
            }
            document.save(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a figure cannot be made a PDF: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }
}
