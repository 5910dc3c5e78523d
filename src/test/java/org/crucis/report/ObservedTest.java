package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.crucis.claim.Estimate;
import org.crucis.claim.Evidence;
import org.crucis.claim.Interval;
import org.junit.jupiter.api.Test;

class ObservedTest {

    private static List<Evidence.Entry> entries(String claim) {
        return SampleRun.evidence().stream()
                .filter(evidence -> evidence.claim().equals(claim))
                .flatMap(evidence -> evidence.predictions().stream())
                .toList();
    }

    @Test
    void aTableThatSeveralFindingsRestOnIsKeptOnce() {
        assertThat(Observed.of(SampleRun.SUPPORTED, entries(SampleRun.SUPPORTED))
                        .tables())
                .extracting(Observed.Table::findings)
                .containsExactly(
                        "driftShrinks, trueRate, constant",
                        "driftShrinks/MEAN_FIELD, driftShrinks/planted deviation, trueRate/POSITIVE_OUTPUT_WEIGHTS");
    }

    /** Oracle: the evidence, cell by cell; gzip and base 64 are the JDK's. */
    @Test
    void unpackedItIsTheEvidence() throws IOException {
        List<Evidence.Entry> entries = entries(SampleRun.SUPPORTED);
        Observed observed = Observed.of(SampleRun.SUPPORTED, entries);
        JsonNode all = unpacked(observed);

        JsonNode table = all.get("tables").get(0);
        Evidence.Data data = entries.get(0).data();
        assertThat(table.get("file").asText()).isEqualTo("lee2019-kernel-stays-near-initialization.driftShrinks");
        assertThat(table.get("columns")).hasSize(data.columns().size());
        for (int column = 0; column < data.columns().size(); column++) {
            JsonNode place = table.get("columns").get(column);
            assertThat(place.get(0).asText()).isEqualTo(data.columns().get(column));
            JsonNode values = all.get("columns").get(place.get(1).asInt());
            assertThat(values).hasSize(data.rows().size());
            for (int row = 0; row < data.rows().size(); row++) {
                Object cell = data.rows().get(row).get(column);
                if (cell == null) {
                    assertThat(values.get(row).isNull()).isTrue();
                } else if (cell instanceof Number number) {
                    assertThat(values.get(row).asDouble()).isEqualTo(number.doubleValue());
                } else {
                    assertThat(values.get(row).asText()).isEqualTo(cell);
                }
            }
        }
    }

    private static JsonNode unpacked(Observed observed) throws IOException {
        return new ObjectMapper()
                .readTree(new GZIPInputStream(
                        new ByteArrayInputStream(Base64.getDecoder().decode(observed.packed()))));
    }

    @Test
    void numbersHaveFiveDigitsAndCountsHaveAll() throws IOException {
        Evidence.Data data = new Evidence.Data(
                List.of("y"),
                List.of(-0.123456789, 1.23456789e-20, 12345678.5, 123456789L, 123456789.0, 0.5).stream()
                        .map(cell -> List.<Object>of(cell))
                        .toList());
        Observed observed = Observed.of(
                "p/c",
                List.of(Made.finding(
                        "it", "ONE", "", Estimate.exactly(1), Interval.atMost(2), "SUPPORTED", List.of(), data)));

        assertThat(unpacked(observed).get("columns"))
                .hasToString("[[-0.12346,1.2346E-20,12346000,123456789,123456789,0.5]]");
    }

    @Test
    void withoutObservationsThereIsNothingToSave() {
        Observed none = Observed.of(SampleRun.LOST, List.of());

        assertThat(none.tables()).isEmpty();
        assertThat(none.packed()).isEmpty();
    }
}
