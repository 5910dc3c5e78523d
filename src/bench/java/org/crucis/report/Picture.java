package org.crucis.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.crucis.claim.Figure;

/** A figure of the report as a file of its own. */
public final class Picture {

    private Picture() {}

    /**
     * An SVG file in the colours of the page's style sheet, on its own ground. The names of the layers stand without the words
     * for their roles, which are about claims and controls.
     */
    public static String of(Figure.Picture figure) {
        String svg = Drawing.of(figure, "f").svg().replaceAll(" \\((measured|control|claimed)\\)</text>", "</text>");
        int start = svg.indexOf('>') + 1;
        return svg.substring(0, start) + "<style>" + Markup.escape(style()) + "svg{background:var(--bg)}</style>"
                + svg.substring(start);
    }

    private static String style() {
        try (InputStream in = Drawing.class.getResourceAsStream("style.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
