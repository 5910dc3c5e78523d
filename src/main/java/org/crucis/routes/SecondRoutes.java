package org.crucis.routes;

import java.util.List;
import java.util.stream.Stream;
import org.crucis.claim.Evidence;
import org.crucis.severity.Routes;

/** The catalogue of comparisons: every central instrument with its second route. */
public final class SecondRoutes {

    private SecondRoutes() {}

    /** Runs all comparisons one after the other, some seconds. The same numbers every time, on one machine. */
    public static Routes compare() {
        return new Routes(
                Evidence.SCHEMA_VERSION, all().stream().map(Comparison::run).toList());
    }

    static List<Comparison> all() {
        return Stream.of(
                        DataRoutes.all(),
                        NetworkRoutes.all(),
                        TrainingRoutes.all(),
                        KernelRoutes.all(),
                        FeatureRoutes.all(),
                        StatisticsRoutes.all())
                .flatMap(List::stream)
                .toList();
    }
}
