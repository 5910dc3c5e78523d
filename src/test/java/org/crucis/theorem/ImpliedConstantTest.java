package org.crucis.theorem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crucis.claim.Basis;
import org.crucis.claim.Evidence;
import org.crucis.claim.Interval;
import org.crucis.claim.Tier;
import org.crucis.claim.Verdict;
import org.junit.jupiter.api.Test;

/** Which rows of evidence a constant is read from. Oracle: written by hand. */
class ImpliedConstantTest {

    private static final Measurement WIDTH =
            Measurement.of("paper/claim", "width").over("bound");

    private static Evidence.Entry entry(Evidence.Kind kind, Object[]... rows) {
        return new Evidence.Entry(
                "id",
                kind,
                "id",
                "SWEEP",
                Basis.TEXT,
                "sentence",
                "criterion",
                "found",
                "SUPPORTED",
                1,
                1,
                1,
                new Interval(0, 2),
                "exponent",
                null,
                null,
                12,
                List.of(),
                new Evidence.Data(
                        List.of("gates", "width", "bound"),
                        Arrays.stream(rows)
                                .map(row -> (List<Object>) new ArrayList<>(Arrays.asList(row)))
                                .toList()),
                List.of());
    }

    private static List<Evidence> run(Verdict verdict, Evidence.Entry... entries) {
        return List.of(new Evidence(
                1,
                "paper",
                "paper/claim",
                "title",
                "source",
                "statement",
                "",
                Tier.QUICK,
                List.of(),
                new Evidence.Plan(List.of(), List.of(), "", 1, ""),
                List.of(entries),
                verdict,
                "",
                "",
                Evidence.Cost.NONE,
                new Evidence.Provenance(Map.of())));
    }

    private static Object[] row(String gates, double width, double bound) {
        return new Object[] {gates, width, bound};
    }

    @Test
    void isTakenWhereTheBoundWasNearest() {
        List<Object[]> rows = new ArrayList<>();
        for (int block = 0; block < 12; block++) {
            rows.add(row("A", 8, 16));
            rows.add(row("A", 8, 1600));
        }
        rows.add(row("A", 0, 1600));
        ImpliedConstant found = WIDTH.in(
                        run(Verdict.SUPPORTED, entry(Evidence.Kind.PREDICTION, rows.toArray(Object[][]::new))), 1000)
                .orElseThrow();
        assertThat(found.nearest()).isEqualTo(0.005, within(1e-15));
        assertThat(found.smallest()).isEqualTo(0.005, within(1e-15));
        assertThat(found.largest()).isEqualTo(0.5, within(1e-15));
        assertThat(found.searches()).isEqualTo(24);
        assertThat(found.unfound()).isEqualTo(1);
        assertThat(found.isBeyond(1000)).isFalse();
        assertThat(found.isBeyond(1601)).isTrue();
    }

    @Test
    void readsPredictionsOnlyAndOnlyTheRowsAskedFor() {
        List<Evidence> run = run(
                Verdict.SUPPORTED,
                entry(Evidence.Kind.PREDICTION, row("A", 1, 2), row("B", 1, 4)),
                entry(Evidence.Kind.CONTROL, row("B", 1, 8)));
        assertThat(WIDTH.where("gates", "B").in(run, 4).orElseThrow().largest()).isEqualTo(0.25);
        assertThat(WIDTH.where("gates", "A", "B").in(run, 4).orElseThrow().searches())
                .isEqualTo(2);
        assertThat(WIDTH.where("gates", "C").in(run, 4)).isEmpty();
    }

    @Test
    void aQuotientIsTakenAsItIsOrDividedOnce() {
        List<Evidence> run = run(Verdict.SUPPORTED, entry(Evidence.Kind.PREDICTION, row("A", 6, 3)));
        ImpliedConstant quotient =
                Measurement.of("paper/claim", "width").in(run, 4).orElseThrow();
        assertThat(quotient.nearest()).isEqualTo(6, within(1e-14));
        assertThat(quotient.isBeyond(1e9)).as("bounds are not known").isFalse();
        assertThat(Measurement.of("paper/claim", "width")
                        .stillOver("bound")
                        .in(run, 4)
                        .orElseThrow()
                        .nearest())
                .isEqualTo(2, within(1e-14));
    }

    @Test
    void isEmptyWhereNothingWasMeasured() {
        Evidence.Entry entry = entry(Evidence.Kind.PREDICTION, row("A", 1, 2));
        assertThat(WIDTH.in(List.of(), 1)).isEmpty();
        assertThat(WIDTH.in(run(Verdict.VOID, entry), 1)).isEmpty();
        assertThat(Measurement.of("paper/other", "width").in(run(Verdict.SUPPORTED, entry), 1))
                .isEmpty();
        assertThat(WIDTH.over("other bound").in(run(Verdict.SUPPORTED, entry), 1))
                .isEmpty();
        Optional<ImpliedConstant> noneFound =
                WIDTH.in(run(Verdict.SUPPORTED, entry(Evidence.Kind.PREDICTION, row("A", 0, 2))), 1);
        assertThat(noneFound).isEmpty();
    }
}
