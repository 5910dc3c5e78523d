package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.minimalSize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.crucis.claim.Estimate;
import org.crucis.claim.Evidence;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;
import org.junit.jupiter.api.Test;

class OpenConstantTest {

    private static final String CRITERION =
            exponent("drift", "width").equalTo(-0.5).margin(0.1).sentence();

    private static Evidence.Entry with(Observations observations) {
        return Made.judged(exponent("drift", "width").equalTo(-0.5).margin(0.1), observations);
    }

    /**
     * Oracle: logarithms of the constants are log 3 +- 0.1, six of each, so their standard error is
     * 0.1 sqrt(12/11) / sqrt(12) = 0.0301511; R's qt(0.995, 11) = 3.1058065.
     */
    @Test
    void isTheGeometricMeanOverBlocksWithItsInterval() {
        Estimate constant = OpenConstant.of(with(
                        Made.drift((width, block) -> 3 * Math.exp(block % 2 == 0 ? 0.1 : -0.1) / Math.sqrt(width))))
                .get(0)
                .constant();

        double half = 0.0301511 * 3.1058065;
        assertThat(constant.value()).isCloseTo(3, within(1e-12));
        assertThat(constant.lower()).isCloseTo(3 * Math.exp(-half), within(1e-6));
        assertThat(constant.upper()).isCloseTo(3 * Math.exp(half), within(1e-6));
    }

    /** Oracle: the smallest sizes have a hundred times the constant, and do not count. */
    @Test
    void restsOnTheTopHalfOfTheSizes() {
        Evidence.Entry entry = with(Made.drift((width, block) -> (width < 32 ? 300 : 3) / Math.sqrt(width)));

        assertThat(OpenConstant.of(entry)).hasSize(1);
        assertThat(OpenConstant.of(entry).get(0).constant().value()).isCloseTo(3, within(1e-12));
        assertThat(Onset.line(entry))
                .endsWith("Implied constant: drift is C × width^(−1/2) on width 32 to 128 with C = 3.");
    }

    /** Oracle: on the sizes 32, 64 and 128 the ratio to width^(-1/2) is 3 sqrt(32 / width), largest at 32 and smallest at 128. */
    @Test
    void ofABoundItIsTheExtremeRatioAndItsSize() {
        ToDoubleBiFunction<Double, Integer> law = (width, block) -> 3 * Math.sqrt(32) / width;

        assertThat(OpenConstant.sentence(
                        Made.judged(exponent("drift", "width").atMost(-0.5).margin(0.1), Made.drift(law))))
                .contains("Implied constant: drift is at most C × width^(−1/2) on width 32 to 128 with C = 3, at 32.");
        assertThat(OpenConstant.sentence(
                        Made.judged(exponent("drift", "width").atLeast(-0.5).margin(0.1), Made.drift(law))))
                .contains(
                        "Implied constant: drift is at least C × width^(−1/2) on width 32 to 128 with C = 1.5, at 128.");
    }

    @Test
    void everyMemberOfAFamilyHasItsOwn() {
        List<List<Object>> rows = new ArrayList<>();
        for (double block = 0; block < 2; block++) {
            for (double width : new double[] {4, 16, 64, 256}) {
                rows.add(List.of(block, width, "TANH", 1.0, 2 / Math.sqrt(width)));
                rows.add(List.of(block, width, "ERF", 1.0, 5 / Math.sqrt(width)));
            }
        }
        Evidence.Data data = new Evidence.Data(List.of("block", "width", "activation", "depth", "drift"), rows);

        List<OpenConstant> constants = OpenConstant.of(Made.finding(
                "it", "E", CRITERION, null, with(Made.drift((w, b) -> 1)).bound(), "VOID", List.of(), data));

        // Two blocks are too few for an interval; an axis of one value tells nothing apart.
        assertThat(constants).extracting(OpenConstant::member).containsExactly("TANH", "ERF");
        assertThat(constants.get(1).constant().lower())
                .isEqualTo(constants.get(1).constant().upper())
                .isCloseTo(5, within(1e-12));
    }

    @Test
    void isNoneWhereAValueIsMissingOrNotPositive() {
        for (double value : new double[] {0, -1}) {
            Evidence.Data data = new Evidence.Data(
                    List.of("block", "width", "drift"), List.of(List.of(0.0, 4.0, 1.0), List.of(0.0, 8.0, value)));
            assertThat(OpenConstant.of(Made.finding(
                            "it",
                            "E",
                            CRITERION,
                            null,
                            with(Made.drift((w, b) -> 1)).bound(),
                            "VOID",
                            List.of(),
                            data)))
                    .isEmpty();
        }
    }

    /** Minimal widths 4 n, known to a bracket of a factor 2 about it, beside a theorem's n^2. */
    static Observations minimalWidths() {
        List<Observation> rows = new ArrayList<>();
        for (int block = 0; block < 12; block++) {
            for (double inputs : new double[] {4, 8, 16, 32}) {
                rows.add(new Observation(
                        Point.ORIGIN.with("inputs", inputs),
                        block,
                        Map.of(
                                "minimal width above", 4 * inputs / Math.sqrt(2),
                                "minimal width at most", 4 * inputs * Math.sqrt(2),
                                "n^2 (A & B)", inputs * inputs,
                                "n (sharp)", 4 * inputs)));
            }
        }
        return new Observations(rows);
    }

    static Evidence.Entry minimal() {
        return Made.judged(
                minimalSize("minimal width")
                        .exponentIn("inputs")
                        .atMost(2)
                        .margin(0.2)
                        .beside("n^2 (A & B)", "n (sharp)"),
                minimalWidths());
    }

    /** Oracle: 4 n over n^2 at n = 32 is 1/8. */
    @Test
    void ofAMinimalSizeIsWhatTheTheoremsBoundWouldNeed() {
        assertThat(OpenConstant.sentence(minimal()).orElseThrow())
                .matches("Implied constant at inputs 32: minimal width over n\\^2 \\(A & B\\) 0\\.125( \\[.*])?; "
                        + "n \\(sharp\\) 1( \\[.*])?\\.");
    }
}
