package org.crucis.theorem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.crucis.claim.Basis;
import org.crucis.claim.Evidence;
import org.crucis.claim.Interval;
import org.crucis.claim.Numbers;
import org.crucis.network.Activation;
import org.crucis.theorem.Hypothesis.Standing;

/**
 * What a theorem says of one problem. Immutable: every method gives terms with one thing more.
 *
 * @param width neurons of a layer that suffice
 * @param measured where a run has measured the width that is needed
 * @param step the largest step that the theorem allows
 * @param steps to the relative loss, at the theorem's own rate and step
 * @param linearisedSteps to the relative loss under the limiting kernel, from outputs 0, with the step 1/lambda_max; empty
 *     without a kernel, and where the loss is never reached
 */
public record Terms(
        Problem problem,
        List<Hypothesis> hypotheses,
        Optional<Formula> width,
        Optional<Measurement> measured,
        Optional<Formula> step,
        Optional<Formula> steps,
        Optional<Kernel> kernel,
        OptionalLong linearisedSteps) {

    /** Lengths nearer to 1 than this are 1: files keep some six digits. */
    private static final double LENGTH_TOLERANCE = 1e-5;

    /** Inputs nearer than this multiple of the longest one are the same up to rounding. */
    private static final double ROUNDING = 1e-12;

    public Terms {
        hypotheses = List.copyOf(hypotheses);
    }

    /** Terms that ask for nothing and promise nothing yet. */
    public static Terms on(Problem problem) {
        return new Terms(
                problem,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }

    /** Whether no hypothesis fails. */
    public boolean apply() {
        return hypotheses.stream().noneMatch(each -> each.standing() == Standing.FAILS);
    }

    // ---- hypotheses ----------------------------------------------------------------------------------------------

    /** A number that has to lie in an interval. */
    public Terms needs(String name, double value, Interval required) {
        String asked = required.lower() == required.upper() ? Numbers.show(required.lower()) : required.toString();
        return needs(new Hypothesis(name, value, asked, required.contains(value) ? Standing.HOLDS : Standing.FAILS));
    }

    /** A number that has to be positive; up to {@code rounding} it counts as 0. */
    private Terms positive(String name, double value, double rounding) {
        return needs(new Hypothesis(name, value, "above 0", value > rounding ? Standing.HOLDS : Standing.FAILS));
    }

    /** A number of which the theorem only says "of order one" or "large enough". */
    public Terms open(String name, double value, String required) {
        return needs(new Hypothesis(name, value, required, Standing.OPEN));
    }

    /** Inputs of length one. */
    public Terms unitLength() {
        double farthest = Math.max(Math.abs(problem.shortest() - 1), Math.abs(problem.longest() - 1));
        return needs("distance of the inputs' lengths from 1", farthest, Interval.atMost(LENGTH_TOLERANCE));
    }

    /** No two inputs parallel, which on the sphere is a separation above 0 that counts x and -x as the same. */
    public Terms noneParallel() {
        return positive(
                "separation of the inputs, x and -x being the same",
                problem.separation().distance(),
                ROUNDING * problem.longest());
    }

    /** No two inputs equal; x and -x are different ones. */
    public Terms apart() {
        return positive("distance of the closest inputs", problem.closest(), ROUNDING * problem.longest());
    }

    /** A limiting kernel that is positive definite on the inputs. */
    public Terms positive(Kernel limit) {
        return positive("lambda_min of " + limit.name(), limit.smallest(), limit.rounding());
    }

    /** Number of hidden layers. */
    public Terms hiddenLayers(int depth, Interval required) {
        return needs("hidden layers", depth, required);
    }

    /** One of these activations. */
    public Terms activation(Activation chosen, Activation... allowed) {
        List<String> names = Arrays.stream(allowed).map(Terms::word).toList();
        return needs(new Hypothesis(
                "activation",
                word(chosen),
                String.join(" or ", names),
                names.contains(word(chosen)) ? Standing.HOLDS : Standing.FAILS));
    }

    private static String word(Activation activation) {
        return activation.name().toLowerCase(Locale.ROOT);
    }

    /** Any other hypothesis. */
    public Terms needs(Hypothesis hypothesis) {
        List<Hypothesis> more = new ArrayList<>(hypotheses);
        more.add(hypothesis);
        return new Terms(problem, more, width, measured, step, steps, kernel, linearisedSteps);
    }

    // ---- promises ------------------------------------------------------------------------------------------------

    /** The kernel that training follows. */
    public Terms following(Kernel limit) {
        return new Terms(
                problem,
                hypotheses,
                width,
                measured,
                step,
                steps,
                Optional.of(limit),
                limit.steps(problem.targets(), problem.relativeLoss()));
    }

    /** A sufficient number of neurons in a layer. */
    public Terms width(String formula, double neurons, Basis basis) {
        Optional<Formula> sufficient = Optional.of(new Formula(formula, neurons, basis));
        return new Terms(problem, hypotheses, sufficient, measured, step, steps, kernel, linearisedSteps);
    }

    /** Which observations of which claim hold the width that was needed against {@link #width}. */
    public Terms measuredBy(Measurement measurement) {
        return new Terms(problem, hypotheses, width, Optional.of(measurement), step, steps, kernel, linearisedSteps);
    }

    /** The largest step. */
    public Terms step(String formula, double value, Basis basis) {
        Optional<Formula> largest = Optional.of(new Formula(formula, value, basis));
        return new Terms(problem, hypotheses, width, measured, largest, steps, kernel, linearisedSteps);
    }

    /** The number of steps to the problem's relative loss. */
    public Terms steps(String formula, double count, Basis basis) {
        Optional<Formula> enough = Optional.of(new Formula(formula, count, basis));
        return new Terms(problem, hypotheses, width, measured, step, enough, kernel, linearisedSteps);
    }

    /** The constant that a run implies for the width; empty where nothing was measured. */
    public Optional<ImpliedConstant> impliedConstant(List<Evidence> run) {
        return width.flatMap(formula -> measured.flatMap(where -> where.in(run, formula.value())));
    }

    /** For messages. */
    @Override
    public String toString() {
        return (apply() ? "applies" : "does not apply")
                + width.map(formula -> ", width " + Numbers.show(formula.value()))
                        .orElse("");
    }
}
