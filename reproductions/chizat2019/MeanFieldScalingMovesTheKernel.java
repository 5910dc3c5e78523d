package chizat2019;

import static org.crucis.claim.Basis.PILOT;
import static org.crucis.claim.Basis.RECALLED;
import static org.crucis.lab.Requirement.measured;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Activation.TANH;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.geometricMean;

import java.util.List;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.junit.Claim;
import org.crucis.junit.Prediction;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.KernelFollower;
import org.crucis.kernel.Spectrum;
import org.crucis.lab.Experiment;
import org.crucis.lab.Lab;
import org.crucis.lab.Measurements;
import org.crucis.lab.Sweep;
import org.crucis.lab.Trial;
import org.crucis.network.Architecture;
import org.crucis.network.DenseNetwork;
import org.crucis.network.Parametrization;
import org.crucis.training.GradientDescent;
import org.crucis.training.Training;

/**
 * Chizat, Oyallon and Bach 2019, sections 1 and 2 (recalled), with the mean-field theory of two-layer networks: the power of
 * the width before the sum decides between lazy training and feature learning.
 *
 * <p>Mirrored neurons make f_0 = 0, so that both scalings start from the same output. Steps are a fixed fraction of
 * 1/lambda_max(Theta_0), smaller for the mean-field network, whose kernel grows while it trains.
 *
 * <p>Rival pair: each scaling is the other's control; where the two are compared in one number, two draws of lazy networks
 * are. Refuted by a lazy kernel that keeps moving, or a mean-field kernel that stops.
 */
@Claim(
        title = "Mean-field scaling moves the kernel at every width",
        source = "sections 1 and 2",
        basis = RECALLED,
        statement = """
                Train $f=s_m\\sum_{r=1}^m a_r\\phi(w_r\\cdot x)$ to a fixed relative loss, at fixed $\\eta\\lambda_{\\max}$. \
                With $s_m=m^{-1/2}$ the relative change of the tangent kernel is $O(1/m)$ and the relative motion of the \
                parameters $O(m^{-1/2})$; with $s_m=1/m$ both are of order one at every width.""",
        symbols = "m = width, s_m = m^-1/2 (lazy) or 1/m (mean-field, every rate times m: without that factor nothing "
                + "would move, and the network would look lazy), change = |Theta_T - Theta_0|_F / |Theta_0|_F on the "
                + "training inputs, motion = |w_T - w_0| / |w_0| over all parameters, T = first step at which the loss "
                + "is at most 0.05 of the initial one.")
class MeanFieldScalingMovesTheKernel {

    static final Sweep WIDTHS = Sweep.over("width", powersOfTwo(6, 12))
            .and("data", Data.SPHERE, Data.DIGITS)
            .inFull("width", powersOfTwo(7, 13))
            .blocks(12);
    static final Sweep WIDEST = Sweep.over("width", List.of(4096))
            .and("data", Data.SPHERE, Data.DIGITS)
            .blocks(12);

    static final Experiment LAZY = Experiment.over(WIDTHS)
            .assuming("separation of the inputs", Data::separation, Interval.atLeast(Data.SEPARATED))
            .measuring(trial -> trained(trial, Parametrization.ntk()))
            .validWhen(measured("relative loss").atMost(Run.LOSS));
    static final Experiment MEAN_FIELD = Experiment.over(WIDTHS)
            .assuming("separation of the inputs", Data::separation, Interval.atLeast(Data.SEPARATED))
            .measuring(trial -> trained(trial, Parametrization.meanField()))
            .validWhen(measured("relative loss").atMost(Run.LOSS));
    static final Experiment SIDE_BY_SIDE = Experiment.over(WIDEST)
            .assuming("separation of the inputs", Data::separation, Interval.atLeast(Data.SEPARATED))
            .measuring(MeanFieldScalingMovesTheKernel::compared)
            .validWhen(measured("relative loss").atMost(Run.LOSS));

    @Prediction("In lazy scaling the kernel's change falls like 1/width")
    void lazyKernelStays(Lab lab) {
        lab.expect(exponent("change", "width").equalTo(-1).margin(0.2).per("data"))
                .in(LAZY)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction("In mean-field scaling it does not fall")
    void meanFieldKernelMoves(Lab lab) {
        lab.expect(exponent("change", "width").equalTo(0).margin(0.15).per("data"))
                .in(MEAN_FIELD)
                .butNotIn(LAZY);
    }

    @Prediction("In lazy scaling the parameters' relative motion falls like width^(-1/2)")
    void lazyParametersStay(Lab lab) {
        lab.expect(exponent("motion", "width").equalTo(-0.5).margin(0.1).per("data"))
                .in(LAZY)
                .butNotIn(MEAN_FIELD);
    }

    @Prediction("In mean-field scaling it does not fall")
    void meanFieldParametersMove(Lab lab) {
        lab.expect(exponent("motion", "width").equalTo(0).margin(0.1).per("data"))
                .in(MEAN_FIELD)
                .butNotIn(LAZY);
    }

    @Prediction(value = "In mean-field scaling the kernel changes by more than 0.3 of itself", basis = PILOT)
    void meanFieldKernelMovesFar(Lab lab) {
        lab.expect(geometricMean("change").atLeast(0.3).within(0.05))
                .in(MEAN_FIELD)
                .butNotIn(LAZY);
    }

    @Prediction(value = "At width 4096 it changes at least 50 times as much as in lazy scaling", basis = PILOT)
    void fiftyTimesAsFar(Lab lab) {
        lab.expect(geometricMean("mean-field over lazy").atLeast(50).within(5))
                .in(SIDE_BY_SIDE)
                .butNotIn(SIDE_BY_SIDE.reading("other lazy networks over lazy", "mean-field over lazy"));
    }

    private static Measurements trained(Trial trial, Parametrization scaling) {
        Run run = Run.of(trial, scaling, "weights");
        return Measurements.of("change", run.change).and("motion", run.motion).and("relative loss", run.relativeLoss);
    }

    private static Measurements compared(Trial trial) {
        Run lazy = Run.of(trial, Parametrization.ntk(), "weights");
        Run others = Run.of(trial, Parametrization.ntk(), "other weights");
        Run meanField = Run.of(trial, Parametrization.meanField(), "weights");
        return Measurements.of("mean-field over lazy", meanField.change / lazy.change)
                .and("other lazy networks over lazy", others.change / lazy.change)
                .and(
                        "relative loss",
                        Math.max(Math.max(lazy.relativeLoss, others.relativeLoss), meanField.relativeLoss));
    }

    /** One trial's networks, trained to the wanted loss: root mean squares, and the largest relative loss. */
    private record Run(double change, double motion, double relativeLoss) {

        static final double LOSS = 0.05;

        private static final int DRAWS = 4;

        static Run of(Trial trial, Parametrization scaling, String weights) {
            Sample sample = trial.choice("data", Data.class).draw(trial.blockRandom("data"));
            Architecture architecture = Architecture.of(sample.dimension())
                    .hidden(trial.size("width"), 1)
                    .activation(TANH)
                    .parametrization(scaling)
                    .mirrored();
            double fraction = scaling.equals(Parametrization.ntk()) ? 0.5 : 0.2;
            double change = 0;
            double motion = 0;
            double relativeLoss = 0;
            for (int draw = 0; draw < DRAWS; draw++) {
                try (DenseNetwork network = architecture.draw(trial.random(weights + " " + draw));
                        KernelFollower kernel = EmpiricalKernel.following(network, sample.inputs())) {
                    double[] start = network.parameters();
                    Training training = GradientDescent.withStep(
                                    fraction / Spectrum.of(kernel.start()).largest())
                            .untilRelativeLoss(LOSS)
                            .run(network, sample.inputs(), sample.targets());
                    change += Math.pow(kernel.drift(), 2) / DRAWS;
                    motion += Math.pow(network.motionFrom(start).relative(), 2) / DRAWS;
                    relativeLoss = Math.max(relativeLoss, training.relativeLoss());
                }
            }
            return new Run(Math.sqrt(change), Math.sqrt(motion), relativeLoss);
        }
    }
}
