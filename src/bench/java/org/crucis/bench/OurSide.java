package org.crucis.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.crucis.lab.ProvenanceReader;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Our process of one round: {@code OurSide PLAN RESULT}. It is the fork itself, so JMH makes none. */
final class OurSide {

    /** Beside the training or kernel that is computed for the comparison. */
    private static final int WARM_UPS = 1;

    private static Plan plan;
    private static final Map<String, Double> CHECKS = new TreeMap<>();

    private OurSide() {}

    public static void main(String[] arguments) throws IOException, RunnerException {
        ObjectMapper json = new ObjectMapper();
        plan = json.readValue(new File(arguments[0]), Plan.class);
        List<Outcome.Row> rows = new ArrayList<>();
        switch (plan.kind()) {
            case TRAINING -> rows.addAll(measured(StepBenchmark.class, Group.OURS));
            case KERNEL -> {
                rows.addAll(measured(KernelBenchmark.class, Group.OURS));
                CHECKS.clear();
                rows.addAll(measured(BareProductsBenchmark.class, Group.BARE));
            }
            case CLAIM -> rows.addAll(new DriftClaim(plan).rows());
            case ENGINES -> rows.addAll(EngineCosts.rows());
            case MEMORY -> rows.addAll(SmallTrainings.rows(plan));
        }
        OptionalDouble peak = memory("VmHWM");
        json.writeValue(
                new File(arguments[1]),
                new Outcome(ProvenanceReader.read(1).facts(), peak.isPresent() ? peak.getAsDouble() : null, rows));
    }

    private static List<Outcome.Row> measured(Class<?> benchmark, String name) throws RunnerException {
        String[] ids = plan.cases().stream().map(Case::id).toArray(String[]::new);
        // Thrown away: while the first case is measured for the first time, the compiler is still at work.
        run(benchmark, ids[0]);
        List<Outcome.Row> rows = new ArrayList<>();
        for (RunResult result : run(benchmark, ids)) {
            String id = result.getParams().getParam("id");
            double seconds = result.getPrimaryResult().getScore() / Math.max(1, work(id).steps());
            rows.add(new Outcome.Row(id, name, seconds, CHECKS.get(id), null));
        }
        return rows;
    }

    private static Collection<RunResult> run(Class<?> benchmark, String... ids) throws RunnerException {
        var options = new OptionsBuilder()
                .include(benchmark.getName())
                .param("id", ids)
                .forks(0)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.milliseconds((long) (500 * plan.budget())))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds((long) (1000 * plan.budget())))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        return new Runner(options).run();
    }

    static Case work(String id) {
        return plan.cases().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Notes what was computed; to be compared with the other sides. */
    static void check(String id, double value) {
        CHECKS.put(id, value);
    }

    /** A line of this process's status in megabytes; empty where the system has none. */
    static OptionalDouble memory(String line) {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(each -> each.startsWith(line))
                    .mapToDouble(each -> Double.parseDouble(each.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }
}
