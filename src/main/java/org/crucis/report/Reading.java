package org.crucis.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.crucis.claim.Evidence;
import org.crucis.claim.Figure;
import org.crucis.claim.Figure.Band;
import org.crucis.claim.Figure.Points;
import org.crucis.claim.Figure.Role;
import org.crucis.claim.Figure.Scale;
import org.crucis.claim.Interval;
import org.crucis.claim.Numbers;

/** How the figures of one prediction are read, in two sentences: what their marks are, and what would speak against it. */
final class Reading {

    /** Units of criteria that look at every trial: one violation is enough. */
    private static final Set<String> POINTWISE = Set.of("largest value", "smallest value", "digits");

    private Reading() {}

    /** @param plates of one prediction; empty for nothing that is drawn */
    static String of(List<Plate> plates) {
        List<Plate> drawn = plates.stream()
                .filter(plate -> !(plate.figure() instanceof Figure.Table))
                .toList();
        return drawn.isEmpty() ? "" : marks(drawn) + " " + refutation(drawn);
    }

    private static String marks(List<Plate> plates) {
        List<Figure.Chart> charts = plates.stream()
                .flatMap(plate -> plate.members().stream())
                .map(Plate.Member::chart)
                .toList();
        List<String> items = new ArrayList<>();
        if (charts.stream()
                .anyMatch(chart -> chart.x().scale() == Scale.LOG && chart.y().scale() == Scale.LOG)) {
            items.add("on two logarithmic axes a straight line is a power law");
        }
        List<String> roles = items(charts.stream()
                .flatMap(chart -> Styled.of(chart.layers()).stream())
                .toList());
        if (!roles.isEmpty()) {
            items.addAll(roles);
        }
        if (has(plates, Figure.Heat.class)) {
            items.add("each square is one entry of a matrix, and the key beside it says which number its colour is");
        }
        if (has(plates, Figure.Tiles.class)) {
            items.add("each small image shows numbers as colours: grey is 0, lighter and golden is positive, darker and"
                    + " blue negative");
        }
        if (has(plates, Figure.Clouds.class)) {
            items.add("each mark of a cloud is one point, darker where several lie, on the same axes in all panels");
        }
        String sentence = items.isEmpty() ? "nothing is drawn" : String.join("; ", items);
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + ".";
    }

    private static boolean has(List<Plate> plates, Class<? extends Figure> kind) {
        return plates.stream().map(Plate::figure).anyMatch(kind::isInstance);
    }

    /** What the marks and lines of each role are. */
    private static List<String> items(List<Styled> layers) {
        Map<Role, List<Styled>> roles = layers.stream()
                .collect(Collectors.groupingBy(s -> s.layer().role(), LinkedHashMap::new, Collectors.toList()));
        List<String> items = new ArrayList<>();
        for (Role role : List.of(Role.MEASURED, Role.START, Role.CONTROL, Role.FITTED, Role.CLAIMED, Role.REGION)) {
            List<Styled> drawn = roles.getOrDefault(role, List.of());
            if (!drawn.isEmpty()) {
                items.add(subject(drawn) + " " + meaning(role));
            }
        }
        if (layers.stream().anyMatch(Reading::hasIntervals)) {
            items.add("bars: intervals");
        }
        return items;
    }

    private static boolean hasIntervals(Styled styled) {
        if (!(styled.layer() instanceof Points points)) {
            return false;
        }
        double[] lowers = Drawing.numbers(points.lower());
        double[] uppers = Drawing.numbers(points.upper());
        return IntStream.range(0, Math.min(lowers.length, uppers.length)).anyMatch(i -> lowers[i] < uppers[i]);
    }

    private static String subject(List<Styled> drawn) {
        String marks = drawn.stream()
                .filter(Styled::isPoints)
                .map(styled -> styled.mark().plural())
                .distinct()
                .collect(Collectors.joining(" and "));
        if (!marks.isEmpty()) {
            return marks + ":";
        }
        boolean area = drawn.stream().anyMatch(styled -> styled.layer() instanceof Band);
        String line = switch (drawn.get(0).layer().role()) {
            case CLAIMED -> "dashed line:";
            case FITTED, MEASURED -> "full line:";
            case START, REGION -> "dotted line:";
            case CONTROL -> "dash-dotted line:";
        };
        return area ? "shaded:" : line;
    }

    private static String meaning(Role role) {
        return switch (role) {
            case MEASURED -> "measured";
            case START -> "before training";
            case CONTROL -> "the control, which must lie elsewhere";
            case FITTED -> "fitted to the measurements";
            case CLAIMED -> "theory";
            case REGION -> "where the prediction holds";
        };
    }

    /** A control's figure shows what must lie elsewhere: the prediction's own says what is judged. */
    private static String refutation(List<Plate> plates) {
        return plates.stream()
                .filter(plate -> plate.entry() != null && plate.entry().unit() != null)
                .filter(plate -> plate.members().stream().anyMatch(member -> Plate.judged(member.chart())))
                .findFirst()
                .map(plate -> refutation(plate.entry()))
                .orElse(
                        plates.size() == 1
                                ? "No verdict rests on this picture alone."
                                : "No verdict rests on these pictures alone.");
    }

    private static String refutation(Evidence.Entry entry) {
        Interval bound = entry.bound();
        List<String> ends = new ArrayList<>();
        boolean rate = "rate".equals(entry.unit()); // none lies below 0 or above 1
        if (Double.isFinite(bound.lower()) && !(rate && bound.lower() <= 0)) {
            ends.add("below " + Numbers.show(bound.lower()));
        }
        if (Double.isFinite(bound.upper()) && !(rate && bound.upper() >= 1)) {
            ends.add("above " + Numbers.show(bound.upper()));
        }
        return ends.isEmpty()
                ? "Nothing could refute it: its region holds every value."
                : "Refuted by " + article(entry.unit())
                        + (POINTWISE.contains(entry.unit())
                                ? " " + String.join(" or ", ends) + " in one trial, twice on independent blocks."
                                : " wholly " + String.join(" or ", ends) + ", twice on independent blocks.");
    }

    private static String article(String unit) {
        return unit.isEmpty()
                ? "a value"
                : unit.equals("digits") ? "digits" : ("aeiou".indexOf(unit.charAt(0)) >= 0 ? "an " : "a ") + unit;
    }
}
