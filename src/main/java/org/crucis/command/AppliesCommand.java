package org.crucis.command;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.crucis.claim.Basis;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Numbers;
import org.crucis.data.Sample;
import org.crucis.data.Separation;
import org.crucis.network.Activation;
import org.crucis.theorem.Formula;
import org.crucis.theorem.Hypothesis;
import org.crucis.theorem.ImpliedConstant;
import org.crucis.theorem.Kernel;
import org.crucis.theorem.Problem;
import org.crucis.theorem.Terms;
import org.crucis.theorem.Theorem;
import org.crucis.theorem.Theorems;
import org.ejml.simple.SimpleMatrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Which theorems speak of the user's own data, and what they promise for them. Trains nothing. */
@Command(
        name = "applies",
        description =
                "Tells which theorems hold on your data: their hypotheses as measured, sufficient widths, steps and times.",
        footer =
                "Constants that a theorem leaves unnamed are 1, and so are logarithms and failure probabilities. The implied"
                        + " constant is the needed width over the theorem's, as a run measured it. Cost: n^3 for n inputs, some"
                        + " seconds for 1000.",
        mixinStandardHelpOptions = true)
final class AppliesCommand implements Runnable {

    /** What is done to the inputs before anything is measured. */
    private enum Preparation {
        AS_GIVEN {
            @Override
            SimpleMatrix of(SimpleMatrix inputs) {
                return inputs;
            }
        },
        UNIT_LENGTH {
            @Override
            SimpleMatrix of(SimpleMatrix inputs) {
                return new Sample(inputs, new SimpleMatrix(inputs.getNumRows(), 1), "the inputs")
                        .onUnitSphere()
                        .inputs();
            }
        },
        /** Length one, half of it in a last coordinate that stands for biases. */
        WITH_CONSTANT {
            @Override
            SimpleMatrix of(SimpleMatrix inputs) {
                return UNIT_LENGTH
                        .of(inputs)
                        .scale(Math.sqrt(0.75))
                        .concatColumns(SimpleMatrix.filled(inputs.getNumRows(), 1, 0.5));
            }
        };

        abstract SimpleMatrix of(SimpleMatrix inputs);

        /** The word of the command line and of JSON. */
        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final class PreparationConverter implements ITypeConverter<Preparation> {
        @Override
        public Preparation convert(String word) {
            return Arrays.stream(Preparation.values())
                    .filter(each -> each.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + word + "' is none of "
                            + Arrays.stream(Preparation.values())
                                    .map(Preparation::word)
                                    .collect(Collectors.joining(", "))));
        }
    }

    @Parameters(
            paramLabel = "DATA.csv",
            description =
                    "One example a line: the input's coordinates and, last, the target; a first line of names is allowed.")
    private Path file;

    @Option(
            names = "--targets",
            paramLabel = "COLUMN",
            split = ",",
            description = "Target columns, by name or by number from 1; the last column by default.")
    private List<String> targets = List.of();

    @Option(
            names = "--inputs",
            paramLabel = "HOW",
            defaultValue = "as-given",
            converter = PreparationConverter.class,
            description =
                    "as-given (the default), unit-length, or with-constant: length one, half of it in a constant last"
                            + " coordinate that stands for biases.")
    private Preparation preparation;

    @Option(names = "--depth", paramLabel = "L", description = "Hidden layers; each theorem's fewest by default.")
    private Integer depth;

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            converter = ActivationConverter.class,
            description = "relu, erf, linear, tanh, sigmoid, softplus or gelu; each theorem's own by default.")
    private Activation activation;

    @Option(
            names = "--relative-loss",
            paramLabel = "EPS",
            defaultValue = "1e-3",
            description = "Loss over initial loss to which steps are counted; ${DEFAULT-VALUE} by default.")
    private double relativeLoss;

    @Option(
            names = "--evidence",
            paramLabel = "DIR",
            description =
                    "The run from which implied constants are read; ./reports/latest by default, where there is one.")
    private Path evidence;

    @Option(names = "--json", description = "Print one JSON object instead of tables.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** A kernel's extreme eigenvalues. */
    private record Eigenvalues(String kernel, double smallest, double largest, double condition) {}

    /** What one theorem says. */
    private record Row(
            String theorem,
            String setting,
            boolean applies,
            List<Hypothesis> hypotheses,
            Formula width,
            ImpliedConstant impliedConstant,
            Double widthWithImpliedConstant,
            Formula step,
            Formula steps,
            String kernel,
            Long linearisedSteps) {}

    /** The whole answer. */
    private record Answer(
            String file,
            Preparation prepared,
            int inputs,
            int dimension,
            List<String> targets,
            double shortest,
            double longest,
            Separation separation,
            double squaredNorm,
            double largestTarget,
            double relativeLoss,
            String evidence,
            List<Eigenvalues> kernels,
            List<Row> theorems) {}

    @Override
    public void run() {
        DataFile data = DataFile.read(file, targets);
        Optional<Path> run = run(evidence);
        EvidenceFolder.Contents measured = run.map(folder -> new EvidenceFolder(folder).readEvidence())
                .orElseGet(() -> new EvidenceFolder.Contents(Optional.empty(), List.of(), List.of()));
        measured.problems().forEach(problem -> spec.commandLine().getErr().println("crucis applies: " + problem));
        Answer answer;
        try {
            Problem problem = new Problem(
                    preparation.of(data.inputs()),
                    data.targets(),
                    new Problem.Network(
                            depth == null ? OptionalInt.empty() : OptionalInt.of(depth),
                            Optional.ofNullable(activation)),
                    relativeLoss);
            List<Row> rows = Theorems.shipped().stream()
                    .map(theorem -> row(theorem, theorem.on(problem), measured))
                    .toList();
            answer = answer(problem, data, run, rows);
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(EvidenceFolder.pretty(answer));
        } else {
            print(answer, out);
        }
        out.flush();
    }

    /** The run that was named, or the latest where there is one. */
    private static Optional<Path> run(Path named) {
        if (named != null) {
            return Optional.of(ReportCommand.checked(named));
        }
        return ReportsOption.latestIn(ReportsOption.byDefault());
    }

    private static Row row(Theorem theorem, Terms terms, EvidenceFolder.Contents measured) {
        // Or it would read as "not measured".
        terms.measured().ifPresent(where -> Refusal.ifDamaged(measured, where.claim()));
        Optional<ImpliedConstant> constant = terms.impliedConstant(measured.evidence());
        return new Row(
                theorem.title(),
                theorem.setting(),
                terms.apply(),
                terms.hypotheses(),
                terms.width().orElse(null),
                constant.orElse(null),
                constant.flatMap(each -> terms.width().map(width -> each.nearest() * width.value()))
                        .orElse(null),
                terms.step().orElse(null),
                terms.steps().orElse(null),
                terms.kernel().map(Kernel::name).orElse(null),
                terms.linearisedSteps().isPresent() ? terms.linearisedSteps().getAsLong() : null);
    }

    private Answer answer(Problem problem, DataFile data, Optional<Path> run, List<Row> rows) {
        return new Answer(
                file.toString(),
                preparation,
                problem.n(),
                problem.d(),
                data.targetNames(),
                problem.shortest(),
                problem.longest(),
                problem.separation(),
                problem.squaredNorm(),
                problem.largestTarget(),
                problem.relativeLoss(),
                run.map(Path::toString).orElse(null),
                problem.kernels().stream()
                        .map(each -> new Eigenvalues(each.name(), each.smallest(), each.largest(), each.condition()))
                        .toList(),
                rows);
    }

    // ---- for people ----------------------------------------------------------------------------------------------

    private static void print(Answer answer, PrintWriter out) {
        out.println(answer.file() + ": n = " + answer.inputs() + " inputs, d = " + answer.dimension()
                + " coordinates, " + answer.prepared().word() + "; target column "
                + String.join(", ", answer.targets()));
        out.println("lengths " + Numbers.show(answer.shortest()) + " to " + Numbers.show(answer.longest())
                + ", separation " + Numbers.show(answer.separation().distance()) + " (inputs "
                + (answer.separation().first() + 1) + " and "
                + (answer.separation().second() + 1)
                + "; x and -x are the same), |X|^2 = " + Numbers.show(answer.squaredNorm()) + ", largest |target| "
                + Numbers.show(answer.largestTarget()));
        if (answer.prepared() == Preparation.AS_GIVEN
                && Math.max(Math.abs(answer.shortest() - 1), Math.abs(answer.longest() - 1)) > 1e-5) {
            out.println("Most theorems ask for inputs of length one: --inputs unit-length scales them.");
        }
        out.println();
        RowPrinter kernels = new RowPrinter.Aligned(out);
        kernels.columns(List.of("limiting kernel", "lambda_min", "lambda_max", "condition number"));
        answer.kernels()
                .forEach(each -> kernels.row(List.of(
                        each.kernel(),
                        Numbers.show(each.smallest()),
                        Numbers.show(each.largest()),
                        Numbers.show(each.condition()))));
        kernels.end();
        out.println();
        RowPrinter table = new RowPrinter.Aligned(out);
        String level = " to " + Numbers.show(answer.relativeLoss());
        table.columns(List.of(
                "theorem",
                "applies",
                "width (constant 1)",
                "width (implied constant)",
                "step limit",
                "steps" + level,
                "steps of its kernel"));
        answer.theorems()
                .forEach(row -> table.row(List.of(
                        row.theorem(),
                        row.applies() ? "yes" : "no",
                        counted(row.width()),
                        widthInPractice(row),
                        shown(row.step()),
                        counted(row.steps()),
                        row.linearisedSteps() != null
                                ? Numbers.show(row.linearisedSteps())
                                : row.kernel() == null ? "-" : "never")));
        table.end();
        out.println();
        out.println("Implied constants: "
                + (answer.evidence() == null
                        ? "not measured, for there is no run in reports/latest; name one with --evidence"
                        : "from " + answer.evidence()
                                + ", where the theorem's width was most like yours; (beyond): yours is larger or smaller than"
                                + " all of them"));
        out.println("Steps of its kernel: linearised training from outputs 0 towards your targets, step 1/lambda_max");
        answer.theorems().forEach(row -> printDetails(row, out));
    }

    private static String shown(Formula formula) {
        if (formula == null) {
            return "-";
        }
        // A step of 0 is none.
        return formula.value() == 0
                ? "none"
                : finite(formula.value()) + (formula.text().endsWith("over m") ? "/m" : "");
    }

    private static String counted(Formula formula) {
        return formula == null ? "-" : finite(Math.ceil(formula.value()));
    }

    private static String finite(double value) {
        return Double.isFinite(value) ? Numbers.show(value) : "none";
    }

    private static String widthInPractice(Row row) {
        if (row.width() == null) {
            return "-";
        }
        return row.widthWithImpliedConstant() == null
                ? "not measured"
                : finite(Math.ceil(row.widthWithImpliedConstant()))
                        + (row.impliedConstant().isBeyond(row.width().value()) ? " (beyond)" : "");
    }

    private static void printDetails(Row row, PrintWriter out) {
        out.println();
        out.println(row.theorem() + ": " + row.setting());
        row.hypotheses()
                .forEach(each -> out.println("  "
                        + switch (each.standing()) {
                            case HOLDS -> "holds  ";
                            case FAILS -> "FAILS  ";
                            case OPEN -> "open   ";
                        }
                        + each.name() + ": "
                        + (each.measured() instanceof Double number ? Numbers.show(number) : each.measured())
                        + ", must be " + each.required()));
        printFormula("width", row.width(), out);
        if (row.impliedConstant() != null) {
            ImpliedConstant constant = row.impliedConstant();
            out.println("  implied constant " + Numbers.show(constant.nearest()) + "; "
                    + Numbers.show(constant.smallest()) + " to " + Numbers.show(constant.largest()) + " in "
                    + constant.searches() + " searches of " + constant.claim()
                    + (Double.isNaN(constant.lowestBound())
                            ? ""
                            : " at widths of " + Numbers.show(constant.lowestBound()) + " to "
                                    + Numbers.show(constant.highestBound()))
                    + (constant.unfound() == 0 ? "" : "; in " + constant.unfound() + " more no width sufficed"));
        }
        printFormula("step", row.step(), out);
        printFormula("steps", row.steps(), out);
    }

    private static void printFormula(String what, Formula formula, PrintWriter out) {
        if (formula != null) {
            out.println("  " + what + " " + formula.text() + " (" + basis(formula.basis()) + ")");
        }
    }

    private static String basis(Basis basis) {
        return switch (basis) {
            case TEXT -> "read in the text";
            case ABSTRACT -> "read in the abstract";
            case RECALLED -> "recalled";
            case DERIVED -> "derived here";
            case PILOT -> "set after a pilot";
        };
    }
}
