package org.crucis.theorem;

/**
 * A theorem about training, as far as it speaks of the data. Implement it in the package of its paper, by a class with a
 * constructor without parameters or by an enum of several theorems; it is found by that alone.
 *
 * <pre>{@code
 * final class SufficientWidth implements Theorem {
 *     public String title() { return "Du et al. 2018, Theorem 4.1"; }
 *     public String setting() { return "two layers, ReLU, first layer trained"; }
 *     public Terms on(Problem problem) {
 *         Kernel gram = problem.kernel("H^inf", Setting::limitingGram);
 *         return Terms.on(problem).unitLength().noneParallel().positive(gram).following(gram)
 *             .width("n^6 / lambda_0^4", Math.pow(problem.n(), 6) / Math.pow(gram.smallest(), 4), TEXT);
 *     }
 * }
 * }</pre>
 */
public interface Theorem {

    /** Authors, year and number, as a reader would cite it. */
    String title();

    /** Network and training, in a few words. */
    String setting();

    /** What it asks of these data and promises for them. */
    Terms on(Problem problem);
}
