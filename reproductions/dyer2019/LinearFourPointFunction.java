package dyer2019;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.LINEAR;
import static org.crucis.network.Activation.RELU;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Criteria.relativeAgreement;

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

/**
 * Dyer and Gur-Ari 2019, the worked example of Conjecture 1 (read in an exposition): four outputs make two even components
 * or one, hence E f^4 = O(1) with a correction of O(1/m); for the linear network f(x) = m^-1/2 sum_r a_r w_r x it is exact.
 * Derived again: given w, f is Gaussian with variance |w|^2/m, and E(|w|^2/m)^2 = 1 + 2/m.
 *
 * <p>The inputs are sqrt(d) times the d unit vectors: each sees weights of its own, and each output weights of its own, so that
 * one network with d inputs and d outputs gives d^2 (dependent) copies of the scalar f(1). Rival pair: linear units give the
 * excess 6/m, ReLU units 15/m (E phi^4 = 3/2 and E phi^2 = 1/2 in 3 E phi^4 / (E phi^2)^2 - 3). A wrong power of the width, or
 * a wrong contraction, changes the number.
 */
@Claim(
        title = "The four-point function of a linear network is 3 + 6/m",
        source = "section 2, example",
        basis = DERIVED,
        statement = """
                For $f(x)=m^{-1/2}\\sum_{r=1}^m a_r w_r x$ with independent standard normal $a_r, w_r$,
                $$\\mathbb E f(x)^4=\\bigl(3+\\tfrac6m\\bigr)x^4$$
                at every width $m$.""",
        symbols = "m = width (n in the paper), K = E f^2.")
class LinearFourPointFunction {

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(2, 5));

    static final Experiment LINEAR_UNITS = moments(LINEAR);
    static final Experiment RELU_UNITS = moments(RELU);

    @Prediction("The fourth moment is 3 + 6/width; the Gaussian value 3 is not it")
    void fourthMoment(Lab lab) {
        lab.expect(relativeAgreement("fourth moment", "diagrams").within(0.05))
                .in(LINEAR_UNITS)
                .butNotIn(LINEAR_UNITS.reading("infinite width", "diagrams"));
    }

    @Prediction("Width times the excess kurtosis is 6 at every width; ReLU units have 15")
    void excessOfLinearUnits(Lab lab) {
        lab.expect(mean("width times excess").equalTo(6).within(1))
                .in(LINEAR_UNITS)
                .butNotIn(RELU_UNITS);
    }

    @Prediction("Width times the excess kurtosis of ReLU units is 15 at every width; linear units have 6")
    void excessOfReluUnits(Lab lab) {
        lab.expect(mean("width times excess").equalTo(15).within(2.5))
                .in(RELU_UNITS)
                .butNotIn(LINEAR_UNITS);
    }

    private static final int DIMENSION = 64;

    private static Experiment moments(Activation activation) {
        return Experiment.over(WIDTHS.blocks(12)).measuring(trial -> {
            int width = trial.size("width");
            SimpleMatrix inputs = SimpleMatrix.identity(DIMENSION).scale(Math.sqrt(DIMENSION));
            Architecture architecture = Architecture.of(DIMENSION)
                    .hidden(width, 1)
                    .activation(activation)
                    .outputs(DIMENSION);
            // Enough networks for the resolution of the scaled excess, whose error grows like the root of the width.
            int networks = 8 * width;
            double fourth = 0;
            for (int draw = 0; draw < networks; draw++) {
                try (Network network = architecture.draw(trial.random("weights " + draw))) {
                    for (double f : network.outputs(inputs).getDDRM().getData()) {
                        fourth += f * f * f * f;
                    }
                }
            }
            fourth /= (double) networks * DIMENSION * DIMENSION;
            double variance = activation == LINEAR ? 1 : 0.5;
            double excess = fourth / (variance * variance) - 3;
            return Measurements.of("fourth moment", fourth)
                    .and("diagrams", 3 + 6.0 / width)
                    .and("infinite width", 3)
                    .and("width times excess", width * excess);
        });
    }
}
