package noy2021;

import static org.crucis.claim.Basis.ABSTRACT;
import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.PILOT;
import static org.crucis.network.Gates.INDEPENDENT;
import static org.crucis.network.Gates.INITIAL;
import static org.crucis.network.Gates.NONE;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.minimalSize;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.crucis.claim.Interval;
import org.crucis.data.Circle;
import org.crucis.data.Labels;
import org.crucis.data.Sample;
import org.crucis.data.Separation;
import org.crucis.data.Spheres;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Gates;
import org.crucis.training.SmallestWidth;

/**
 * Noy et al. 2021, corollary of the main theorem: if C n^2 L neurons a layer suffice, the smallest width m* with which training keeps
 * to the rate of the limiting kernel ({@link Success}) grows no faster than n^2 and L^1, at a constant separation of the inputs.
 *
 * <p>m* is searched for in every trial by bisection on widths in ratio sqrt(2), which takes it for granted that success is the surer
 * the wider. Where inputs are as many as dimensions, or come in pairs at a fixed angle, the separation hardly depends on n; on half a
 * circle it falls like 1/n. Exponents and bounds from above hardly notice a search that comes out too wide: so the networks at
 * the width found and just below it are drawn again, as they were, and trained again.
 *
 * <p>Laid beside it: the sufficient widths of this and of other theorems for deep networks with their constants put to one; what m*
 * is over them is the constant that the data imply, and its drift says how loose the bound becomes. phi = separation of the inputs;
 * counted are neurons of one layer, not parameters.
 *
 * <p>Would be refuted by an exponent above 2 in n or above 1 in L. The ReLU network on half a circle, whose flips destroy the
 * kernel of close inputs, has one; the gated network there has not.
 */
@Claim(
        title = "The smallest width that converges grows no faster than n^2 in the inputs and L in the depth",
        source = "Main theorem, corollary (abstract)",
        basis = ABSTRACT,
        statement = """
                Let $m^*(n,L)$ be the smallest width at which gradient descent on the gated network keeps to the rate \
                $(1-\\eta\\lambda/2)^t$. Then at a constant separation of the inputs
                $$\\limsup_n\\frac{\\log m^*}{\\log n}\\le2,\\qquad\\limsup_L\\frac{\\log m^*}{\\log L}\\le1.$$""",
        symbols =
                "m* = smallest width at which training keeps to the rate, n = inputs, L = depth, eta = step, lambda = "
                        + "smallest eigenvalue of the limiting kernel, phi = separation of the inputs.")
class MinimalWidthGrowsAtMostQuadratically {

    static final String[] BOUNDS = {
        "n^2 L (Noy et al.)", "n^8 L^12 / phi^4 (Zou, Gu)", "n^24 L^12 / phi^8 (Allen-Zhu et al.)"
    };

    private static final Object[] LAWS = {INITIAL, INDEPENDENT};

    static final Sweep INPUTS = Sweep.over("inputs", List.of(4, 8, 16, 32))
            .and("layers", 1)
            .and("gates", LAWS)
            .inFull("inputs", List.of(4, 8, 16, 32, 64))
            .blocks(12);
    static final Sweep LAYERS = Sweep.over("inputs", List.of(8))
            .and("layers", 1, 2, 4, 8)
            .and("gates", LAWS)
            .inFull("layers", List.of(1, 2, 4, 8, 16))
            .blocks(12);
    static final Sweep ON_HALF_A_CIRCLE = Sweep.over("inputs", List.of(4, 6, 8, 11))
            .and("layers", 1)
            .and("gates", LAWS)
            .inFull("inputs", List.of(4, 6, 8, 11, 16))
            .blocks(12);
    static final Sweep RELU_ON_A_FEW = Sweep.over("inputs", List.of(6, 8, 11))
            .and("layers", 1)
            .and("gates", NONE)
            .blocks(12);
    static final Sweep BORDER = Sweep.over("inputs", List.of(8, 16))
            .and("layers", 1)
            .and("gates", LAWS)
            .blocks(12);
    static final Sweep PAIRS = Sweep.over("inputs", List.of(4, 8))
            .and("layers", 2)
            .and("gates", INITIAL, INDEPENDENT, NONE)
            .and("angle", 1.0, 0.5, 0.25)
            .inFull("inputs", List.of(4, 8, 16))
            .blocks(12);

    static final Experiment AS_MANY_DIMENSIONS = search(INPUTS, MinimalWidthGrowsAtMostQuadratically::sphere, 2);
    static final Experiment DEEPER = search(LAYERS, MinimalWidthGrowsAtMostQuadratically::sphere, 2);
    static final Experiment DEEPER_WITH_DYING_SIGNALS =
            search(LAYERS, MinimalWidthGrowsAtMostQuadratically::sphere, 1.3);
    static final Experiment HALF_CIRCLE = search(ON_HALF_A_CIRCLE, MinimalWidthGrowsAtMostQuadratically::halfCircle, 2);
    static final Experiment RELU_ON_HALF_CIRCLE =
            search(RELU_ON_A_FEW, MinimalWidthGrowsAtMostQuadratically::halfCircle, 2);
    static final Experiment AT_THE_WIDTH_FOUND = border();
    static final Experiment PAIRS_AT_AN_ANGLE = search(PAIRS, MinimalWidthGrowsAtMostQuadratically::pairs, 2);

    @Prediction("In the number of inputs the minimal width grows with an exponent of at most 2")
    void inTheInputs(Lab lab) {
        lab.expect(minimalSize("minimal width")
                        .exponentIn("inputs")
                        .atMost(2)
                        .margin(0.2)
                        .beside(BOUNDS)
                        .per("gates"))
                .in(AS_MANY_DIMENSIONS)
                .butNotIn(RELU_ON_HALF_CIRCLE);
    }

    @Prediction("In the number of trained layers it grows with an exponent of at most 1")
    void inTheDepth(Lab lab) {
        lab.expect(minimalSize("minimal width")
                        .exponentIn("layers")
                        .atMost(1)
                        .margin(0.3)
                        .beside(BOUNDS)
                        .per("gates"))
                .in(DEEPER)
                .butNotIn(DEEPER_WITH_DYING_SIGNALS);
    }

    @Prediction(
            value = "Even on half a circle, where the separation falls like 1/n, frozen gates need no more than n^2",
            basis = PILOT)
    void onHalfACircle(Lab lab) {
        lab.expect(minimalSize("minimal width")
                        .exponentIn("inputs")
                        .atMost(2)
                        .margin(0.2)
                        .beside(BOUNDS)
                        .per("gates"))
                .in(HALF_CIRCLE)
                .butNotIn(RELU_ON_HALF_CIRCLE);
    }

    @Prediction(
            value =
                    "No network that succeeds has fewer trained parameters than inputs: m* is at least (n/L)^(1/2), not n/L",
            basis = DERIVED)
    void parametersAreCounted(Lab lab) {
        lab.expect(everywhere("minimal width over the root of n/L").atLeast(1))
                .in(AS_MANY_DIMENSIONS)
                .butNotIn(AS_MANY_DIMENSIONS.reading("minimal width over n/L", "minimal width over the root of n/L"));
    }

    @Prediction(
            value = "The width found is a border: its network succeeds, that of the next smaller width does not",
            basis = DERIVED)
    void theWidthFoundIsABorder(Lab lab) {
        lab.expect(everywhere("is a border").atLeast(1))
                .in(AT_THE_WIDTH_FOUND)
                .butNotIn(AT_THE_WIDTH_FOUND.reading("is a border an octave above", "is a border"));
    }

    @Prediction(
            value = "In 1/lambda, for pairs at smaller and smaller angles, it grows with an exponent of at most 1",
            basis = PILOT)
    void inTheConditioning(Lab lab) {
        lab.expect(minimalSize("minimal width")
                        .exponentIn("1/lambda")
                        .atMost(1)
                        .margin(0.2)
                        .adjustedFor("inputs")
                        .beside(BOUNDS)
                        .per("gates"))
                .in(PAIRS_AT_AN_ANGLE)
                .withoutControl("shown, not judged: how the paper's width depends on the separation was not read");
    }

    private static Sample sphere(Trial trial) {
        return Data.SPHERE.draw(trial.size("inputs"), trial.blockRandom("data " + trial.size("inputs")));
    }

    private static Sample halfCircle(Trial trial) {
        int n = trial.size("inputs");
        return new Sample(Circle.half(n), Labels.gaussian(n, trial.blockRandom("labels " + n)), "half a circle");
    }

    private static Sample pairs(Trial trial) {
        int n = trial.size("inputs");
        // The same directions and labels at every angle.
        return new Sample(
                Spheres.pairs(n, n, trial.number("angle"), trial.blockRandom("pairs " + n)),
                Labels.gaussian(n, trial.blockRandom("labels " + n)),
                "pairs at an angle");
    }

    private static final List<Integer> WIDTHS = SmallestWidth.grid(2, 256, 2);

    /** A trial's data, their limiting kernel, and the network that is drawn at each width. */
    private record Drawn(Sample sample, Spectrum limit, IntFunction<DenseNetwork> network) {

        static Drawn of(Trial trial, Sample sample, double weightVariance) {
            int layers = trial.size("layers");
            Gates gates = trial.choice("gates", Gates.class);
            Spectrum limit = Spectrum.of(Setting.limit(gates, sample.inputs(), layers));
            return new Drawn(
                    sample,
                    limit,
                    width -> Setting.architecture(sample.dimension(), width, layers)
                            .variances(weightVariance, 0)
                            .gates(gates)
                            .draw(trial.random("weights " + width)));
        }

        SmallestWidth search() {
            return Success.smallestWidth(WIDTHS, limit, sample, network);
        }

        /** Whether the network of one width succeeds and that of the other does not, each 0 where a search found none. */
        boolean liesBetween(int above, int atMost) {
            return atMost > 0
                    && Success.of(atMost, limit, sample, network)
                    && (above == 0 || !Success.of(above, limit, sample, network));
        }
    }

    private static Experiment separated(Sweep sweep, Function<Trial, Sample> data) {
        return Experiment.over(sweep)
                .assuming(
                        "separation of the inputs",
                        trial -> Separation.of(data.apply(trial).inputs()).distance(),
                        Interval.atLeast(1e-3));
    }

    private static Experiment border() {
        Function<Trial, Sample> data = MinimalWidthGrowsAtMostQuadratically::sphere;
        return separated(BORDER, data).measuring(trial -> {
            Drawn drawn = Drawn.of(trial, data.apply(trial), 2);
            SmallestWidth found = drawn.search();
            return Measurements.of("is a border", drawn.liesBetween(found.above(), found.atMost()) ? 1 : 0)
                    .and(
                            "is a border an octave above",
                            drawn.liesBetween(2 * found.above(), 2 * found.atMost()) ? 1 : 0);
        });
    }

    private static Experiment search(Sweep sweep, Function<Trial, Sample> data, double weightVariance) {
        return separated(sweep, data).measuring(trial -> {
            Sample sample = data.apply(trial);
            int n = sample.size();
            int layers = trial.size("layers");
            double phi = Separation.of(sample.inputs()).distance();
            Drawn drawn = Drawn.of(trial, sample, weightVariance);
            Spectrum limit = drawn.limit();
            SmallestWidth found = drawn.search();
            // Where nothing succeeded, it is larger still.
            double least = found.atMost() > 0 ? found.atMost() : found.above();
            double deep = Math.pow(layers, 12);
            return Measurements.of("minimal width above", found.above())
                    .and("minimal width at most", found.atMost())
                    .and("minimal width over the root of n/L", least / Math.sqrt((double) n / layers))
                    .and("minimal width over n/L", least * layers / n)
                    .and("1/lambda", layers / limit.smallest())
                    .and(BOUNDS[0], (double) n * n * layers)
                    .and(BOUNDS[1], Math.pow(n, 8) * deep / Math.pow(phi, 4))
                    .and(BOUNDS[2], Math.pow(n, 24) * deep / Math.pow(phi, 8));
        });
    }
}
