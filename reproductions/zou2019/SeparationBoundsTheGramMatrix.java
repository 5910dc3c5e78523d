package zou2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.exponent;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.claim.Interval;
import org.crucis.data.SmallSamples;
import org.crucis.data.Spheres;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Network;
import org.ejml.simple.SimpleMatrix;

/**
 * Zou and Gu 2019, two-layer corollary (recalled): what a width of n^8/phi^4 says beside n^6/lambda_0^4 rests on lambda_0 being at
 * least of order phi/n^2.
 *
 * <p>The constant 1/100 is recalled from Oymak and Soltanolkotabi, for the separation that counts -x too. The exponent in n is
 * tested on the limit H, which has no chance but that of the data; the inequality on networks as well, whose lambda_min(K)/m
 * tends to lambda_0.
 *
 * <p>Separation in distance alone is not enough: with more than d antipodal pairs lambda_0 = 0 though phi is large, since every
 * pair adds up to a linear function. The constant last coordinate of the paper's assumption (which stands for biases) excludes
 * them; that this is its purpose is our reading. Refuted by a lambda_0 n^2/phi below 1/100, or falling in n.
 */
@Claim(
        title = "The smallest eigenvalue of the two-layer Gram matrix is at least of order phi / n^2",
        source = "two-layer corollary",
        basis = RECALLED,
        statement = """
                For $\\|x_i\\|=1$ with a constant last coordinate and $\\|x_i-x_j\\|\\ge\\phi$ for $i\\ne j$
                $$\\lambda_0=\\lambda_{\\min}\\Bigl(\\tfrac1{2\\pi}x_i^\\top x_j(\\pi-\\theta_{ij})\\Bigr)\\ge \
                c\\,\\frac{\\phi}{n^2}.$$""",
        symbols = "lambda_0 = smallest eigenvalue of the Gram matrix H_ij = x_i.x_j (pi - theta_ij)/(2 pi), phi = "
                + "smallest |x_i - x_j|, m = width.")
class SeparationBoundsTheGramMatrix {

    /** Directions before the constant coordinate is added. */
    enum Directions {
        RANDOM_IN_3_DIMENSIONS {
            @Override
            SimpleMatrix draw(int n, UniformRandomProvider random) {
                return Spheres.uniform(n, 3, random);
            }
        },
        RANDOM_IN_5_DIMENSIONS {
            @Override
            SimpleMatrix draw(int n, UniformRandomProvider random) {
                return Spheres.uniform(n, 5, random);
            }
        },
        /** n/2 pairs x, -x in three dimensions. */
        ANTIPODAL {
            @Override
            SimpleMatrix draw(int n, UniformRandomProvider random) {
                SimpleMatrix half = Spheres.uniform(n / 2, 3, random);
                return half.concatRows(half.negative());
            }
        },
        DIGITS {
            @Override
            SimpleMatrix draw(int n, UniformRandomProvider random) {
                return SmallSamples.ofDigits(n, random).onUnitSphere().inputs();
            }
        };

        abstract SimpleMatrix draw(int n, UniformRandomProvider random);

        /** As the theorem has them. */
        SimpleMatrix lifted(int n, UniformRandomProvider random) {
            return Data.withConstant(draw(n, random));
        }
    }

    static final Sweep SIZES = Sweep.over("inputs", powersOfTwo(2, 7))
            .and("directions", Directions.RANDOM_IN_3_DIMENSIONS, Directions.RANDOM_IN_5_DIMENSIONS)
            .inFull("inputs", powersOfTwo(2, 8))
            .blocks(12);
    /** From 8 inputs on there are more pairs than dimensions. */
    static final Sweep SIZES_IN_3_DIMENSIONS = Sweep.over("inputs", powersOfTwo(3, 8))
            .and("directions", Directions.RANDOM_IN_3_DIMENSIONS)
            .blocks(12);

    static final Sweep EVERY_KIND = Sweep.over("inputs", List.of(8, 16))
            .and("directions", (Object[]) Directions.values())
            .blocks(12);
    static final Sweep TOO_MANY_PAIRS = Sweep.over("inputs", List.of(8, 16))
            .and("directions", Directions.ANTIPODAL)
            .blocks(12);

    static final Experiment FALL = Experiment.over(SIZES)
            .assuming(
                    "separation of the inputs",
                    trial -> Data.separation(trial.choice("directions", Directions.class)
                            .lifted(trial.size("inputs"), trial.blockRandom("data"))),
                    Interval.atLeast(1e-9))
            .measuring(trial -> overDistance(trial.choice("directions", Directions.class)
                    .lifted(trial.size("inputs"), trial.blockRandom("data"))));

    static final Experiment FALL_OF_NEARLY_ANTIPODAL_PAIRS = Experiment.over(SIZES_IN_3_DIMENSIONS)
            .measuring(trial -> overDistance(nearlyAntipodal(trial.size("inputs"), trial.blockRandom("data"))));

    static final Experiment BOUND = bound(EVERY_KIND, Coordinate.CONSTANT);
    static final Experiment BOUND_WITHOUT_CONSTANT = bound(TOO_MANY_PAIRS, Coordinate.NONE);

    @Prediction(
            value =
                    "The smallest eigenvalue over the smallest distance falls no faster than n^-2; for nearly antipodal pairs"
                            + " without the constant coordinate it does",
            basis = DERIVED)
    void fallsNoFasterThanTheSquare(Lab lab) {
        lab.expect(exponent("eigenvalue over distance", "inputs")
                        .atLeast(-2)
                        .margin(0.3)
                        .per("directions"))
                .in(FALL)
                .butNotIn(FALL_OF_NEARLY_ANTIPODAL_PAIRS);
    }

    @Prediction("It is nowhere below phi / (100 n^2); for antipodal pairs without the constant coordinate it is")
    void isBoundedFromBelow(Lab lab) {
        lab.expect(everywhere("eigenvalue over its bound").atLeast(1)).in(BOUND).butNotIn(BOUND_WITHOUT_CONSTANT);
    }

    @Prediction(
            value = "Nor is that of a network of width 1024; for antipodal pairs without the constant coordinate it is",
            basis = DERIVED)
    void isBoundedFromBelowInNetworks(Lab lab) {
        lab.expect(everywhere("network's eigenvalue over its bound").atLeast(1))
                .in(BOUND)
                .butNotIn(BOUND_WITHOUT_CONSTANT);
    }

    private static Measurements overDistance(SimpleMatrix inputs) {
        return Measurements.of(
                "eigenvalue over distance", Setting.smallestOfLimit(inputs, 1) / Data.separation(inputs));
    }

    /** No constant coordinate; every second input is the negative of the one before, turned by n^-4. */
    private static SimpleMatrix nearlyAntipodal(int n, UniformRandomProvider random) {
        return Spheres.pairs(n, 3, Math.PI - Math.pow(n, -4), random).scale(Math.sqrt(3));
    }

    private enum Coordinate {
        CONSTANT,
        NONE
    }

    private static Experiment bound(Sweep sweep, Coordinate last) {
        return Experiment.over(sweep).measuring(trial -> {
            int n = trial.size("inputs");
            SimpleMatrix directions =
                    trial.choice("directions", Directions.class).draw(n, trial.blockRandom("data"));
            SimpleMatrix inputs = last == Coordinate.CONSTANT
                    ? Data.withConstant(directions)
                    : directions.scale(Math.sqrt(directions.getNumCols()));
            double bound = Data.separation(inputs) / (100.0 * n * n);
            int width = 1024;
            try (Network network =
                    Setting.network(inputs.getNumCols(), width, 1).draw(trial.random("weights"))) {
                double realised = Spectrum.of(Setting.kernel(network, inputs)).smallest() / width;
                return Measurements.of("eigenvalue over its bound", Setting.smallestOfLimit(inputs, 1) / bound)
                        .and("network's eigenvalue over its bound", realised / bound);
            }
        });
    }
}
