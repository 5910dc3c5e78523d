package rotskoff2018;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.ERF;
import static org.crucis.network.Activation.RELU;
import static org.crucis.network.Activation.TANH;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.geometricMean;
import static org.crucis.statistics.Criteria.relativeAgreement;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.crucis.data.Labels;
import org.crucis.data.Spheres;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.LinearizedDynamics;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Neurons;
import org.crucis.network.OutputWeights;
import org.crucis.network.Parametrization;
import org.crucis.training.GradientDescent;
import org.crucis.training.Schedule;
import org.ejml.simple.SimpleMatrix;

/**
 * Rotskoff and Vanden-Eijnden 2018, and Sirignano and Spiliopoulos 2018 (both recalled): a network of width m is off its
 * mean-field limit by a fluctuation of variance 1/m; training to interpolation removes it on the training inputs only.
 *
 * <p>At the start m Var f_m(x) = E a^2 E phi(z)^2 with z standard normal, exactly and at every width: the diagonal of the
 * limiting output covariance, by quadrature.
 *
 * <p>"Late" is {@value #LATE} full-batch steps at half of 1/lambda_max of the limiting kernel, "later" {@value #LATER}.
 * Four orthogonal inputs in eight dimensions are interpolated at once, so the limit has zero loss, and off the data there are
 * directions in which nothing is learnt. Refuted by a fluctuation that stays on the training inputs, goes elsewhere, or has another power of the width.
 */
@Claim(
        title = "Training removes the fluctuations where it fits the data",
        source = "central limit theorem",
        basis = RECALLED,
        statement = """
                For independent neurons $m\\operatorname{Var}f_m(x)=\\mathbb{E}\\,a^2\\;\\mathbb{E}\\,\\phi(w\\cdot x)^2$ at the \
                start. As $f$ is trained to zero loss, $m\\operatorname{Var}f_m\\to0$ on the training inputs, while elsewhere \
                $\\operatorname{Var}f_m$ stays of order $1/m$.""",
        symbols = "m = width (n in the paper), f_m = (1/m) sum_r a_r phi(w_r . x / sqrt(d)), a and w standard normal "
                + "with |x|^2 = d, the dimension, T = step, Var = variance over independently drawn networks on the "
                + "same data, averaged over the training inputs or over directions off the data.")
class FluctuationsAreTrainedAway {

    static final Sweep AT_THE_START =
            Sweep.over("width", List.of(16, 256)).and("activation", TANH, RELU).blocks(12);
    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(4, 9))
            .inFull("width", powersOfTwo(4, 11))
            .blocks(12);

    static final Experiment INDEPENDENT = Experiment.over(AT_THE_START)
            .measuring(trial -> drawn(trial, Neurons.INDEPENDENT, OutputWeights.CENTRED, 128));
    static final Experiment MIRRORED =
            Experiment.over(AT_THE_START).measuring(trial -> drawn(trial, Neurons.MIRRORED, OutputWeights.CENTRED, 16));
    static final Experiment SHARED =
            Experiment.over(AT_THE_START).measuring(trial -> drawn(trial, Neurons.SHARED, OutputWeights.POSITIVE, 16));
    static final Experiment MEAN_FIELD = trained(Parametrization.meanField(), 48);
    static final Experiment NTK = trained(Parametrization.ntk(), 12);

    @Prediction(value = "At the start width times variance is the second moment of one neuron", basis = DERIVED)
    void varianceAtTheStart(Lab lab) {
        lab.expect(relativeAgreement("width x variance", "second moment of a neuron")
                        .within(0.15))
                .in(INDEPENDENT)
                .butNotIn(MIRRORED)
                .butNotIn(SHARED);
    }

    @Prediction("On the training inputs at most a tenth of the variance is left")
    void fallsOnTheData(Lab lab) {
        lab.expect(geometricMean("late over start").atMost(0.1).within(0.02))
                .in(MEAN_FIELD)
                .butNotIn(MEAN_FIELD.reading("late over start, off the data", "late over start"));
    }

    @Prediction("It goes on falling: twice as late at most a tenth of that is left")
    void goesOnFalling(Lab lab) {
        lab.expect(geometricMean("later over late").atMost(0.1).within(0.02))
                .in(MEAN_FIELD)
                .butNotIn(MEAN_FIELD.reading("later over late, off the data", "later over late"));
    }

    @Prediction("Off the data it has come to rest")
    void staysOffTheData(Lab lab) {
        lab.expect(geometricMean("later over late, off the data").equalTo(1).within(0.1))
                .in(MEAN_FIELD)
                .butNotIn(MEAN_FIELD.reading("later over late", "later over late, off the data"));
    }

    @Prediction("There it falls like 1/width; in NTK scaling it does not fall")
    void oneOverWidthOffTheData(Lab lab) {
        lab.expect(exponent("later variance off the data", "width").equalTo(-1).margin(0.15))
                .in(MEAN_FIELD)
                .butNotIn(NTK);
    }

    private static final int DIMENSION = 8;
    private static final int INPUTS = 4;
    private static final int ELSEWHERE = 16;
    private static final int LATE = 6;
    private static final int LATER = 12;

    private static Measurements drawn(Trial trial, Neurons neurons, OutputWeights law, int draws) {
        SimpleMatrix inputs = Spheres.ofDimension(ELSEWHERE, DIMENSION, trial.blockRandom("inputs"));
        Activation activation = trial.choice("activation", Activation.class);
        Architecture architecture = Architecture.of(DIMENSION)
                .hidden(trial.size("width"), 1)
                .activation(activation)
                .outputWeights(law)
                .neurons(neurons)
                .parametrization(Parametrization.meanField());
        UniformRandomProvider random = trial.random("weights");
        Spread spread = new Spread();
        for (int draw = 0; draw < draws; draw++) {
            try (DenseNetwork network = architecture.draw(random)) {
                spread.add(network.outputs(inputs));
            }
        }
        // All inputs have the same length, hence the same variance.
        SimpleMatrix variance =
                AnalyticKernel.of(activation, 1, 1, 0).at(inputs.rows(0, 1)).nngp();
        return Measurements.of("width x variance", trial.size("width") * spread.variance())
                .and("second moment of a neuron", variance.get(0));
    }

    private static Experiment trained(Parametrization scaling, int draws) {
        return Experiment.over(WIDTHS)
                .measuring(trial -> {
                    SimpleMatrix inputs =
                            SimpleMatrix.identity(DIMENSION).rows(0, INPUTS).scale(Math.sqrt(DIMENSION));
                    SimpleMatrix targets = Labels.signs(INPUTS, trial.blockRandom("labels"));
                    SimpleMatrix elsewhere = Spheres.ofDimension(ELSEWHERE, DIMENSION, trial.blockRandom("elsewhere"));
                    Architecture architecture = Architecture.of(DIMENSION)
                            .hidden(trial.size("width"), 1)
                            .activation(ERF)
                            .parametrization(scaling);
                    SimpleMatrix kernel =
                            AnalyticKernel.of(ERF, 1, 1, 0).at(inputs).ntk();
                    double step = LinearizedDynamics.gradientDescent(kernel, 1).criticalStep() / 4;
                    Spread[] onData = {new Spread(), new Spread(), new Spread()};
                    Spread[] offData = {new Spread(), new Spread(), new Spread()};
                    UniformRandomProvider random = trial.random("weights");
                    double relativeLoss = 0;
                    for (int draw = 0; draw < draws; draw++) {
                        try (DenseNetwork network = architecture.draw(random)) {
                            var training = GradientDescent.withStep(step)
                                    .atMost(LATER)
                                    .probing(Schedule.at(0, LATE, LATER), (t, now, outputs) -> {
                                        int time = t / LATE;
                                        onData[time].add(outputs);
                                        offData[time].add(now.outputs(elsewhere));
                                    })
                                    .run(network, inputs, targets);
                            relativeLoss = Math.max(relativeLoss, training.relativeLoss());
                        }
                    }
                    return Measurements.of("late over start", onData[1].variance() / onData[0].variance())
                            .and("later over late", onData[2].variance() / onData[1].variance())
                            .and("late over start, off the data", offData[1].variance() / offData[0].variance())
                            .and("later over late, off the data", offData[2].variance() / offData[1].variance())
                            .and("later variance off the data", offData[2].variance())
                            .and("relative loss", relativeLoss);
                })
                .validWhen(measured("relative loss").atMost(0.05));
    }
}
