package org.crucis.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.crucis.bench.Plan.Kind;
import org.crucis.network.Activation;
import org.crucis.network.Trained;

/** Measurements that belong in one table: one process of each side runs all of its cases. */
enum Group {
    FIRST("One step: two-layer ReLU network, first layer trained", Kind.TRAINING, Sides.STEPS),
    BOTH("One step: two-layer ReLU network, both layers trained", Kind.TRAINING, Sides.STEPS),
    TANH("One step: two-layer tanh network, both layers trained", Kind.TRAINING, Sides.STEPS),
    DEEP("One step: three hidden layers of ReLU, all trained", Kind.TRAINING, Sides.STEPS),
    KERNEL("Tangent kernel: three hidden layers of 1024 ReLU units", Kind.KERNEL, Sides.BOTH),
    CLAIM(
            "A whole claim: drift of the kernel over 60 steps, widths 64 to 4096, 12 seeds, two-layer tanh networks",
            Kind.CLAIM,
            Sides.BOTH),
    DEPTH("One step against depth: ReLU, width 256, all trained", Kind.TRAINING, Sides.OURS_ALONE),
    ENGINES("A trial beside its own work", Kind.ENGINES, Sides.OURS_ALONE),
    MEMORY("Resident memory along 10 000 small trainings on two threads", Kind.MEMORY, Sides.OURS_ALONE);

    /** Who runs it. */
    enum Sides {
        /** Ours with and without the Vector API, and the peers. */
        STEPS,
        BOTH,
        OURS_ALONE
    }

    /** How much of it. */
    enum Scope {
        QUICK,
        STANDARD,
        /** With the sizes whose time and memory no daily run is worth: 500 inputs at width 100 000. */
        ALL
    }

    static final String OURS = "Crucis";
    static final String NO_VECTORS = "Crucis, no Vector API";
    static final String PYTORCH = "PyTorch";
    static final String PYTORCH_LAYERS = "PyTorch, layer by layer";
    static final String PYTORCH_EXAMPLES = "PyTorch, per example";
    static final String JAVA_HEAP = "reserved for the Java heap";
    static final String BARE = "bare products";

    private static final List<Integer> DRIFT_WIDTHS = List.of(64, 128, 256, 512, 1024, 2048, 4096);

    private final String title;
    private final Kind kind;
    private final Sides sides;

    Group(String title, Kind kind, Sides sides) {
        this.title = title;
        this.kind = kind;
        this.sides = sides;
    }

    String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    Sides sides() {
        return sides;
    }

    /** Whether one run says all: what is watched is a course, not a time. */
    boolean once() {
        return kind == Kind.MEMORY;
    }

    /** What one process does; the cases are still to be drawn. */
    Plan plan(Scope scope) {
        return new Plan(
                kind,
                scope == Scope.QUICK ? 0.05 : 0.25,
                cases(scope),
                DRIFT_WIDTHS,
                List.of(1, 2),
                12,
                24,
                20,
                60,
                List.of(1, 2, 4, 8, 16, 32, 60),
                10_000);
    }

    private List<Case> cases(Scope scope) {
        return switch (this) {
            case FIRST -> twoLayers(scope, Activation.RELU, Trained.HIDDEN, List.of(20, 100, 500));
            case BOTH -> twoLayers(scope, Activation.RELU, Trained.ALL, List.of(20, 100, 500));
            case TANH ->
                twoLayers(scope, Activation.TANH, Trained.ALL, List.of(100)).stream()
                        .filter(each -> each.width() <= 10_000)
                        .toList();
            case DEEP ->
                IntStream.of(100, 1000)
                        .mapToObj(m -> Case.training(name(100, m), Activation.RELU, m, 3, 100, Trained.ALL))
                        .toList();
            case KERNEL ->
                IntStream.of(100, 1000, 3000)
                        .filter(n -> n <= 1000 || scope != Scope.QUICK)
                        .mapToObj(n -> Case.kernel(1024, 3, n))
                        .toList();
            case DEPTH ->
                IntStream.of(2, 4, 8, 16)
                        .mapToObj(
                                depth -> Case.training("depth " + depth, Activation.RELU, 256, depth, 100, Trained.ALL))
                        .toList();
            case CLAIM, ENGINES, MEMORY -> List.of();
        };
    }

    private static List<Case> twoLayers(Scope scope, Activation activation, Trained trained, List<Integer> sizes) {
        List<Case> cases = new ArrayList<>();
        for (int n : sizes) {
            for (int m : new int[] {100, 1000, 10_000, 100_000}) {
                boolean large = (long) n * m > 10_000_000;
                boolean slow = m > 10_000 || (long) n * m > 1_000_000;
                if ((scope == Scope.ALL || !large) && (scope != Scope.QUICK || !slow)) {
                    cases.add(Case.training(name(n, m), activation, m, 1, n, trained));
                }
            }
        }
        return cases;
    }

    static String name(int n, int width) {
        return "n = " + n + ", width " + width;
    }

    static String atOnce(int threads) {
        return threads + " at once";
    }

    /** The largest ratio of our time to another's that is promised for a case. */
    OptionalDouble promised(String id, String other) {
        double ratio = switch (kind) {
            case TRAINING -> other.equals(PYTORCH) ? (id.matches(".*width (100|1000)") ? 0.6 : 0.4) : Double.NaN;
            case KERNEL ->
                switch (other) {
                    case BARE -> id.equals("n = 1000") ? 1.5 : Double.NaN;
                    case PYTORCH_LAYERS -> 1.0;
                    case PYTORCH_EXAMPLES -> 0.2;
                    default -> Double.NaN;
                };
            case CLAIM -> other.equals(PYTORCH) ? 0.6 : Double.NaN;
            case ENGINES, MEMORY -> Double.NaN;
        };
        return Double.isNaN(ratio) ? OptionalDouble.empty() : OptionalDouble.of(ratio);
    }
}
