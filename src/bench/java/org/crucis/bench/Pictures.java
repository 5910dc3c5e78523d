package org.crucis.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.crucis.bench.Times.Spread;
import org.crucis.claim.Figure.Axis;
import org.crucis.claim.Figure.Chart;
import org.crucis.claim.Figure.Layer;
import org.crucis.claim.Figure.Line;
import org.crucis.claim.Figure.Points;
import org.crucis.claim.Figure.Role;
import org.crucis.claim.Figure.Scale;

/** Time against width for each side, and the ratios with what is promised. */
final class Pictures {

    private static final int INPUTS = 100;

    /** A chart and the file it goes into. */
    record Named(String file, Chart chart) {}

    private record Course(List<Double> x, List<Double> lower, List<Double> y, List<Double> upper) {

        Course() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void add(double at, Spread spread, double scale) {
            x.add(at);
            lower.add(scale * spread.least());
            y.add(scale * spread.median());
            upper.add(scale * spread.most());
        }

        void drawInto(List<Layer> layers, String name, Role role) {
            if (!x.isEmpty()) {
                layers.add(new Line(name, role, x, y));
                layers.add(new Points(name, role, x, lower, y, upper));
            }
        }
    }

    private final Ledger ledger;

    Pictures(Ledger ledger) {
        this.ledger = ledger;
    }

    List<Named> drawn() {
        List<Named> drawn = new ArrayList<>();
        ledger.entry(Group.FIRST).ifPresent(entry -> {
            drawn.add(new Named("time.svg", time(entry)));
            ratio(entry).ifPresent(chart -> drawn.add(new Named("ratio.svg", chart)));
        });
        return drawn;
    }

    private static Chart time(Ledger.Entry entry) {
        Times times = new Times(entry.samples());
        List<Layer> layers = new ArrayList<>();
        for (String row : times.rows()) {
            Course course = new Course();
            for (Case each : entry.cases()) {
                if (each.n() == INPUTS) {
                    times.spread(each.id(), row).ifPresent(spread -> course.add(each.width(), spread, 1e3));
                }
            }
            course.drawInto(layers, row, row.startsWith(Group.OURS) ? Role.MEASURED : Role.CONTROL);
        }
        return new Chart(
                "Time of one step, two-layer ReLU network, " + INPUTS + " inputs",
                "Medians over pairs of processes, with the smallest and the largest.",
                new Axis("width", Scale.LOG),
                new Axis("milliseconds", Scale.LOG),
                layers);
    }

    private static Optional<Chart> ratio(Ledger.Entry entry) {
        Times times = new Times(entry.samples());
        List<Layer> layers = new ArrayList<>();
        Course promised = new Course();
        for (int n : entry.cases().stream().mapToInt(Case::n).distinct().toArray()) {
            Course course = new Course();
            for (Case each : entry.cases()) {
                if (each.n() == n) {
                    times.ratio(each.id(), Group.OURS, each.id(), Group.PYTORCH)
                            .ifPresent(ratio -> course.add(each.width(), ratio, 1));
                }
            }
            course.drawInto(layers, n + " inputs", Role.MEASURED);
        }
        if (layers.isEmpty()) {
            return Optional.empty();
        }
        for (Case each : entry.cases()) {
            if (each.n() == INPUTS) {
                double limit = Group.FIRST.promised(each.id(), Group.PYTORCH).getAsDouble();
                if (!promised.y().isEmpty()
                        && limit != promised.y().get(promised.y().size() - 1)) {
                    // A step halfway between the widths that it lies between.
                    promised.add(
                            each.width() / Math.sqrt(10),
                            at(promised.y().get(promised.y().size() - 1)),
                            1);
                    promised.add(each.width() / Math.sqrt(10), at(limit), 1);
                }
                promised.add(each.width(), at(limit), 1);
            }
        }
        layers.add(new Line("promised", Role.CLAIMED, promised.x(), promised.y()));
        layers.add(new Line(
                "as fast as PyTorch",
                Role.CLAIMED,
                promised.x(),
                promised.x().stream().map(x -> 1.0).toList()));
        return Optional.of(new Chart(
                "Time of one step over that of PyTorch",
                "Medians of the ratios within pairs of processes, with the smallest and the largest.",
                new Axis("width", Scale.LOG),
                new Axis("time / time of PyTorch", Scale.LINEAR),
                layers));
    }

    private static Spread at(double value) {
        return new Spread(value, value, value);
    }
}
