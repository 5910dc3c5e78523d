package org.crucis.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.crucis.claim.Numbers;
import org.crucis.severity.Routes;

/** Pairs of independent routes to the same numbers. */
record RoutesView(int comparisons, int agree, String fewest, List<RouteView> rows) {

    static RoutesView of(Routes routes) {
        return new RoutesView(
                routes.rows().size(),
                routes.rows().size() - routes.disagreeing().size(),
                routes.rows().stream()
                        .min(Comparator.comparingDouble(Routes.Row::digits))
                        .map(row -> Numbers.show(row.digits()))
                        .orElse("none"),
                routes.rows().stream()
                        .map(row -> new RouteView(
                                row.instrument(),
                                row.first(),
                                row.second(),
                                row.setting(),
                                row.problem().isEmpty() ? String.format(Locale.ROOT, "%.1f", row.digits()) : "–",
                                Numbers.show(row.required()),
                                row.problem().isEmpty() ? row.reason() : row.problem(),
                                row.verdict() == Routes.Verdict.AGREE
                                        ? new Words("✓", "agree", "supported")
                                        : new Words("✗", "disagree", "refuted")))
                        .toList());
    }

    record RouteView(
            String instrument,
            String first,
            String second,
            String setting,
            String digits,
            String required,
            String remark,
            Words verdict) {}
}
