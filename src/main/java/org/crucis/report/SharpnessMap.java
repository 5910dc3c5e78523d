package org.crucis.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.crucis.claim.Figure.Scale;

/**
 * How loose theorems are about the width: the measured minimal width over each theorem's sufficient one, its constant put to
 * one. On the diagonal a theorem would be exact; how far to the right of it a mark stands is how much it asks for in vain.
 */
final class SharpnessMap {

    private static final int WIDTH = 480;
    private static final int LEFT = 44;
    private static final int RIGHT = 470;
    private static final int TOP = 40;
    private static final int BOTTOM = 300;
    private static final int HEIGHT = 340;
    private static final int MOST_LINES = 4;

    /** Drawn about (0, 0); told apart by their shape, so that colour only helps. */
    private static final List<String> MARKS = List.of(
            "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
            "M-3.6-3.6h7.2v7.2h-7.2z",
            "M0-4.6L4.6 3.6H-4.6z",
            "M0-5L5 0L0 5L-5 0z",
            "M0 4.6L4.6-3.6H-4.6z",
            "M-1.5-4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z");

    private record Group(String anchor, String claim, List<SufficientSize> points) {}

    /**
     * A theorem in the table under the map.
     *
     * @param mark markup
     * @param loose powers of ten by which it asks for more than was needed
     */
    record Theorem(String mark, String name, int points, String sufficient, String measured, String loose) {

        /** Its name as markup. */
        String title() {
            return Prose.line(name);
        }
    }

    private final Map<String, List<Group>> theorems;

    private SharpnessMap(Map<String, List<Group>> theorems) {
        this.theorems = theorems;
    }

    static SharpnessMap of(Joined run) {
        Map<String, List<Group>> theorems = new LinkedHashMap<>();
        for (Joined.Claim claim : run.claims()) {
            Map<String, List<SufficientSize>> here = new LinkedHashMap<>();
            claim.predictions().stream()
                    .flatMap(prediction -> prediction.entry().stream())
                    .flatMap(entry -> SufficientSize.of(entry).stream())
                    .forEach(point -> here.computeIfAbsent(point.theorem(), each -> new ArrayList<>())
                            .add(point));
            here.forEach((theorem, points) -> theorems.computeIfAbsent(theorem, each -> new ArrayList<>())
                    .add(new Group(Page.anchor(claim.id()), claim.title(), points)));
        }
        return new SharpnessMap(theorems);
    }

    boolean isEmpty() {
        return theorems.isEmpty();
    }

    /** In the order in which the run names them. */
    List<Theorem> theorems() {
        List<Theorem> rows = new ArrayList<>();
        theorems.forEach((name, groups) -> rows.add(new Theorem(
                "<svg class=\"sharp key\" viewBox=\"-7 -7 14 14\" aria-hidden=\"true\""
                        + " xmlns=\"http://www.w3.org/2000/svg\">" + mark(rows.size(), "") + "</svg>",
                name,
                (int) points(groups).count(),
                range(groups, SufficientSize::sufficient),
                range(groups, point -> point.measured().value()),
                loose(groups))));
        return rows;
    }

    private static Stream<SufficientSize> points(List<Group> groups) {
        return groups.stream().flatMap(group -> group.points.stream());
    }

    private static String range(List<Group> groups, ToDoubleFunction<SufficientSize> value) {
        double low = points(groups).mapToDouble(value).min().orElseThrow();
        double high = points(groups).mapToDouble(value).max().orElseThrow();
        return rounded(low) + " to " + rounded(high);
    }

    private static String rounded(double value) {
        return Ruler.label(new BigDecimal(value, new MathContext(2)));
    }

    private static String loose(List<Group> groups) {
        double low = points(groups)
                .mapToDouble(SufficientSize::ordersOfMagnitude)
                .min()
                .orElseThrow();
        double high = points(groups)
                .mapToDouble(SufficientSize::ordersOfMagnitude)
                .max()
                .orElseThrow();
        return Fractions.signed(String.format(Locale.ROOT, "%.1f to %.1f", low, high));
    }

    private static String mark(int theorem, String place) {
        return "<path class=\"mark m" + theorem % MARKS.size() + "\" d=\"" + MARKS.get(theorem % MARKS.size()) + "\""
                + place + "/>";
    }

    /** One {@code svg} element. */
    String svg() {
        List<SufficientSize> all =
                theorems.values().stream().flatMap(SharpnessMap::points).toList();
        Ruler across = Ruler.covering(
                Scale.LOG,
                all.stream()
                        .flatMapToDouble(point -> DoubleStream.of(
                                point.sufficient(), point.measured().lower())),
                LEFT,
                RIGHT);
        Ruler up = Ruler.covering(
                Scale.LOG,
                all.stream()
                        .flatMapToDouble(point -> DoubleStream.of(
                                point.measured().lower(), point.measured().upper())),
                BOTTOM,
                TOP);
        Svg out = new Svg();
        out.add("<svg class=\"sharp\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                        + "\" role=\"group\" aria-labelledby=\"sharp-t sharp-d\""
                        + " xmlns=\"http://www.w3.org/2000/svg\"><title id=\"sharp-t\">Measured minimal width against"
                        + " the theorems’ sufficient width</title><desc id=\"sharp-d\">")
                .text("Both axes logarithmic. "
                        + String.join(
                                "; ",
                                theorems().stream()
                                        .map(theorem -> theorem.name() + ": " + theorem.loose()
                                                + " orders of magnitude more than was needed")
                                        .toList())
                        + ".")
                .add("</desc>");
        axes(out, across, up);
        distances(out, across, up);
        int index = 0;
        for (List<Group> groups : theorems.values()) {
            for (Group group : groups) {
                marks(out, index, group, across, up);
            }
            index++;
        }
        return out.add("</svg>").toString();
    }

    private static void axes(Svg out, Ruler across, Ruler up) {
        out.add("<g aria-hidden=\"true\">");
        for (Ruler.Tick tick : across.ticks()) {
            if (tick.major()) {
                out.add("<path class=\"grid\" d=\"M").at(across.at(tick.value()));
                out.add(" " + TOP + "V" + BOTTOM + "\"/><text class=\"tick\" x=\"")
                        .at(across.at(tick.value()))
                        .add("\" y=\"" + (BOTTOM + 16) + "\">")
                        .text(tick.label())
                        .add("</text>");
            }
        }
        for (Ruler.Tick tick : up.ticks()) {
            if (tick.major()) {
                out.add("<path class=\"grid\" d=\"M" + LEFT + " ").at(up.at(tick.value()));
                out.add("H" + RIGHT + "\"/><text class=\"up\" x=\"" + (LEFT - 6) + "\" y=\"")
                        .at(up.at(tick.value()) + 4)
                        .add("\">")
                        .text(tick.label())
                        .add("</text>");
            }
        }
        out.add("<text class=\"name\" x=\"" + RIGHT + "\" y=\"" + (HEIGHT - 6)
                + "\">width that the theorem calls sufficient, constant 1</text><text x=\"0\" y=\"14\">measured minimal"
                + " width</text></g>");
    }

    /** Lines of equal distance from the diagonal, from one power of ten to the next in round steps. */
    private static void distances(Svg out, Ruler across, Ruler up) {
        double most = Math.log10(across.high() / up.high());
        int step = IntStream.of(1, 2, 5, 10, 20, 50, 100)
                .filter(each -> most <= MOST_LINES * each)
                .findFirst()
                .orElse(200);
        out.add("<g aria-hidden=\"true\"><text class=\"name\" x=\"" + RIGHT
                + "\" y=\"14\">how loose, as a factor</text>");
        for (int power = 0; power <= Math.max(0, most); power += step) {
            double factor = Math.pow(10, power);
            // The line leaves the frame on the left where its lower end lies there.
            double low = Math.max(up.low(), across.low() / factor);
            out.add("<path class=\"" + (power == 0 ? "diagonal" : "distance") + "\" d=\"M")
                    .at(across.at(low * factor))
                    .add(" ")
                    .at(up.at(low))
                    .add("L")
                    .at(across.at(up.high() * factor))
                    .add(" " + TOP + "\"/><text class=\"tick\" x=\"")
                    .at(across.at(up.high() * factor))
                    .add("\" y=\"" + (TOP - 8) + "\">")
                    .text(power == 0 ? "sharp" : Ruler.label(BigDecimal.ONE.scaleByPowerOfTen(power)))
                    .add("</text>");
        }
        out.add("</g>");
    }

    private static void marks(Svg out, int theorem, Group group, Ruler across, Ruler up) {
        String words = group.points.get(0).theorem() + " in: " + group.claim;
        out.add("<a href=\"#" + group.anchor + "\" aria-label=\"")
                .text(words)
                .add("\"><title>")
                .text(words)
                .add("</title>");
        for (SufficientSize point : group.points) {
            String x = Svg.number(across.at(point.sufficient()));
            out.add("<path class=\"bar m" + theorem % MARKS.size() + "\" d=\"M" + x + " ")
                    .at(up.at(point.measured().lower()))
                    .add("V")
                    .at(up.at(point.measured().upper()))
                    .add("\"/>");
            out.add(mark(
                    theorem,
                    " transform=\"translate(" + x + " "
                            + Svg.number(up.at(point.measured().value())) + ")\""));
        }
        out.add("</a>");
    }
}
