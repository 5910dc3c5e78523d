package org.crucis.claim;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Evidence as canonical JSON: the fields in the order of the records, every double with all its digits, numbers that are
 * not finite as null.
 */
final class EvidenceJson {

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Double.class, new FiniteOrNull())
                    .addSerializer(double.class, new FiniteOrNull())
                    .addDeserializer(double.class, new NullIsNaN())
                    .addSerializer(Interval.class, new IntervalWriter())
                    .addDeserializer(Interval.class, new IntervalReader()))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private EvidenceJson() {}

    /** SHA-256, in hexadecimal, of everything but the volatile parts. */
    static String digest(Evidence evidence) {
        ObjectNode tree = MAPPER.valueToTree(evidence);
        tree.remove("evidenceDigest");
        tree.remove("cost");
        tree.remove("provenance");
        try {
            return Sha256.hex(MAPPER.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("evidence of " + evidence.claim() + " cannot be digested", e);
        }
    }

    private static final class FiniteOrNull extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                out.writeNumber(value);
            } else {
                out.writeNull();
            }
        }
    }

    private static final class NullIsNaN extends JsonDeserializer<Double> {
        @Override
        public Double deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return in.getDoubleValue();
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
            return Double.NaN;
        }
    }

    private static final class IntervalWriter extends JsonSerializer<Interval> {
        @Override
        public void serialize(Interval interval, JsonGenerator out, SerializerProvider provider) throws IOException {
            FiniteOrNull side = new FiniteOrNull();
            out.writeStartObject();
            out.writeFieldName("lower");
            side.serialize(interval.lower(), out, provider);
            out.writeFieldName("upper");
            side.serialize(interval.upper(), out, provider);
            out.writeEndObject();
        }
    }

    private static final class IntervalReader extends JsonDeserializer<Interval> {
        @Override
        public Interval deserialize(JsonParser in, DeserializationContext context) throws IOException {
            // Not in.readValueAsTree(): that one would take what follows the interval for trailing tokens.
            JsonNode node = context.readTree(in);
            return new Interval(
                    side(node.get("lower"), Double.NEGATIVE_INFINITY),
                    side(node.get("upper"), Double.POSITIVE_INFINITY));
        }

        private static double side(JsonNode node, double open) {
            return node == null || node.isNull() ? open : node.doubleValue();
        }
    }
}
