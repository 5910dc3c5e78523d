package org.crucis.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import org.crucis.claim.Basis;
import org.crucis.claim.Criterion;
import org.crucis.claim.Criterion.Arm;
import org.crucis.claim.Criterion.Role;
import org.crucis.claim.Estimate;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Figure;
import org.crucis.claim.Interval;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;
import org.crucis.claim.Point;
import org.crucis.claim.Verdict;

/** Made-up findings and runs. */
final class Made {

    static final Evidence.Data NOTHING = new Evidence.Data(List.of("block"), List.of());

    private Made() {}

    static Evidence.Entry finding(
            String id,
            String experiment,
            String criterion,
            Estimate estimate,
            Interval bound,
            String verdict,
            List<Figure> figures,
            Evidence.Data data) {
        return new Evidence.Entry(
                id,
                Evidence.Kind.PREDICTION,
                id,
                experiment,
                Basis.DERIVED,
                "It holds",
                criterion,
                "found",
                verdict,
                estimate == null ? Double.NaN : estimate.value(),
                estimate == null ? Double.NaN : estimate.lower(),
                estimate == null ? Double.NaN : estimate.upper(),
                bound,
                "exponent",
                null,
                null,
                12,
                figures,
                data,
                List.of());
    }

    /** An exponent of drift in the width, equal to a number. */
    static Evidence.Entry exponent(String id, String experiment, double theory, double margin, Estimate estimate) {
        return finding(
                id,
                experiment,
                "exponent of drift in width equal to " + theory + " (margin " + margin + ", next order width^-0.5)",
                estimate,
                Interval.around(theory, margin),
                "SUPPORTED",
                List.of(),
                NOTHING);
    }

    /** What a criterion says of its own observations. */
    static Evidence.Entry judged(Criterion criterion, Observations observations) {
        return finding(
                "it",
                "SWEEP",
                criterion.sentence(),
                criterion.estimate(observations, 0.99),
                criterion.region(),
                "SUPPORTED",
                criterion.figures(List.of(new Arm("SWEEP", Role.PREDICTION, observations))),
                data(observations));
    }

    private static Evidence.Data data(Observations observations) {
        Observation first = observations.rows().get(0);
        List<String> columns = new ArrayList<>(List.of("block"));
        columns.addAll(first.point().coordinates().keySet());
        columns.addAll(first.values().keySet());
        List<List<Object>> rows = new ArrayList<>();
        for (Observation row : observations.rows()) {
            List<Object> cells = new ArrayList<>(List.of((double) row.block()));
            cells.addAll(row.point().coordinates().values());
            cells.addAll(row.values().values());
            rows.add(cells);
        }
        return new Evidence.Data(columns, rows);
    }

    /** One measure in twelve blocks on widths 4 to 128. */
    static Observations drift(ToDoubleBiFunction<Double, Integer> law) {
        List<Observation> rows = new ArrayList<>();
        for (int block = 0; block < 12; block++) {
            for (double width = 4; width <= 128; width *= 2) {
                rows.add(new Observation(
                        Point.ORIGIN.with("width", width), block, Map.of("drift", law.applyAsDouble(width, block))));
            }
        }
        return new Observations(rows);
    }

    /** A run of one claim, without a roster. */
    static Joined run(List<Evidence.Entry> entries) {
        Evidence evidence = SampleRun.claim(
                "du2018/a-claim", "A claim", "Theorem 1", "", List.of(), entries, Verdict.SUPPORTED, "");
        return Joined.of(new EvidenceFolder.Contents(Optional.empty(), List.of(evidence), List.of()));
    }
}
