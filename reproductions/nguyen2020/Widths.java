package nguyen2020;

import static org.crucis.claim.Basis.ABSTRACT;

import java.util.Locale;
import org.crucis.claim.Interval;
import org.crucis.theorem.Hypothesis;
import org.crucis.theorem.Problem;
import org.crucis.theorem.Terms;
import org.crucis.theorem.Theorem;

/** Theorem 3.2 with the initialisation that it is made for, and with the usual one. */
enum Widths implements Theorem {
    SPECIAL_INITIALIZATION("special initialisation", "n") {
        @Override
        double neurons(double n) {
            return n;
        }
    },
    USUAL_INITIALIZATION("LeCun initialisation", "n^2") {
        @Override
        double neurons(double n) {
            return n * n;
        }
    };

    private final String initialization;
    private final String formula;

    Widths(String initialization, String formula) {
        this.initialization = initialization;
        this.formula = formula;
    }

    abstract double neurons(double n);

    @Override
    public String title() {
        return "Nguyen, Mondelli 2020, Theorem 3.2, " + initialization;
    }

    @Override
    public String setting() {
        return "one wide layer, then a pyramid; leaky smooth activation; the width is that of the first layer alone";
    }

    @Override
    public Terms on(Problem problem) {
        Terms terms = Terms.on(problem)
                .hiddenLayers(problem.depth(3), Interval.atLeast(1))
                .apart()
                .width(formula, neurons(problem.n()), ABSTRACT);
        // None of the activations that can be chosen has slopes away from 0 and a bend.
        return problem.chosenActivation()
                .map(chosen -> terms.needs(new Hypothesis(
                        "activation",
                        chosen.name().toLowerCase(Locale.ROOT),
                        "smooth, bent, with slopes between some gamma > 0 and 1",
                        Hypothesis.Standing.FAILS)))
                .orElse(terms);
    }
}
