package org.crucis.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The complete record of what one run found about one claim. {@code evidenceDigest} covers everything but {@code cost} and
 * {@code provenance}: two runs of the same plan with the same seeds have the same digest, however many threads ran them.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION} of the writer
 * @param paper id of the paper, the last segment of its package
 * @param claim id of the claim: {@code <paper>/<class name in kebab case>}
 * @param statement LaTeX
 * @param symbols what its symbols stand for, in plain text; empty when that is not said, and in evidence older than it
 * @param problem why the claim is VOID as a whole, empty when it is not
 */
public record Evidence(
        int schemaVersion,
        String paper,
        String claim,
        String title,
        String source,
        String statement,
        // Left out where empty: evidence older than symbols keeps its digest.
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String symbols,
        Tier tier,
        List<Hypothesis> hypotheses,
        Plan plan,
        List<Entry> predictions,
        Verdict verdict,
        String problem,
        String evidenceDigest,
        Cost cost,
        Provenance provenance) {

    public static final int SCHEMA_VERSION = 1;

    public Evidence {
        symbols = symbols == null ? "" : symbols;
        hypotheses = List.copyOf(hypotheses);
        predictions = List.copyOf(predictions);
    }

    /** The same of a claim that is VOID as a whole, for this reason. Its digest is no longer its own. */
    public Evidence withProblem(String reason) {
        return with(reason, evidenceDigest);
    }

    Evidence withDigest(String digest) {
        return with(problem, digest);
    }

    private Evidence with(String reason, String digest) {
        return new Evidence(
                schemaVersion,
                paper,
                claim,
                title,
                source,
                statement,
                symbols,
                tier,
                hypotheses,
                plan,
                predictions,
                verdict,
                reason,
                digest,
                cost,
                provenance);
    }

    /**
     * What was fixed before anything ran.
     *
     * @param frozen the digest that is committed beside the claim; empty when none is
     */
    public record Plan(
            List<ExperimentPlan> experiments,
            List<String> criteria,
            String digest,
            int edition,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String frozen) {
        public Plan {
            experiments = List.copyOf(experiments);
            criteria = List.copyOf(criteria);
            frozen = frozen == null ? "" : frozen; // of files that were written before plans were frozen
        }
    }

    /**
     * One experiment of the plan.
     *
     * @param axes the sweep, axis by axis
     * @param blocks blocks of the first look; the second and third have two and four times as many
     * @param requirements what must hold of every trial; empty in evidence that is older than this field
     */
    public record ExperimentPlan(
            String name,
            List<AxisPlan> axes,
            int blocks,
            // Left out where empty: older evidence keeps its digest.
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RequirementPlan> requirements) {
        public ExperimentPlan {
            axes = List.copyOf(axes);
            requirements = requirements == null ? List.of() : List.copyOf(requirements);
        }
    }

    /** A measure that must lie in an interval in every trial, or the experiment means nothing. */
    public record RequirementPlan(String measure, Interval required) {}

    public record AxisPlan(String name, List<String> values) {
        public AxisPlan {
            values = List.copyOf(values);
        }
    }

    /** Whether an entry is a prediction or a control of one. */
    public enum Kind {
        PREDICTION,
        CONTROL;

        /** The word used in evidence. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One judged prediction or control.
     *
     * @param id method name of the prediction, followed for a control by "/" and the experiment's name
     * @param of id of the prediction that a control belongs to; the prediction's own id otherwise
     * @param experiment the experiment that was judged
     * @param prediction the sentence fixed in advance
     * @param sentence the finding in words
     * @param verdict a {@link Verdict} for a prediction, a {@link ControlVerdict} for a control
     * @param estimate NaN, like lower and upper, when nothing could be estimated
     * @param bound the criterion's region
     * @param falseAlarm bound on the probability of REFUTED at the edge of the region; null for a control
     * @param detectable the smallest deviation past the edge of the region, in the criterion's unit, that blocks like these
     *     would place outside, and as many independent ones again, with a chance of about 90 % or more; 0 where every violation
     *     that is seen counts; null for a control, and where no deviation is found so surely
     * @param blocks how many blocks the finding rests on
     * @param looks what each look showed, the confirmation last; empty where nothing could be looked at, and in evidence
     *     older than looks
     */
    public record Entry(
            String id,
            Kind kind,
            String of,
            String experiment,
            Basis basis,
            String prediction,
            String criterion,
            String sentence,
            String verdict,
            double estimate,
            double lower,
            double upper,
            Interval bound,
            String unit,
            Double falseAlarm,
            Double detectable,
            int blocks,
            List<Figure> figures,
            Data data,
            // Left out where empty: evidence older than looks keeps its digest.
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Look> looks) {

        /** Name of the control that every criterion gets: its own observations, tilted past the margin. */
        public static final String PLANTED = "planted deviation";

        public Entry {
            figures = List.copyOf(figures);
            looks = looks == null ? List.of() : List.copyOf(looks);
        }

        /** Whether this is the control that is made of its prediction's own observations. */
        public boolean planted() {
            return kind == Kind.CONTROL && id.equals(of + "/" + PLANTED);
        }
    }

    /** Where an interval lies. */
    public enum Position {
        INSIDE,
        OUTSIDE,
        UNDECIDED
    }

    /** What a look is for. */
    public enum Stage {
        LOOK,
        CONFIRMATION;

        /** The word used in evidence. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What one look at an experiment showed.
     *
     * @param blocks that it rests on: of a look all so far, of the confirmation independent ones
     * @param estimate NaN, like lower and upper, when nothing could be estimated
     * @param lower lower end of the interval at the level of SUPPORTED
     * @param upper its upper end
     * @param position at the levels of its stage
     */
    public record Look(Stage stage, int blocks, double estimate, double lower, double upper, Position position) {}

    /**
     * Observations as a table.
     *
     * @param rows as many cells as columns; a cell is a number, a label, or null for a number that is not finite
     */
    public record Data(List<String> columns, List<List<Object>> rows) {
        public Data {
            columns = columns == null ? List.of() : List.copyOf(columns);
            rows = rows == null
                    ? List.of()
                    : rows.stream().map(row -> row == null ? List.of() : row).toList();
            for (List<Object> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException(
                            "a row of observations has " + row.size() + " cells for " + columns.size() + " columns");
                }
            }
        }
    }

    /**
     * What the run took; differs from run to run.
     *
     * @param trials that the evidence rests on
     * @param kept how many of them had been run earlier
     * @param seconds of this run
     * @param trialSeconds of all trials together, whenever they ran
     * @param peakMegabytes largest memory of a process that ran one of them; 0 where nobody measured it
     */
    public record Cost(int trials, int kept, double seconds, double trialSeconds, double peakMegabytes) {
        public static final Cost NONE = new Cost(0, 0, 0, 0, 0);
    }

    /** Where and on what it ran; differs from machine to machine. Ordered, so that it prints well. */
    public record Provenance(Map<String, String> facts) {}
}
