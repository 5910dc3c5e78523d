package noy2021;

import static org.crucis.claim.Basis.DERIVED;
import static org.crucis.lab.Sweep.powersOfTwo;
import static org.crucis.network.Gates.INDEPENDENT;
import static org.crucis.network.Gates.INITIAL;
import static org.crucis.statistics.Criteria.exponent;
import static org.crucis.statistics.Criteria.geometricMean;
import static org.crucis.statistics.Criteria.mean;
import static org.crucis.statistics.Criteria.relativeAgreement;

import java.util.List;
import org.crucis.claim.Interval;
import org.crucis.data.Sample;
import org.crucis.data.Separation;
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
 * Noy et al. 2021, the time logarithmic in n and L (abstract), by its mechanism (derived): with independent gates the normalised
 * kernel is rho gamma^(L+1) off the diagonal, so that a depth of order log n makes it nearly the identity ({@link LogarithmicDepth}),
 * and gradient descent needs a number of steps that does not grow with n at all. What stands against depth are the fluctuations:
 * m Var ln K_ii = 5(L+1) - 4(L^2-1)/(3L), about 11 L/3, so that at a fixed width the condition number is U-shaped in depth and the
 * width has to grow like L.
 *
 * <p>"Logarithmic" itself is not judged: for that n would have to span a factor of 32 along m = n^2 L.
 *
 * <p>Would be refuted by kernels that do not approach rho gamma^(L+1), or by a condition number that grows with n at the depth
 * L(n). The gates of the ReLU network, whose hidden correlations tend to 1 with depth, are the rival.
 */
@Claim(
        title =
                "At a depth of order log n the gated network's kernel is well conditioned, whatever the number of inputs",
        source = "Time logarithmic in n and L (abstract); mechanism derived",
        basis = DERIVED,
        statement = """
                With independent gates, $\\rho_{ij}=\\langle x_i,x_j\\rangle$ and \
                $\\gamma_{ij}=1-\\arccos(\\rho_{ij})/\\pi$,
                $$\\frac{K_{ij}}{\\sqrt{K_{ii}K_{jj}}}\\to\\rho_{ij}\\gamma_{ij}^{L+1},\\quad \\mathbb E\\frac{K_{ii}}{mL}=\\frac12,\
                \\quad m\\operatorname{Var}\\ln K_{ii}\\to 5(L+1)-\\frac43\\,\\frac{L^2-1}{L},$$
                and for $L+1\\ge\\ln(2n)/\\ln(1/\\gamma_{\\max})$ and $m\\ge Cn^2L$ the condition number is at most 3.""",
        symbols = "K = tangent kernel, rho = inner products of the inputs, gamma = share of gates in which two inputs "
                + "agree, m = width, L = depth, n = inputs.")
class TimeIsLogarithmic {

    static final Sweep WIDTHS = Sweep.over("width", List.of(20, 40, 80, 160, 320, 640))
            .inFull("width", powersOfTwo(5, 11))
            .blocks(12);

    static final Experiment ENTRIES = entries(INDEPENDENT, Data.FAR_APART);
    static final Experiment ENTRIES_ON_DIGITS = entries(INDEPENDENT, Data.DIGITS);
    static final Experiment ENTRIES_OF_RELU_GATES = entries(INITIAL, Data.FAR_APART);
    static final Experiment ENTRIES_OF_RELU_GATES_ON_DIGITS = entries(INITIAL, Data.DIGITS);

    static final Experiment FLUCTUATIONS = fluctuations();

    static final Sweep GROWING = Sweep.over("inputs", List.of(4, 8))
            .inFull("inputs", List.of(4, 6, 8))
            .blocks(12, 12);
    static final Experiment LOGARITHMIC_DEPTH = atLogarithmicDepth(INDEPENDENT, GROWING);
    static final Experiment LOGARITHMIC_DEPTH_OF_RELU_GATES =
            atLogarithmicDepth(INITIAL, Sweep.over("inputs", List.of(6)).blocks(12, 12));
    static final Experiment ONE_CLOSE_PAIR = closePair();

    static final Experiment FAR_DOWN = farDown();
    static final Experiment DEPTHS = depths();

    @Prediction("Off the diagonal the normalised kernel approaches rho gamma^(L+1) like width^(-1/2)")
    void entries(Lab lab) {
        lab.expect(exponent("deviation", "width").equalTo(-0.5).margin(0.12))
                .in(ENTRIES)
                .butNotIn(ENTRIES_OF_RELU_GATES);
    }

    @Prediction("On handwritten digits as well")
    void entriesOnDigits(Lab lab) {
        lab.expect(exponent("deviation", "width").equalTo(-0.5).margin(0.12))
                .in(ENTRIES_ON_DIGITS)
                .butNotIn(ENTRIES_OF_RELU_GATES_ON_DIGITS);
    }

    @Prediction("The mean diagonal entry is m L/2: it grows with the depth, layer by layer")
    void diagonal(Lab lab) {
        lab.expect(mean("diagonal over width and layers").equalTo(0.5).within(0.05))
                .in(FLUCTUATIONS)
                .butNotIn(FLUCTUATIONS.reading("diagonal over width", "diagonal over width and layers"));
    }

    @Prediction("Width times the variance of ln K_ii is 5(L+1) - 4(L^2-1)/(3L); 5 L is not it")
    void fluctuations(Lab lab) {
        lab.expect(relativeAgreement("width times variance", "derived").within(0.25))
                .in(FLUCTUATIONS)
                .butNotIn(FLUCTUATIONS.reading("five times the layers", "derived"));
    }

    @Prediction("At the depth L(n) and the width 2 n^2 L the condition number is at most 3, for small and large n")
    void wellConditioned(Lab lab) {
        lab.expect(geometricMean("condition number").atMost(3).within(0.5))
                .in(LOGARITHMIC_DEPTH)
                .butNotIn(LOGARITHMIC_DEPTH_OF_RELU_GATES)
                .butNotIn(ONE_CLOSE_PAIR);
    }

    @Prediction("There gradient descent with the step 1/lambda_max needs at most 8.5 steps to a relative loss of 1e-3")
    void steps(Lab lab) {
        lab.expect(mean("steps").atMost(8.5).within(0.5))
                .in(LOGARITHMIC_DEPTH)
                .butNotIn(LOGARITHMIC_DEPTH_OF_RELU_GATES)
                .butNotIn(ONE_CLOSE_PAIR);
    }

    @Prediction("At a fixed width the condition number is U-shaped in depth; in the limit of infinite width it is not")
    void depthHasItsPrice(Lab lab) {
        lab.expect(geometricMean("least rise on either side").atLeast(1.2).within(0.1))
                .in(DEPTHS)
                .butNotIn(DEPTHS.reading("least rise in the limit", "least rise on either side"));
    }

    @Prediction("Every further factor of 1000 in the loss takes as many steps as the one before")
    void linearInTheDigits(Lab lab) {
        lab.expect(mean("steps of the second factor over the first").equalTo(1).within(0.2))
                .in(FAR_DOWN)
                .withoutControl("every positive definite kernel gives it, and a singular one never gets so far");
    }

    private static final int LAYERS = 4;

    private static Experiment entries(Gates gates, Data data) {
        return Experiment.over(WIDTHS).measuring(trial -> {
            int width = trial.size("width");
            Sample sample = data.draw(6, trial.blockRandom("data"));
            SimpleMatrix inputs = sample.inputs();
            SimpleMatrix limit = Setting.normalized(inputs, LAYERS);
            Architecture architecture =
                    Setting.architecture(sample.dimension(), width, LAYERS).gates(gates);
            // As many networks at every width: the deviation is a root of a mean square, of the same number of terms.
            int networks = 4;
            double squares = 0;
            for (int draw = 0; draw < networks; draw++) {
                try (DenseNetwork network = architecture.draw(trial.random("weights " + draw))) {
                    SimpleMatrix kernel = EmpiricalKernel.of(network, inputs);
                    squares += Kernels.squaredDeviation(kernel, limit) / networks;
                }
            }
            return Measurements.of("deviation", Math.sqrt(squares));
        });
    }

    private static final int CLOUD = 60;

    private static Experiment fluctuations() {
        return Experiment.over(Sweep.over("layers", List.of(1, 2, 4))
                        .inFull("layers", List.of(1, 2, 4, 8))
                        .and("width", 128)
                        .inFull("width", List.of(256))
                        .blocks(12))
                .measuring(trial -> {
                    int layers = trial.size("layers");
                    int width = trial.size("width");
                    int n = 4;
                    SimpleMatrix inputs = Spheres.uniform(n, n, trial.blockRandom("data"));
                    Architecture architecture =
                            Setting.architecture(n, width, layers).gates(INDEPENDENT);
                    double[] sum = new double[n];
                    double[] squares = new double[n];
                    double diagonal = 0;
                    for (int draw = 0; draw < CLOUD; draw++) {
                        try (DenseNetwork network = architecture.draw(trial.random("weights " + draw))) {
                            SimpleMatrix kernel = EmpiricalKernel.of(network, inputs);
                            diagonal += kernel.trace() / n / width / CLOUD;
                            for (int i = 0; i < n; i++) {
                                double log = Math.log(kernel.get(i, i));
                                sum[i] += log;
                                squares[i] += log * log;
                            }
                        }
                    }
                    double variance = 0;
                    for (int i = 0; i < n; i++) {
                        variance += (squares[i] - sum[i] * sum[i] / CLOUD) / (CLOUD - 1) / n;
                    }
                    return Measurements.of("width times variance", width * variance)
                            .and("derived", 5.0 * (layers + 1) - 4.0 / 3 * (layers * layers - 1) / layers)
                            .and("five times the layers", 5.0 * layers)
                            .and("diagonal over width and layers", diagonal / layers)
                            .and("diagonal over width", diagonal);
                });
    }

    private static Experiment atLogarithmicDepth(Gates gates, Sweep sweep) {
        return separated(sweep).measuring(trial -> {
            Sample sample = Data.NEARLY_ORTHOGONAL.draw(trial.size("inputs"), trial.blockRandom("data"));
            return LogarithmicDepth.on(sample).run(gates, trial::random);
        });
    }

    /** Parallel inputs have no finite depth. */
    private static Experiment separated(Sweep sweep) {
        return Experiment.over(sweep)
                .assuming(
                        "separation of the inputs",
                        trial -> Separation.of(Data.NEARLY_ORTHOGONAL
                                        .draw(trial.size("inputs"), trial.blockRandom("data"))
                                        .inputs())
                                .distance(),
                        Interval.atLeast(0.5));
    }

    private static Experiment farDown() {
        return separated(Sweep.over("inputs", List.of(4)).blocks(12, 12)).measuring(trial -> {
            LogarithmicDepth at =
                    LogarithmicDepth.on(Data.NEARLY_ORTHOGONAL.draw(trial.size("inputs"), trial.blockRandom("data")));
            SimpleMatrix inputs = at.sample().inputs();
            try (DenseNetwork network = Setting.architecture(at.sample().dimension(), at.width(), at.layers())
                    .gates(INDEPENDENT)
                    .draw(trial.random("weights"))) {
                double step =
                        1 / Spectrum.of(EmpiricalKernel.of(network, inputs)).largest();
                double[] losses = GradientDescent.withStep(step)
                        .untilRelativeLoss(1e-10)
                        .atMost(1000)
                        .run(network, inputs, at.sample().targets())
                        .losses();
                double first = below(losses, 1e-7) - below(losses, 1e-4);
                double second = below(losses, 1e-10) - below(losses, 1e-7);
                return Measurements.of("steps of the second factor over the first", second / first);
            }
        });
    }

    /** When the loss falls below this fraction of the first one, between two steps by its logarithm. */
    private static double below(double[] losses, double fraction) {
        int step = 1;
        while (losses[step] > fraction * losses[0]) {
            if (++step == losses.length) {
                throw new IllegalStateException("The loss never fell to " + fraction + " of the first one.");
            }
        }
        return step - Math.log(fraction * losses[0] / losses[step]) / Math.log(losses[step - 1] / losses[step]);
    }

    /** Four inputs, the first two replaced by a pair at an angle of 0.01; depth and width are those that the four asked for. */
    private static Experiment closePair() {
        return Experiment.over(Sweep.over("inputs", List.of(4)).blocks(12, 12)).measuring(trial -> {
            Sample sample = Data.NEARLY_ORTHOGONAL.draw(trial.size("inputs"), trial.blockRandom("data"));
            SimpleMatrix inputs = sample.inputs();
            SimpleMatrix pair = Spheres.pairs(2, sample.dimension(), 0.01, trial.blockRandom("pair"));
            inputs.insertIntoThis(0, 0, pair);
            return LogarithmicDepth.on(sample).withInputs(inputs).run(INDEPENDENT, trial::random);
        });
    }

    private static final List<Integer> THREE_DEPTHS = List.of(1, 4, 16);

    private static Experiment depths() {
        return Experiment.over(Sweep.over("width", List.of(256)).blocks(12)).measuring(trial -> {
            SimpleMatrix inputs = Spheres.uniform(20, 10, trial.blockRandom("data"));
            double[] measured = new double[3];
            double[] limit = new double[3];
            int networks = 2;
            for (int k = 0; k < 3; k++) {
                int layers = THREE_DEPTHS.get(k);
                limit[k] = Math.log(
                        Spectrum.of(Setting.limit(INDEPENDENT, inputs, layers)).condition());
                Architecture architecture =
                        Setting.architecture(10, trial.size("width"), layers).gates(INDEPENDENT);
                for (int draw = 0; draw < networks; draw++) {
                    try (DenseNetwork network = architecture.draw(trial.random("weights " + layers + " " + draw))) {
                        measured[k] += Math.log(Spectrum.of(EmpiricalKernel.of(network, inputs))
                                        .condition())
                                / networks;
                    }
                }
            }
            return Measurements.of("least rise on either side", leastRise(measured))
                    .and("least rise in the limit", leastRise(limit))
                    .and("condition number at 1 layer", Math.exp(measured[0]))
                    .and("condition number at 4 layers", Math.exp(measured[1]))
                    .and("condition number at 16 layers", Math.exp(measured[2]));
        });
    }

    /** From logarithms of condition numbers at three depths: the smaller of the outer ones over the middle one. */
    private static double leastRise(double[] logs) {
        return Math.exp(Math.min(logs[0], logs[2]) - logs[1]);
    }
}
