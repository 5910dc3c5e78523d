package he2015;

import static org.crucis.statistics.Criteria.mean;

import java.util.List;
import org.crucis.claim.Basis;
import org.crucis.data.Spheres;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.ejml.simple.SimpleMatrix;

/** He et al. 2015, section 2.2: what one layer halves, a weight variance of 2 gives back. f(x)^2 has mean 2 |x|^2 / d. */
@Claim(
        title = "With weight variance 2, ReLU layers keep the size of the signal",
        source = "Section 2.2",
        basis = Basis.DERIVED,
        statement = "For $\\sigma_w^2=2$ and no biases, $\\mathbb E f(x)^2 = 2|x|^2/d$ at every depth.")
class SizeIsKept {

    static final Sweep DEPTHS = Sweep.over("depth", List.of(1, 2, 4)).blocks(24);

    static final Experiment HE = squaredOutput(2);
    static final Experiment HALF_OF_IT = squaredOutput(1);

    @Prediction("The mean squared output is 2 at every depth; with weight variance 1 it is not")
    void sizeIsKept(Lab lab) {
        lab.expect(mean("squared output").equalTo(2).within(0.4)).in(HE).butNotIn(HALF_OF_IT);
    }

    private static Experiment squaredOutput(double weightVariance) {
        return Experiment.over(DEPTHS).measuring(trial -> {
            SimpleMatrix input = Spheres.ofDimension(1, 10, trial.blockRandom("input"));
            Architecture architecture = Architecture.of(10)
                    .hidden(128, trial.size("depth"))
                    .activation(Activation.RELU)
                    .variances(weightVariance, 0);
            double sum = 0;
            for (int draw = 0; draw < 100; draw++) {
                try (Network network = architecture.draw(trial.random("weights " + draw))) {
                    sum += Math.pow(network.outputs(input).get(0), 2);
                }
            }
            return Measurements.of("squared output", sum / 100);
        });
    }
}
