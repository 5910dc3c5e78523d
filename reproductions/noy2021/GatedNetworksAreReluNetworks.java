package noy2021;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.network.Gates.INDEPENDENT;
import static org.crucis.network.Gates.INITIAL;
import static org.crucis.statistics.Criteria.everywhere;
import static org.crucis.statistics.Criteria.identity;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Gaussian;
import org.crucis.data.Sample;
import org.crucis.data.Spheres;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Gates;
import org.crucis.training.GradientDescent;
import org.ejml.simple.SimpleMatrix;

/**
 * Noy et al. 2021, the transformation (announced in the abstract; the construction is our own, {@link EquivalentReluNetwork}): at
 * any moment of its training a gated network can be turned into a ReLU network of comparable width with the same outputs on
 * the training inputs.
 *
 * <p>This is an identity, and no support for the paper's theory: features of no meaning are matched just as exactly, once the
 * layers have rank n. It fails where they cannot (fewer than n/2 neurons: R_k has 2m
 * rows), where the negative features are dropped, and
 * elsewhere than on the training inputs.
 */
@Claim(
        title = "At any moment of training a gated network has an equivalent ReLU network of twice the width",
        source = "Transformation (abstract); construction derived",
        basis = DERIVED,
        statement = """
                For features $H_k$ of a gated network on $n$ inputs let $R_k=\\binom{(H_k)_+}{(-H_k)_+}$. If \
                $\\operatorname{rank}R_{k-1}=n$, the ReLU network of width $2m$ with the weights $V_k=R_kR_{k-1}^+$ and output \
                weights $(B,-B)$ has the outputs of the gated network on these inputs.""",
        symbols = "H_k = features of the gated network, m x n; R_k = [(H_k)_+ ; (-H_k)_+]; V_k = R_k R_(k-1)^+.")
class GatedNetworksAreReluNetworks {

    static final Sweep WIDTHS = Sweep.over("width", List.of(32, 128))
            .and("gates", INITIAL, INDEPENDENT)
            .inFull("width", List.of(32, 128, 512))
            .blocks(12);
    static final Sweep NARROW =
            Sweep.over("width", List.of(4)).and("gates", INITIAL, INDEPENDENT).blocks(12);

    static final Experiment TRAINED = trained(WIDTHS);
    static final Experiment FEWER_ROWS_THAN_INPUTS = trained(NARROW);
    static final Experiment MEANINGLESS = meaningless(WIDTHS);
    static final Experiment MEANINGLESS_IN_TOO_FEW_NEURONS = meaningless(NARROW);

    @Prediction("At the start, half-way and at the end of training the outputs agree to nine digits")
    void outputsAgree(Lab lab) {
        lab.expect(identity("relative difference").toDigits(9).per("gates"))
                .in(TRAINED)
                .butNotIn(FEWER_ROWS_THAN_INPUTS)
                .butNotIn(TRAINED.reading("difference without negative features", "relative difference"));
    }

    @Prediction("All layers have rank n, the number of inputs")
    void fullRank(Lab lab) {
        lab.expect(everywhere("rank over inputs").atLeast(1).per("gates"))
                .in(TRAINED)
                .withoutControl("with fewer than n/2 neurons the rank cannot be n, by counting rows");
    }

    @Prediction("Features of no meaning are matched just as exactly: it is an identity, not support")
    void meaninglessFeaturesAreMatched(Lab lab) {
        lab.expect(identity("relative difference").toDigits(9).per("gates"))
                .in(MEANINGLESS)
                .butNotIn(MEANINGLESS_IN_TOO_FEW_NEURONS);
    }

    @Prediction("On fresh inputs the two networks differ")
    void differElsewhere(Lab lab) {
        lab.expect(everywhere("difference on fresh inputs").atLeast(1e-6).per("gates"))
                .in(TRAINED)
                .butNotIn(TRAINED.reading("relative difference", "difference on fresh inputs"));
    }

    /** n = d, and L. */
    private static final int INPUTS = 10;

    private static final int LAYERS = 3;

    private static final int STEPS = 60;

    private static Experiment trained(Sweep sweep) {
        return Experiment.over(sweep).measuring(trial -> {
            Sample sample = Data.SPHERE.draw(INPUTS, trial.blockRandom("data"));
            SimpleMatrix inputs = sample.inputs();
            SimpleMatrix fresh = Spheres.uniform(INPUTS, INPUTS, trial.blockRandom("fresh"));
            Architecture architecture =
                    Setting.architecture(INPUTS, trial.size("width"), LAYERS).gates(trial.choice("gates", Gates.class));
            try (DenseNetwork gated = architecture.draw(trial.random("weights"))) {
                // Of four neurons all may be off for all inputs: then nothing moves, whatever the step.
                double largest = Spectrum.of(EmpiricalKernel.of(gated, inputs)).largest();
                double step = largest > 0 ? Run.FRACTION / largest : 1;
                GradientDescent half = GradientDescent.withStep(step).atMost(STEPS / 2);
                Measurements measured = Measurements.along("steps").at(0, compared(gated, inputs, fresh));
                half.run(gated, inputs, sample.targets());
                measured = measured.at(STEPS / 2, compared(gated, inputs, fresh));
                half.run(gated, inputs, sample.targets());
                return measured.at(STEPS, compared(gated, inputs, fresh));
            }
        });
    }

    private static Measurements compared(DenseNetwork gated, SimpleMatrix inputs, SimpleMatrix fresh) {
        try (EquivalentReluNetwork twin = EquivalentReluNetwork.of(gated, inputs);
                EquivalentReluNetwork without = EquivalentReluNetwork.withoutNegativeFeatures(gated, inputs)) {
            return Measurements.of("relative difference", twin.difference(gated, inputs))
                    .and("difference without negative features", without.difference(gated, inputs))
                    .and("difference on fresh inputs", twin.difference(gated, fresh))
                    .and("rank over inputs", (double) twin.rank() / INPUTS)
                    .and("largest norm over that of the gated network", twin.largestNorm());
        }
    }

    private static Experiment meaningless(Sweep sweep) {
        return Experiment.over(sweep).measuring(trial -> {
            int width = trial.size("width");
            SimpleMatrix inputs = Spheres.uniform(INPUTS, INPUTS, trial.blockRandom("data"));
            UniformRandomProvider random = trial.random("features");
            SimpleMatrix[] features = new SimpleMatrix[LAYERS + 1];
            Arrays.setAll(features, layer -> Gaussian.inputs(width, INPUTS, random));
            Architecture architecture =
                    Setting.architecture(INPUTS, width, LAYERS).gates(trial.choice("gates", Gates.class));
            try (DenseNetwork gated = architecture.draw(trial.random("weights"));
                    EquivalentReluNetwork twin = EquivalentReluNetwork.with(gated, inputs, features)) {
                SimpleMatrix expected = features[LAYERS].transpose().mult(gated.weights(LAYERS + 1));
                double difference =
                        twin.network().outputs(inputs).minus(expected).elementMaxAbs() / expected.elementMaxAbs();
                return Measurements.of("relative difference", difference);
            }
        });
    }
}
