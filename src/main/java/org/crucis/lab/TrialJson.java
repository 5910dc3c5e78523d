package org.crucis.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Interval;
import org.crucis.claim.Observation;
import org.crucis.claim.Point;

/**
 * Trials and their results as JSON, for other processes and for the ledger. What is read back is what was written, to the
 * last bit: doubles with all their digits, those that are not finite as texts.
 *
 * <p>Observations are tables, one for each set of columns: {@code {"axes":["step"],"measures":["loss"],"rows":[[0.0,1.5]]}}.
 */
public final class TrialJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TrialJson() {}

    // ---- specifications ------------------------------------------------------------------------------------------

    public static String write(TrialSpec spec) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("class", spec.claimClass());
        node.put("experiment", spec.experiment());
        node.set("point", MAPPER.valueToTree(pointAsTree(spec.point())));
        node.put("block", spec.block());
        node.put("claim", spec.seeds().claim());
        node.put("plan", spec.seeds().planDigest());
        node.put("edition", spec.seeds().edition());
        return text(node);
    }

    /** @throws IllegalArgumentException when the text is no specification */
    public static TrialSpec readSpec(String text) {
        JsonNode node = tree(text);
        return new TrialSpec(
                node.required("class").textValue(),
                node.required("experiment").textValue(),
                point(node.required("point")),
                node.required("block").intValue(),
                new Seeds(
                        node.required("claim").textValue(),
                        node.required("plan").textValue(),
                        node.required("edition").intValue()));
    }

    /** The coordinates of a point as a JSON object. */
    public static String write(Point point) {
        return text(pointAsTree(point));
    }

    /** @throws IllegalArgumentException when the text is no JSON object */
    public static Point readPoint(String text) {
        return point(tree(text));
    }

    private static ObjectNode pointAsTree(Point point) {
        ObjectNode node = MAPPER.createObjectNode();
        point.coordinates().forEach((axis, value) -> node.set(axis, coordinate(value)));
        return node;
    }

    private static Point point(JsonNode node) {
        Map<String, Object> coordinates = new LinkedHashMap<>();
        node.properties().forEach(field -> coordinates.put(field.getKey(), coordinate(field.getValue())));
        return new Point(coordinates);
    }

    /** A label is a text; a number that is not finite stands in brackets, to be told from a label. */
    private static JsonNode coordinate(Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number)
                    ? MAPPER.getNodeFactory().numberNode(number)
                    : MAPPER.createArrayNode().add(String.valueOf(number));
        }
        return MAPPER.getNodeFactory().textNode((String) value);
    }

    private static Object coordinate(JsonNode node) {
        if (node.isArray()) {
            return Double.valueOf(node.required(0).textValue());
        }
        return node.isNumber() ? (Object) node.doubleValue() : node.textValue();
    }

    // ---- results -------------------------------------------------------------------------------------------------

    public static String write(TrialResult result, Point point) {
        ObjectNode node = MAPPER.createObjectNode();
        if (result.outcome() instanceof TrialResult.Measured measured) {
            node.set("tables", tables(measured.observations(), point));
        } else if (result.outcome() instanceof TrialResult.NotApplicable notApplicable) {
            node.put("notApplicable", notApplicable.reason());
        } else if (result.outcome() instanceof TrialResult.Failed failed) {
            node.put("failed", failed.cause().name());
            node.put("reason", failed.reason());
        }
        ArrayNode hypotheses = node.putArray("hypotheses");
        for (Hypothesis each : result.hypotheses()) {
            ObjectNode one = hypotheses.addObject();
            one.put("name", each.name());
            one.set("measured", number(each.measured()));
            one.set("atLeast", number(each.required().lower()));
            one.set("atMost", number(each.required().upper()));
            one.put("holds", each.holds());
        }
        node.put("nanoseconds", result.cost().nanoseconds());
        node.put("peakBytes", result.cost().peakBytes());
        return text(node);
    }

    /**
     * The result of a trial, read back.
     *
     * @throws IllegalArgumentException when the text is no result
     */
    public static TrialResult readResult(String text, TrialSpec spec) {
        JsonNode node = tree(text);
        List<Hypothesis> hypotheses = new ArrayList<>();
        for (JsonNode each : node.required("hypotheses")) {
            hypotheses.add(new Hypothesis(
                    spec.experiment(),
                    each.required("name").textValue(),
                    number(each.required("measured")),
                    new Interval(number(each.required("atLeast")), number(each.required("atMost"))),
                    each.required("holds").booleanValue()));
        }
        return new TrialResult(
                outcome(node, spec),
                hypotheses,
                new TrialResult.Cost(
                        node.required("nanoseconds").longValue(),
                        node.required("peakBytes").longValue()));
    }

    private static TrialResult.Outcome outcome(JsonNode node, TrialSpec spec) {
        if (node.has("notApplicable")) {
            return new TrialResult.NotApplicable(node.get("notApplicable").textValue());
        }
        if (node.has("failed")) {
            return new TrialResult.Failed(
                    TrialResult.Cause.valueOf(node.get("failed").textValue()),
                    node.required("reason").textValue());
        }
        return new TrialResult.Measured(observations(node.required("tables"), spec));
    }

    /** The columns of one observation: axes beyond the point of the sweep, then measures. */
    private record Columns(List<String> axes, List<String> measures) {}

    private static ArrayNode tables(List<Observation> observations, Point point) {
        ArrayNode tables = MAPPER.createArrayNode();
        Columns before = null;
        ArrayNode rows = null;
        for (Observation each : observations) {
            List<String> axes = each.point().coordinates().keySet().stream()
                    .filter(axis -> !point.has(axis))
                    .toList();
            Columns columns = new Columns(axes, List.copyOf(each.values().keySet()));
            if (!columns.equals(before)) {
                ObjectNode table = tables.addObject();
                table.set("axes", MAPPER.valueToTree(columns.axes()));
                table.set("measures", MAPPER.valueToTree(columns.measures()));
                rows = table.putArray("rows");
                before = columns;
            }
            ArrayNode row = rows.addArray();
            axes.forEach(axis -> row.add(coordinate(each.point().coordinates().get(axis))));
            each.values().values().forEach(value -> row.add(number(value)));
        }
        return tables;
    }

    private static List<Observation> observations(JsonNode tables, TrialSpec spec) {
        List<Observation> observations = new ArrayList<>();
        for (JsonNode table : tables) {
            JsonNode axes = table.required("axes");
            JsonNode measures = table.required("measures");
            for (JsonNode row : table.required("rows")) {
                Point place = spec.point();
                for (int axis = 0; axis < axes.size(); axis++) {
                    place = place.with(axes.get(axis).textValue(), coordinate(row.required(axis)));
                }
                Map<String, Double> values = new LinkedHashMap<>();
                for (int measure = 0; measure < measures.size(); measure++) {
                    values.put(measures.get(measure).textValue(), number(row.required(axes.size() + measure)));
                }
                observations.add(new Observation(place, spec.block(), values));
            }
        }
        return observations;
    }

    private static JsonNode number(double value) {
        return Double.isFinite(value)
                ? MAPPER.getNodeFactory().numberNode(value)
                : MAPPER.getNodeFactory().textNode(String.valueOf(value));
    }

    private static double number(JsonNode node) {
        return node.isTextual() ? Double.parseDouble(node.textValue()) : node.doubleValue();
    }

    // ---- text ----------------------------------------------------------------------------------------------------

    private static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers cannot be written as JSON", e);
        }
    }

    private static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not the JSON of a trial: " + e.getOriginalMessage(), e);
        }
    }
}
