package org.crucis.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.crucis.claim.Interval;
import org.crucis.claim.Observation;
import org.crucis.claim.Observations;

/**
 * A sweep, what is measured in each of its trials, and what makes a trial valid. An experiment is a {@code static final}
 * field of its claim: the field's name is the experiment's, and each experiment runs once however many predictions read it.
 */
public final class Experiment {

    /** A hypothesis of the theorem: measured on the data of each block before anything is trained. */
    record Assumption(String name, ToDoubleFunction<Trial> measured, Interval required) {}

    private final Sweep sweep;
    private final Function<Trial, Measurements> measurement;
    private final List<Requirement> requirements;
    private final List<Assumption> assumptions;
    private final Experiment base;
    private final Map<String, String> readInstead;

    private Experiment(
            Sweep sweep,
            Function<Trial, Measurements> measurement,
            List<Requirement> requirements,
            List<Assumption> assumptions,
            Experiment base,
            Map<String, String> readInstead) {
        this.sweep = sweep;
        this.measurement = measurement;
        this.requirements = List.copyOf(requirements);
        this.assumptions = List.copyOf(assumptions);
        this.base = base == null ? this : base;
        this.readInstead = new TreeMap<>(readInstead);
    }

    public static Experiment over(Sweep sweep) {
        return new Experiment(sweep, null, List.of(), List.of(), null, Map.of());
    }

    /** What a trial measures; it must depend on the trial alone. */
    public Experiment measuring(Function<Trial, Measurements> measurement) {
        return changed(measurement, requirements, assumptions);
    }

    private Experiment changed(
            Function<Trial, Measurements> measurement, List<Requirement> requirements, List<Assumption> assumptions) {
        if (base != this) {
            throw new PlanException("an experiment cannot be changed after .reading(...): call .reading(...) last");
        }
        return new Experiment(sweep, measurement, requirements, assumptions, null, Map.of());
    }

    /** A trial that breaks this makes the whole experiment VOID: single blocks are never dropped. */
    public Experiment validWhen(Requirement requirement) {
        List<Requirement> more = new ArrayList<>(requirements);
        more.add(requirement);
        return changed(measurement, more, assumptions);
    }

    /**
     * A hypothesis of the theorem. Where it fails, the experiment is NOT_APPLICABLE and no network is trained.
     *
     * @param measured what the hypothesis speaks of, measured on the trial's data
     * @param required where it has to lie
     */
    public Experiment assuming(String name, ToDoubleFunction<Trial> measured, Interval required) {
        List<Assumption> more = new ArrayList<>(assumptions);
        more.add(new Assumption(name, measured, required));
        return changed(measurement, requirements, more);
    }

    /**
     * The same trials read with one measure in the place of another: the wrong-theory control that costs nothing.
     *
     * @param measure the measure to read
     * @param insteadOf the measure that the criterion asks for
     */
    public Experiment reading(String measure, String insteadOf) {
        Map<String, String> more = new LinkedHashMap<>(readInstead);
        more.put(insteadOf, measure);
        return new Experiment(sweep, measurement, requirements, assumptions, base, more);
    }

    /** The experiment whose trials this one reads; itself unless made by {@link #reading}. */
    Experiment base() {
        return base;
    }

    Sweep sweep() {
        return sweep;
    }

    Function<Trial, Measurements> measurement() {
        return measurement;
    }

    List<Requirement> requirements() {
        return requirements;
    }

    List<Assumption> assumptions() {
        return assumptions;
    }

    String name(String baseName) {
        StringBuilder name = new StringBuilder(baseName);
        readInstead.forEach((asked, measure) -> name.append(" reading '")
                .append(measure)
                .append("' as '")
                .append(asked)
                .append('\''));
        return name.toString();
    }

    Observations read(Observations observations) {
        // Every swap reads what was measured, not what another swap has put there.
        List<Observation> rows = new ArrayList<>();
        for (Observation row : observations.rows()) {
            Map<String, Double> values = new LinkedHashMap<>(row.values());
            readInstead.forEach((asked, measure) -> values.put(asked, row.value(measure)));
            rows.add(new Observation(row.point(), row.block(), values));
        }
        return new Observations(rows);
    }
}
