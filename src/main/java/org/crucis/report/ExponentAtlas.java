package org.crucis.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure.Scale;
import org.crucis.claim.Interval;
import org.crucis.claim.Numbers;

/**
 * Every exponent of a run at a glance: a panel for each number that theory gives, a row for each finding, with what is
 * accepted as a band, theory's number as a line and the measured interval on it. All panels for equalities have one scale;
 * bounds from one side have their own, since what is measured may lie far on the allowed side.
 *
 * <p>The panels stand side by side where there is room, one under the other on a telephone. Each row is a link whose name
 * says in words what is drawn.
 */
final class ExponentAtlas {

    private static final int WIDTH = 480;
    private static final int ROW = 16;
    private static final int HEAD = 40;
    private static final int PAPER = 76;
    private static final int FROM = 274;
    private static final int TO = 452;
    private static final int SIGN = 468;

    /** Room for a row's name, in letters of its size. */
    private static final int LETTERS = 31;

    /** Of the largest margin: an estimate farther off stands at the edge, so that it squashes nothing. */
    private static final double FARTHEST = 2;

    private record Row(String anchor, String paper, ScalingLaw law, Evidence.Entry entry, Words verdict, String basis) {

        /** What is measured, in what, and in which setting; the width is what most of them are in. */
        String name() {
            String setting = entry.experiment().toLowerCase(Locale.ROOT).replace('_', ' ');
            // An experiment may be named after what it measures.
            boolean tells = !setting.replaceFirst("s$", "").equals(law.measure().replaceFirst("s$", ""));
            return law.measure()
                    + (law.size().equals("width") ? "" : " in " + law.size())
                    + (tells ? ", " + setting : "");
        }

        boolean isMeasured() {
            return Double.isFinite(entry.estimate());
        }

        String words() {
            String measured = isMeasured()
                    ? "measured " + Numbers.show(entry.estimate()) + " [" + open(entry.lower()) + ", "
                            + open(entry.upper()) + "]"
                    : "not measured";
            return law.measure() + " in " + law.size() + ", " + entry.experiment() + " (" + paper + "): theory "
                    + law.claimed() + ", " + Fractions.signed(measured) + ", " + verdict.word() + basis;
        }

        private static String open(double end) {
            return Double.isFinite(end) ? Numbers.show(end) : "open";
        }
    }

    private final List<Row> rows;

    private ExponentAtlas(List<Row> rows) {
        this.rows = rows;
    }

    static ExponentAtlas of(Joined run) {
        List<Row> rows = new ArrayList<>();
        for (Joined.Paper paper : run.papers()) {
            for (Joined.Claim claim : paper.claims()) {
                for (Joined.Prediction prediction : claim.predictions()) {
                    prediction
                            .entry()
                            .ifPresent(entry -> ScalingLaw.of(entry)
                                    .ifPresent(law -> rows.add(new Row(
                                            Page.anchor(claim.id()),
                                            paper.entry().id(),
                                            law,
                                            entry,
                                            Words.of(prediction.verdict()),
                                            prediction.basis().carriesVerdict() ? "" : ", pilot, not counted"))));
                }
            }
        }
        return new ExponentAtlas(List.copyOf(rows));
    }

    /** How many exponents there are. */
    int count() {
        return rows.size();
    }

    /** How many of them were measured. */
    int measured() {
        return (int) rows.stream().filter(Row::isMeasured).count();
    }

    /** How many measured intervals lie in what was accepted in advance. */
    int inside() {
        return (int) rows.stream()
                .filter(Row::isMeasured)
                .filter(row -> row.entry.lower() >= row.entry.bound().lower()
                        && row.entry.upper() <= row.entry.bound().upper())
                .count();
    }

    /** Markup, a panel each; none where no exponent was judged. */
    List<String> panels() {
        // From slow to fast; the short panels of growth come first.
        Map<Double, List<Row>> equalities = new TreeMap<>(Comparator.reverseOrder());
        of(ScalingLaw.Side.BOTH)
                .forEach(row -> equalities
                        .computeIfAbsent(row.law.number(), number -> new ArrayList<>())
                        .add(row));
        double half = halfWidth();
        List<String> panels = new ArrayList<>();
        equalities.forEach((number, equal) -> panels.add(panel(
                panels.size(),
                Fractions.show(number),
                "Theory’s exponent is " + Fractions.show(number),
                equal,
                new Ruler(Scale.LINEAR, number - half, number + half, FROM, TO))));
        for (ScalingLaw.Side side : List.of(ScalingLaw.Side.AT_MOST, ScalingLaw.Side.AT_LEAST)) {
            List<Row> bounded = of(side).sorted(Comparator.comparingDouble(row -> row.law.number()))
                    .toList();
            if (!bounded.isEmpty()) {
                panels.add(panel(
                        panels.size(),
                        side == ScalingLaw.Side.AT_MOST ? "at most" : "at least",
                        "Theory bounds the exponent from " + (side == ScalingLaw.Side.AT_MOST ? "above" : "below"),
                        bounded,
                        Ruler.covering(
                                Scale.LINEAR, bounded.stream().flatMapToDouble(ExponentAtlas::values), FROM, TO)));
            }
        }
        return panels;
    }

    private Stream<Row> of(ScalingLaw.Side side) {
        return rows.stream().filter(row -> row.law.side() == side);
    }

    /** One for all equalities, so that equal lengths are equal differences. */
    private double halfWidth() {
        double widest = of(ScalingLaw.Side.BOTH)
                .mapToDouble(row -> row.entry.bound().upper() - row.law.number())
                .max()
                .orElse(1);
        double needed = of(ScalingLaw.Side.BOTH)
                .filter(Row::isMeasured)
                .flatMapToDouble(row -> values(row).map(value -> Math.abs(value - row.law.number())))
                .max()
                .orElse(0);
        return 1.05 * Math.max(widest, Math.min(FARTHEST * widest, needed));
    }

    private static DoubleStream values(Row row) {
        Interval bound = row.entry.bound();
        return DoubleStream.of(
                        row.law.number(),
                        bound.lower(),
                        bound.upper(),
                        row.entry.lower(),
                        row.entry.estimate(),
                        row.entry.upper())
                .filter(Double::isFinite);
    }

    private static String panel(int index, String head, String title, List<Row> rows, Ruler ruler) {
        String id = "atlas" + index;
        int bottom = HEAD + rows.size() * ROW;
        Svg out = new Svg();
        out.add("<svg class=\"atlas\" viewBox=\"0 0 " + WIDTH + " " + (bottom + 6)
                        + "\" role=\"group\" aria-labelledby=\"" + id + "-t " + id
                        + "-d\" xmlns=\"http://www.w3.org/2000/svg\"><title id=\"" + id + "-t\">")
                .text(title)
                .add("</title><desc id=\"" + id + "-d\">")
                .text(
                        rows.size() + (rows.size() == 1 ? " exponent" : " exponents")
                                + ". Band: what is accepted. Line: theory’s number. Bar and dot: measured interval and estimate.")
                .add("</desc><text class=\"head\" x=\"0\" y=\"22\" aria-hidden=\"true\">")
                .text(head)
                .add("<tspan dx=\"8\">")
                .text("by theory, " + rows.size() + (rows.size() == 1 ? " finding" : " findings"))
                .add("</tspan></text>");
        axis(out, ruler, bottom);
        String paper = "";
        for (int k = 0; k < rows.size(); k++) {
            Row row = rows.get(k);
            row(out, row, ruler, HEAD + k * ROW, row.paper.equals(paper) ? "" : row.paper);
            paper = row.paper;
        }
        return out.add("</svg>").toString();
    }

    private static void axis(Svg out, Ruler ruler, int bottom) {
        out.add("<g aria-hidden=\"true\">");
        for (Ruler.Tick tick : ruler.ticks()) {
            out.add("<path class=\"grid\" d=\"M")
                    .at(ruler.at(tick.value()))
                    .add(" " + (HEAD - 5) + "V" + bottom + "\"/><text class=\"tick\" x=\"")
                    .at(ruler.at(tick.value()))
                    .add("\" y=\"" + (HEAD - 10) + "\">")
                    .text(tick.label())
                    .add("</text>");
        }
        out.add("</g>");
    }

    private static void row(Svg out, Row row, Ruler ruler, int top, String paper) {
        double middle = top + ROW / 2.0;
        double baseline = top + 12;
        out.add("<a href=\"#" + row.anchor + "\" aria-label=\"")
                .text(row.words())
                .add("\"><title>")
                .text(row.words())
                .add("</title><path class=\"hit\" d=\"M0 " + top + "H" + WIDTH + "V" + (top + ROW) + "H0z\"/>");
        if (!paper.isEmpty()) {
            out.add("<text class=\"paper\" x=\"0\" y=\"")
                    .at(baseline)
                    .add("\">")
                    .text(shortened(paper, 12));
            out.add("</text>");
        }
        out.add("<text class=\"label\" x=\"" + PAPER + "\" y=\"")
                .at(baseline)
                .add("\">")
                .text(shortened(row.name(), LETTERS))
                .add("</text><path class=\"region\" d=\"M")
                .at(place(ruler, row.entry.bound().lower()))
                .add(" " + (top + 1) + "H")
                .at(place(ruler, row.entry.bound().upper()))
                .add("v" + (ROW - 2) + "H")
                .at(place(ruler, row.entry.bound().lower()))
                .add("z\"/><path class=\"theory\" d=\"M")
                .at(place(ruler, row.law.number()))
                .add(" " + top + "v" + ROW + "\"/>");
        if (row.isMeasured()) {
            out.add("<g class=\"" + row.verdict.style() + "\"><path class=\"bar\" d=\"M")
                    .at(place(ruler, Double.isFinite(row.entry.lower()) ? row.entry.lower() : ruler.low()))
                    .add(" ")
                    .at(middle)
                    .add("H")
                    .at(place(ruler, Double.isFinite(row.entry.upper()) ? row.entry.upper() : ruler.high()))
                    .add("\"/><circle r=\"2.8\" cx=\"")
                    .at(place(ruler, row.entry.estimate()))
                    .add("\" cy=\"")
                    .at(middle)
                    .add("\"/></g>");
        }
        out.add("<text class=\"v " + row.verdict.style() + "\" x=\"" + SIGN + "\" y=\"")
                .at(baseline)
                .add("\">")
                .text(row.basis.isEmpty() ? row.verdict.sign() : "(" + row.verdict.sign() + ")")
                .add("</text></a>");
    }

    private static double place(Ruler ruler, double value) {
        return ruler.at(Math.max(ruler.low(), Math.min(ruler.high(), value)));
    }

    private static String shortened(String text, int letters) {
        return text.length() <= letters ? text : text.substring(0, letters - 1).strip() + "…";
    }
}
