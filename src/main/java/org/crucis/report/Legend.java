package org.crucis.report;

import java.util.List;
import org.crucis.claim.Figure.Band;
import org.crucis.claim.Figure.Role;

/** The names of the layers with a sample of each, in lines under a drawing. */
final class Legend {

    private static final int SAMPLE = 28;
    private static final int GAP = 20;

    private Legend() {}

    /**
     * Writes it.
     *
     * @param layers one of a kind each, or parts of one thing
     * @param firstLine where its first line of text stands
     * @return the height of the drawing
     */
    static double draw(Svg out, List<Styled> layers, double firstLine) {
        double across = 0;
        double line = firstLine;
        out.add("<g class=\"legend\">");
        for (Styled styled : layers) {
            List<Styled> parts = styled.parts(layers);
            if (parts.get(0) != styled) {
                continue;
            }
            List<String> words = Drawing.lines(name(styled), Drawing.WIDTH - SAMPLE - 6.0);
            double width = SAMPLE
                    + 6
                    + words.stream().mapToDouble(Drawing::width).max().orElse(0)
                    + GAP;
            if (across > 0 && across + width > Drawing.WIDTH + GAP) {
                across = 0;
                line += Drawing.LINE;
            }
            for (Styled part : parts) {
                sample(out, part, across, line - 4);
            }
            for (int k = 0; k < words.size(); k++) {
                line += k > 0 ? Drawing.LINE : 0;
                out.word(across + SAMPLE + 6, line, words.get(k));
            }
            across += width;
        }
        out.add("</g>");
        return line + 8;
    }

    /** The name, and the role where the name does not say it. */
    static String name(Styled styled) {
        String role = styled.layer().role().word();
        String name = styled.layer().name();
        return name.contains(role) ? name : name + " (" + role + ")";
    }

    /** The same for the ear: what nothing else is said of was measured. */
    static String spoken(Styled styled) {
        return styled.layer().role() == Role.MEASURED ? styled.layer().name() : name(styled);
    }

    private static void sample(Svg out, Styled styled, double across, double middle) {
        Pen pen = new Pen();
        if (styled.isPoints()) {
            styled.mark().at(pen, across + SAMPLE / 2.0, middle);
            out.path(styled.classes(styled.mark().style()), pen);
        } else if (styled.layer() instanceof Band) {
            pen.move(across, middle - 5)
                    .line(across + SAMPLE, middle - 5)
                    .line(across + SAMPLE, middle + 5)
                    .line(across, middle + 5)
                    .close();
            out.path(styled.classes("area"), pen);
        } else {
            out.path(styled.classes("line"), pen.move(across, middle).line(across + SAMPLE, middle));
        }
    }
}
