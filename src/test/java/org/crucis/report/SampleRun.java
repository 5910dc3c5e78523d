package org.crucis.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.crucis.claim.Basis;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Figure;
import org.crucis.claim.Figure.Axis;
import org.crucis.claim.Figure.Role;
import org.crucis.claim.Figure.Scale;
import org.crucis.claim.Hypothesis;
import org.crucis.claim.Interval;
import org.crucis.claim.Roster;
import org.crucis.claim.Tier;
import org.crucis.claim.Verdict;

/**
 * A made-up run with one claim for every verdict, as the tests of the report need it. Its numbers are drawn from power laws
 * with known exponents; nothing was trained.
 */
final class SampleRun {

    static final List<Double> WIDTHS = List.of(64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0, 4096.0);
    static final String SUPPORTED = "lee2019/kernel-stays-near-initialization";
    static final String REFUTED = "lee2019/relu-drift-is-inverse-width";
    static final String INCONCLUSIVE = "jacot2018/kernel-concentrates";
    static final String NOT_APPLICABLE = "jacot2018/kernel-is-positive-definite";
    static final String VOID = "jacot2018/outputs-become-gaussian";
    static final String LOST = "jacot2018/training-follows-the-linear-flow";

    private SampleRun() {}

    /** Writes the run: six claims on the roster, five with evidence. */
    static EvidenceFolder write(EvidenceFolder folder, Roster.Selection selection) {
        List<Evidence> evidence = evidence();
        folder.write(roster(selection, evidence));
        evidence.forEach(folder::write);
        return folder;
    }

    static Roster roster(Roster.Selection selection, List<Evidence> evidence) {
        List<Roster.ClaimEntry> claims = new ArrayList<>();
        evidence.forEach(found -> claims.add(entry(found)));
        claims.add(new Roster.ClaimEntry(
                LOST,
                "jacot2018",
                "Training follows the linear flow of the kernel",
                "Theorem 2",
                "77ab",
                List.of(
                        new Roster.PredictionEntry("loss", Basis.TEXT, "The loss follows the closed form"),
                        new Roster.PredictionEntry("mean", Basis.DERIVED, "The mean output follows the closed form")),
                ""));
        return new Roster(
                Evidence.SCHEMA_VERSION,
                selection,
                Tier.QUICK,
                1,
                List.of(
                        new Roster.PaperEntry(
                                "jacot2018",
                                "Neural Tangent Kernel: Convergence and Generalization in Neural Networks",
                                "Arthur Jacot, Franck Gabriel, Clément Hongler",
                                2018,
                                "1806.07572",
                                "A network in NTK parametrization has a tangent kernel "
                                        + "$\\Theta(x,x') = \\langle \\nabla f(x), \\nabla f(x')\\rangle$ that becomes "
                                        + "deterministic as the widths grow, and does not move during training."),
                        new Roster.PaperEntry(
                                "lee2019",
                                "Wide Neural Networks of Any Depth Evolve as Linear Models Under Gradient Descent",
                                "Jaehoon Lee, Lechao Xiao, Samuel S. Schoenholz, Yasaman Bahri, Roman Novak, Jascha "
                                        + "Sohl-Dickstein, Jeffrey Pennington",
                                2019,
                                "1902.06720",
                                "Below a critical step size the drift of the kernel is $O(m^{-1/2})$.\n\n"
                                        + "That exponent is an upper bound.")),
                claims,
                new Evidence.Provenance(provenance()));
    }

    static Roster.ClaimEntry entry(Evidence found) {
        return new Roster.ClaimEntry(
                found.claim(),
                found.paper(),
                found.title(),
                found.source(),
                found.plan().digest(),
                found.predictions().stream()
                        .filter(entry -> entry.kind() == Evidence.Kind.PREDICTION)
                        .map(entry -> new Roster.PredictionEntry(entry.id(), entry.basis(), entry.prediction()))
                        .toList(),
                "");
    }

    static List<Evidence> evidence() {
        return List.of(
                claim(
                        NOT_APPLICABLE,
                        "The limiting kernel is positive definite on the sphere",
                        "Proposition 2",
                        "For distinct points on the sphere and a non-polynomial activation, $\\lambda_{\\min}(\\Theta) > 0$.",
                        List.of(
                                new Hypothesis("SPHERE", "separation", 0.12, Interval.atLeast(0.01), true),
                                new Hypothesis("SPHERE", "bias variance", 0, Interval.atLeast(1e-6), false)),
                        List.of(prediction(
                                "smallestEigenvalue",
                                Basis.TEXT,
                                "The smallest eigenvalue of the kernel stays above 0.001",
                                "NOT_APPLICABLE",
                                "a hypothesis fails on this data: bias variance",
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Interval.atLeast(1e-3),
                                List.of(kernel()))),
                        Verdict.NOT_APPLICABLE,
                        ""),
                claim(
                        INCONCLUSIVE,
                        "The kernel concentrates as the width grows",
                        "Theorem 1",
                        "As $m\\to\\infty$, $\\Theta_m \\to \\Theta_\\infty$ in probability. A formula wider than a telephone: "
                                + "$\\Theta_m = a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + b_1 + b_2 + b_3 + b_4 + b_5$.",
                        List.of(new Hypothesis("SPHERE", "step size × λ_max", 0.5, Interval.atMost(2), true)),
                        List.of(
                                prediction(
                                        "spread",
                                        Basis.DERIVED,
                                        "The spread of the kernel over seeds falls like width^(-1/2)",
                                        "INCONCLUSIVE",
                                        "exponent of spread in width: -0.44 [-0.62, -0.26] on widths 512 to 4096, still "
                                                + "drifting",
                                        -0.44,
                                        -0.62,
                                        -0.26,
                                        Interval.around(-0.5, 0.1),
                                        List.of(powerLaw("Spread of the kernel", -0.44, -0.5, 3))),
                                control(
                                        "spread",
                                        "CAUCHY",
                                        Basis.DERIVED,
                                        "UNDECIDED",
                                        -0.1,
                                        -0.45,
                                        0.25,
                                        Interval.around(-0.5, 0.1))),
                        Verdict.INCONCLUSIVE,
                        ""),
                claim(
                        VOID,
                        "Outputs at initialisation become Gaussian",
                        "Proposition 1",
                        "$f_\\theta(x)$ tends in law to $\\mathcal N(0, \\Sigma^{(L)}(x,x))$.",
                        List.of(),
                        List.of(
                                prediction(
                                        "kurtosis",
                                        Basis.ABSTRACT,
                                        "The excess kurtosis times the width is 15",
                                        "VOID",
                                        "the control CAUCHY_WEIGHTS was silent: the check cannot fail",
                                        15.2,
                                        13.1,
                                        17.3,
                                        Interval.around(15, 3),
                                        List.of()),
                                control(
                                        "kurtosis",
                                        "CAUCHY_WEIGHTS",
                                        Basis.ABSTRACT,
                                        "SILENT",
                                        15.9,
                                        13.3,
                                        17.5,
                                        Interval.around(15, 3))),
                        Verdict.VOID,
                        ""),
                claim(
                        SUPPORTED,
                        "The tangent kernel stays near its initial value",
                        "Theorem 2.1",
                        """
                        For a smooth activation and a step size $\\eta < 2/(\\lambda_{\\min}+\\lambda_{\\max})$, with high
                        probability over initialisation
                        $$\\sup_{t\\ge 0} \\frac{\\lVert \\hat\\Theta_t - \\hat\\Theta_0 \\rVert_F}{\\lVert \\hat\\Theta_0 \\rVert_F}
                        = O\\!\\left(m^{-1/2}\\right).$$

                        The bound is not attained when output weights are symmetric.
                        """,
                        List.of(
                                new Hypothesis(
                                        "LAZY", "λ_min of the limiting kernel", 0.0831, Interval.atLeast(0), true),
                                new Hypothesis("LAZY", "step size over its limit", 0.5, new Interval(0, 1), true)),
                        List.of(
                                prediction(
                                        "driftShrinks",
                                        Basis.RECALLED,
                                        "Relative kernel drift shrinks at least like width^(-1/2); in mean-field scaling "
                                                + "it does not",
                                        "SUPPORTED",
                                        "exponent of drift in width: -0.971 [-1.02, -0.92] on widths 512 to 4096; the "
                                                + "claim holds from width 128 on in 90 % of blocks",
                                        -0.971,
                                        -1.02,
                                        -0.92,
                                        Interval.atMost(-0.4),
                                        List.of(
                                                powerLaw("Kernel drift against width", -0.971, -0.5, 1),
                                                localSlopes(),
                                                besideATheorem(),
                                                constants())),
                                control(
                                        "driftShrinks",
                                        "MEAN_FIELD",
                                        Basis.RECALLED,
                                        "FIRED",
                                        -0.012,
                                        -0.08,
                                        0.06,
                                        Interval.atMost(-0.4)),
                                control(
                                        "driftShrinks",
                                        "planted deviation",
                                        Basis.RECALLED,
                                        "FIRED",
                                        -0.171,
                                        -0.22,
                                        -0.12,
                                        Interval.atMost(-0.4)),
                                prediction(
                                        "trueRate",
                                        Basis.DERIVED,
                                        "The true rate is 1/width",
                                        "SUPPORTED",
                                        "exponent of drift in width: -0.971 [-1.02, -0.92] on widths 512 to 4096",
                                        -0.971,
                                        -1.02,
                                        -0.92,
                                        Interval.around(-1, 0.2),
                                        List.of(features(), weights())),
                                control(
                                        "trueRate",
                                        "POSITIVE_OUTPUT_WEIGHTS",
                                        Basis.DERIVED,
                                        "FIRED",
                                        -0.515,
                                        -0.56,
                                        -0.47,
                                        Interval.around(-1, 0.2)),
                                prediction(
                                        "constant",
                                        Basis.PILOT,
                                        "The constant lies between 0.7 and 1.1",
                                        "REFUTED",
                                        "constant: 1.31 [1.22, 1.4]",
                                        1.31,
                                        1.22,
                                        1.4,
                                        new Interval(0.7, 1.1),
                                        List.of())),
                        Verdict.SUPPORTED,
                        ""),
                claim(
                        REFUTED,
                        "ReLU networks drift like 1/width <script>alert(1)</script>",
                        "Section 4 & \"Figure 3\"",
                        "With the drift $\\frac{1}{m}$ and a formula that is not one: $\\frac{1$.",
                        List.of(),
                        List.of(
                                prediction(
                                        "drift",
                                        Basis.DERIVED,
                                        "Kernel drift of ReLU networks shrinks like 1/width",
                                        "REFUTED",
                                        "exponent of drift in width: -0.49 [-0.55, -0.43] on widths 512 to 4096",
                                        -0.49,
                                        -0.55,
                                        -0.43,
                                        Interval.around(-1, 0.2),
                                        List.of(powerLaw("ReLU drift", -0.49, -1, 2))),
                                control(
                                        "drift",
                                        "planted deviation",
                                        Basis.DERIVED,
                                        "FIRED",
                                        -0.1,
                                        -0.16,
                                        -0.04,
                                        Interval.around(-1, 0.2))),
                        Verdict.REFUTED,
                        ""));
    }

    static Evidence claim(
            String id,
            String title,
            String source,
            String statement,
            List<Hypothesis> hypotheses,
            List<Evidence.Entry> entries,
            Verdict verdict,
            String problem) {
        return EvidenceFolder.sealed(new Evidence(
                Evidence.SCHEMA_VERSION,
                id.substring(0, id.indexOf('/')),
                id,
                title,
                source,
                statement,
                "m = width, Theta_t = kernel after t steps <b>.",
                Tier.QUICK,
                hypotheses,
                new Evidence.Plan(
                        List.of(new Evidence.ExperimentPlan(
                                "LAZY",
                                List.of(
                                        new Evidence.AxisPlan(
                                                "width", List.of("64", "128", "256", "512", "1024", "2048", "4096")),
                                        new Evidence.AxisPlan("activation", List.of("tanh", "erf"))),
                                12,
                                List.of(new Evidence.RequirementPlan("relative loss", Interval.atMost(1e-3))))),
                        List.of("exponent of drift in width at most -0.5 (margin 0.1)"),
                        "0b5cad" + Integer.toHexString(id.hashCode()),
                        1,
                        ""),
                entries,
                verdict,
                problem,
                "",
                new Evidence.Cost(252, 0, 41.25, 80.5, 512),
                new Evidence.Provenance(provenance())));
    }

    private static Map<String, String> provenance() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("crucis", "0.1.0");
        facts.put("dl4j", "1.0.0-M2.1");
        facts.put("java", "17.0.9");
        facts.put("cpu", "x86-64");
        facts.put("cores", "2");
        facts.put("started", "2026-01-02T03:04:05Z");
        return facts;
    }

    static Evidence.Entry prediction(
            String id,
            Basis basis,
            String prediction,
            String verdict,
            String sentence,
            double estimate,
            double lower,
            double upper,
            Interval bound,
            List<Figure> figures) {
        return new Evidence.Entry(
                id,
                Evidence.Kind.PREDICTION,
                id,
                "LAZY",
                basis,
                prediction,
                "exponent of drift in width at most -0.5 (margin 0.1)",
                sentence,
                verdict,
                estimate,
                lower,
                upper,
                bound,
                "exponent",
                null,
                null,
                24,
                figures,
                new Evidence.Data(
                        List.of("block", "width", "activation", "drift"),
                        List.of(List.of(0.0, 64.0, "tanh", 0.0123), Arrays.asList(0.0, 128.0, "tanh, \"soft\"", null))),
                List.of());
    }

    static Evidence.Entry control(
            String of,
            String experiment,
            Basis basis,
            String verdict,
            double estimate,
            double lower,
            double upper,
            Interval bound) {
        return new Evidence.Entry(
                of + "/" + experiment,
                Evidence.Kind.CONTROL,
                of,
                experiment.equals("planted deviation") ? "LAZY" : experiment,
                basis,
                "",
                "exponent of drift in width",
                "exponent of drift in width: " + estimate + " on widths 512 to 4096",
                verdict,
                estimate,
                lower,
                upper,
                bound,
                "exponent",
                null,
                null,
                24,
                List.of(),
                new Evidence.Data(List.of("block", "width", "drift"), List.of(List.of(0.0, 64.0, 0.5))),
                List.of());
    }

    private static Figure powerLaw(String title, double exponent, double claimed, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Double> ys = new ArrayList<>();
        List<Double> lowers = new ArrayList<>();
        List<Double> uppers = new ArrayList<>();
        List<Double> flat = new ArrayList<>();
        List<Double> flatLow = new ArrayList<>();
        List<Double> flatHigh = new ArrayList<>();
        for (double width : WIDTHS) {
            double y = 0.8 * Math.pow(width / 64, exponent) * Math.exp(0.1 * (random.nextDouble() - 0.5));
            ys.add(y);
            lowers.add(y * 0.85);
            uppers.add(y / 0.85);
            double control = 0.6 * Math.pow(width / 64, -0.02) * Math.exp(0.1 * (random.nextDouble() - 0.5));
            flat.add(control);
            flatLow.add(control * 0.9);
            flatHigh.add(control / 0.9);
        }
        double scale = 0.8 * Math.pow(8, exponent);
        List<Double> half = List.of(512.0, 4096.0);
        return new Figure.Chart(
                title,
                "Points are means over blocks with 95 % intervals. Parallel to the dashed line is what the theorem says.",
                new Axis("width", Scale.LOG),
                new Axis("relative kernel drift", Scale.LOG),
                List.of(
                        new Figure.Band(
                                "fit, 99 %",
                                Role.FITTED,
                                half,
                                half.stream()
                                        .map(m -> scale * Math.pow(m / 512, exponent - 0.05) * 0.93)
                                        .toList(),
                                half.stream()
                                        .map(m -> scale * Math.pow(m / 512, exponent + 0.05) * 1.07)
                                        .toList()),
                        new Figure.Line(
                                "fit, slope " + exponent,
                                Role.FITTED,
                                half,
                                half.stream()
                                        .map(m -> scale * Math.pow(m / 512, exponent))
                                        .toList()),
                        new Figure.Line(
                                "slope " + claimed,
                                Role.CLAIMED,
                                List.of(64.0, 4096.0),
                                List.of(0.8, 0.8 * Math.pow(64, claimed))),
                        new Figure.Points("MEAN_FIELD", Role.CONTROL, WIDTHS, flatLow, flat, flatHigh),
                        new Figure.Points("LAZY", Role.MEASURED, WIDTHS, lowers, ys, uppers)));
    }

    private static Figure localSlopes() {
        List<Double> middles = List.of(91.0, 181.0, 362.0, 724.0, 1448.0, 2896.0);
        return new Figure.Chart(
                "Local slopes",
                "Slope between neighbouring widths. Settled when the points lie on one level inside the region.",
                new Axis("width", Scale.LOG),
                new Axis("local slope of the drift", Scale.LINEAR),
                List.of(
                        new Figure.Band(
                                "accepted",
                                Role.REGION,
                                List.of(64.0, 4096.0),
                                Arrays.asList(null, null),
                                List.of(-0.4, -0.4)),
                        new Figure.Points(
                                "MEAN_FIELD",
                                Role.CONTROL,
                                middles,
                                List.of(-0.2, -0.15, -0.1, -0.2, -0.1, -0.1),
                                List.of(-0.1, -0.05, 0.0, -0.08, 0.01, -0.01),
                                List.of(0.0, 0.05, 0.1, 0.04, 0.12, 0.08)),
                        new Figure.Points(
                                "LAZY",
                                Role.MEASURED,
                                middles,
                                List.of(-1.2, -1.1, -1.05, -1.08, -1.02, -1.04),
                                List.of(-1.05, -1.0, -0.97, -1.0, -0.96, -0.98),
                                List.of(-0.9, -0.9, -0.89, -0.92, -0.9, -0.92))));
    }

    /** What it holds must stay text, and a number in front of an interval a number. */
    private static Figure besideATheorem() {
        List<Double> inputs = List.of(4.0, 8.0);
        return new Figure.Chart(
                "minimal width beside what is sufficient",
                "",
                new Figure.Axis("inputs", Figure.Scale.LOG),
                new Figure.Axis("minimal width", Figure.Scale.LOG),
                List.of(
                        new Figure.Points(
                                "LAZY",
                                Figure.Role.MEASURED,
                                inputs,
                                List.of(4.0, 7.0),
                                List.of(5.0, 9.0),
                                List.of(6.0, 11.0)),
                        new Figure.Line("n^2 <of & by>", Figure.Role.CLAIMED, inputs, List.of(16.0, 64.0))));
    }

    private static Figure constants() {
        return new Figure.Table(
                "Drift & its bound, width by width",
                "One row a width; the constant is the drift over \"m^-1/2\".",
                List.of("width", "activation", "drift", "drift over m^-1/2 <i>"),
                List.of(
                        List.of("64", "tanh", "0.8 [0.7, 0.9]", "6.4"),
                        List.of("4096", "erf <b>", "0.0125 [0.011, 0.014]", "–")));
    }

    private static Figure kernel() {
        int size = 32;
        List<List<Double>> cells = IntStream.range(0, size)
                .mapToObj(i -> IntStream.range(0, size)
                        .mapToObj(j -> {
                            double cosine = Math.cos(2 * Math.PI * (i - j) / size);
                            double angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
                            return (Math.sin(angle) + 2 * (Math.PI - angle) * cosine) / Math.PI;
                        })
                        .toList())
                .toList();
        return new Figure.Heat(
                "The analytic tangent kernel",
                "Points on the circle, in order of their angle.",
                "input",
                "input",
                cells);
    }

    /** A name that must stay text, and clouds of two widths on the same axes. */
    private static Figure features() {
        SplittableRandom random = new SplittableRandom(3);
        List<Figure.Panel> panels = new ArrayList<>();
        for (int width : new int[] {16, 64}) {
            List<Figure.Cloud> clouds = new ArrayList<>();
            for (Role role : List.of(Role.START, Role.MEASURED)) {
                double centre = role == Role.START ? 0 : 1.5;
                clouds.add(new Figure.Cloud(
                        role == Role.START ? "at the start" : "after <i>training</i>",
                        role,
                        random.doubles(width, -3, 3).boxed().toList(),
                        random.doubles(width, centre - 0.4, centre + 0.4)
                                .boxed()
                                .toList()));
            }
            panels.add(new Figure.Panel("width " + width, clouds));
        }
        return new Figure.Clouds(
                "Features before and after training",
                "Every neuron is a point; both panels have the same axes.",
                new Axis("angle", Scale.LINEAR),
                new Axis("output weight", Scale.LINEAR),
                panels);
    }

    private static Figure weights() {
        List<Figure.Tile> tiles = IntStream.rangeClosed(1, 4)
                .mapToObj(neuron -> new Figure.Tile(
                        "neuron " + neuron,
                        IntStream.range(0, 8)
                                .mapToObj(i -> IntStream.range(0, 8)
                                        .mapToObj(j -> Math.sin((i * neuron + 2 * j) / 3.0) / neuron)
                                        .toList())
                                .toList()))
                .toList();
        return new Figure.Tiles(
                "Weights of the first layer",
                "Middle grey is 0, dark is negative, light positive.",
                List.of(new Figure.TileRow("after training", tiles)));
    }
}
