package fang2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.geometricMean;
import static org.crucis.statistics.Criteria.relativeAgreement;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.crucis.feature.FeatureGrid;
import org.crucis.feature.FeaturePopulation;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.DenseNetwork;
import org.ejml.simple.SimpleMatrix;

/**
 * Fang, Dong and Zhang 2019, efficiency of a population of features (recalled): a network of m neurons drawn from the law p misses
 * the infinite one by V(p)/m in mean square. The formula is derived here: the m terms are independent with mean f.
 *
 * <p>The inputs are those of {@link ReluCircle}. The populations are those of {@link Population}. V is summed over the grid
 * that features are drawn from; the error is a network's, averaged over {@value #DRAWS} networks in every trial of {@link
 * #DRAWN}.
 *
 * <p>Refuted by an error that is not V(p)/m at some width. Without the weight 1/p (u of the learned law on features of the even one) the
 * mean of f_m is another function, and the error stays.
 */
@Claim(
        title = "A network of m neurons costs its population's variance over m",
        source = "efficiency of a feature population",
        basis = DERIVED,
        statement = """
                For $\\theta_1,\\dots,\\theta_m$ drawn independently from $p$ and \
                $f_m=\\frac1m\\sum_j\\frac{\\mu}{p}(\\theta_j)\\,h_{\\theta_j}$, at every $m$, $$\\mathbb \
                E\\|f_m-f\\|^2=\\frac{V(p)}m,\\qquad V(p)=\\int\\frac{\\mu^2}{p}\\|h_\\theta\\|^2-\\|f\\|^2.$$ When \
                $\\|h_\\theta\\|$ is constant, $V$ is least at $p\\propto|\\mu|$.""",
        symbols = "p = law of the features, mu = u p = signed measure, h = feature, f = int h dmu, f_m = (1/m) sum_j "
                + "(mu/p)(theta_j) h(theta_j, .) with theta_j drawn from p, |.|^2 = mean square over the inputs.")
class DiscretizationCostsItsVariance {

    /** Networks to a trial: the error of a single one has a relative spread of order one. */
    static final int DRAWS = 1024;

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(3, 8))
            .and("population", Population.LEARNED, Population.RANDOM)
            .inFull("width", powersOfTwo(3, 10));

    static final Experiment DRAWN = Experiment.over(WIDTHS).measuring(trial -> {
        FeaturePopulation population =
                trial.choice("population", Population.class).population();
        int width = trial.size("width");
        double error = error(width, population, population.law(), trial.random("neurons"), DRAWS);
        double variance = population.samplingVariance(ReluCircle.GRID);
        return Measurements.of("error", error)
                .and("width times error", width * error)
                .and("variance", variance)
                .and("second moment", variance + square(population.outputs(ReluCircle.GRID)));
    });
    static final Experiment WITHOUT_WEIGHT = Experiment.over(WIDTHS).measuring(trial -> {
        Population population = trial.choice("population", Population.class);
        return Measurements.of(
                "error",
                error(
                        trial.size("width"),
                        population.population(),
                        population.otherLaw(),
                        trial.random("neurons"),
                        64));
    });
    static final Experiment COMPARED = Experiment.over(Sweep.onePoint()).measuring(trial -> {
        double ofRandom = error(Population.RANDOM, trial);
        return Measurements.of("learned over random", error(Population.LEARNED, trial) / ofRandom)
                .and("spread evenly over random", error(Population.SPREAD_EVENLY, trial) / ofRandom);
    });
    static final Experiment ONE_NORM = laws(FeatureNorms.EQUAL);
    static final Experiment MANY_NORMS = laws(FeatureNorms.DIFFERENT);

    @Prediction("The error falls like 1/width; features of another law without the weight mu/p leave it standing")
    void oneOverWidth(Lab lab) {
        lab.expect(exponent("error", "width").equalTo(-1).margin(0.1).per("population"))
                .in(DRAWN)
                .butNotIn(WITHOUT_WEIGHT);
    }

    @Prediction("Width times error is V(p), at every width and for every population")
    void isTheVariance(Lab lab) {
        lab.expect(relativeAgreement("width times error", "variance").within(0.05))
                .in(DRAWN)
                .butNotIn(DRAWN.reading("second moment", "variance"));
    }

    @Prediction(
            value =
                    "The learned population costs less than random features; the learned function on random features costs more",
            basis = RECALLED)
    void learnedIsCheaper(Lab lab) {
        lab.expect(geometricMean("learned over random").atMost(0.95).within(0.05))
                .in(COMPARED)
                .butNotIn(COMPARED.reading("spread evenly over random", "learned over random"));
    }

    @Prediction("With features of one norm no law that |mu| is changed into by chance has a smaller variance")
    void leastAtTheMeasure(Lab lab) {
        lab.expect(everywhere("variance over that of another law").atMost(1))
                .in(ONE_NORM)
                .butNotIn(MANY_NORMS);
    }

    private static double error(Population population, Trial trial) {
        FeaturePopulation drawn = population.population();
        return error(32, drawn, drawn.law(), trial.random("neurons of " + population), DRAWS);
    }

    /** The mean square over inputs and networks of f_m - f, with output weights mu/p on features drawn from a law. */
    private static double error(
            int width, FeaturePopulation population, SimpleMatrix law, UniformRandomProvider random, int draws) {
        SimpleMatrix inputs = ReluCircle.inputs();
        SimpleMatrix function = population.outputs(ReluCircle.GRID);
        SimpleMatrix weights = population.outputWeights();
        int[] places = population.repopulated(law).draw(draws * width, random);
        double sum = 0;
        try (DenseNetwork network = ReluCircle.neurons(width).draw(random)) {
            for (int first = 0; first < places.length; first += width) {
                ReluCircle.cloud(Arrays.copyOfRange(places, first, first + width), weights)
                        .into(network);
                sum += square(network.outputs(inputs).minus(function));
            }
        }
        return sum / draws;
    }

    private enum FeatureNorms {
        EQUAL,
        DIFFERENT
    }

    /** The other law is |mu| times random factors, by which features may be scaled as well. */
    private static Experiment laws(FeatureNorms norms) {
        return Experiment.over(Sweep.onePoint()).measuring(trial -> {
            FeatureGrid grid = ReluCircle.GRID;
            FeaturePopulation own =
                    FeaturePopulation.leastNorm(Population.LEARNED.population().measure());
            var normal = ZigguratSampler.NormalizedGaussian.of(trial.random("factors"));
            SimpleMatrix factors = new SimpleMatrix(grid.points(), 1);
            for (int g = 0; g < grid.points(); g++) {
                factors.set(g, Math.exp(0.3 * normal.sample()));
            }
            SimpleMatrix law = own.law().elementMult(factors);
            FeaturePopulation other = own.repopulated(law.divide(law.elementSum()));
            FeatureGrid features = norms == FeatureNorms.EQUAL
                    ? grid
                    : FeatureGrid.of(grid.features().mult(factors.diag()), grid.targets());
            return Measurements.of(
                    "variance over that of another law",
                    own.samplingVariance(features) / other.samplingVariance(features));
        });
    }

    private static double square(SimpleMatrix function) {
        return function.dot(function) / function.getNumElements();
    }
}
