package org.crucis.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.data.CsvMatrix;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.kernel.Kernels;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.crucis.network.Parametrization;
import org.ejml.simple.SimpleMatrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The kernels of the user's own inputs: of infinitely wide networks, or sampled from finite ones at initialisation. */
@Command(
        name = "kernel",
        description =
                "Prints the NNGP kernel and the tangent kernel (NTK) of infinitely wide networks on your inputs, or with"
                        + " --empirical the mean and spread of the tangent kernel of networks of finite width at initialisation.",
        footer =
                "NTK parametrization: every layer divides by the square root of its number of inputs; all layers are trained.",
        mixinStandardHelpOptions = true)
final class KernelCommand implements Runnable {

    /** Fewer networks have no spread. */
    private static final int FEWEST_SEEDS = 2;

    /** Far beyond any network; more would exhaust the memory before it says so. */
    private static final int MOST_LAYERS = 10_000;

    @Parameters(
            paramLabel = "INPUTS.csv",
            description = "One input a line, its coordinates separated by commas, no header.")
    private Path file;

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            defaultValue = "relu",
            converter = ActivationConverter.class,
            description = "relu, erf, linear, tanh, sigmoid, softplus or gelu; ${DEFAULT-VALUE} by default.")
    private Activation activation;

    @Option(
            names = "--depth",
            paramLabel = "L",
            defaultValue = "1",
            description = "Number of hidden layers; ${DEFAULT-VALUE} by default.")
    private int depth;

    @Option(
            names = "--weight-variance",
            paramLabel = "V",
            defaultValue = "2",
            description = "sw^2, of every layer; ${DEFAULT-VALUE} by default.")
    private double weightVariance;

    @Option(
            names = "--bias-variance",
            paramLabel = "B",
            defaultValue = "0",
            description = "sb^2; ${DEFAULT-VALUE} by default, for networks without biases.")
    private double biasVariance;

    @Option(names = "--empirical", description = "Draw DL4J networks of finite width instead.")
    private boolean empirical;

    @Option(names = "--width", paramLabel = "M", description = "With --empirical: neurons in each hidden layer.")
    private Integer width;

    @Option(names = "--seeds", paramLabel = "S", description = "With --empirical: number of networks, at least 2.")
    private Integer seeds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "With --empirical: where the random draws start; 1 by default.")
    private Long seed;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (!empirical) {
            refuseWithoutEmpirical("--width", width);
            refuseWithoutEmpirical("--seeds", seeds);
            refuseWithoutEmpirical("--seed", seed);
        }
        try {
            if (depth > MOST_LAYERS) {
                throw refusal("the depth is " + depth + "; at most " + MOST_LAYERS + " hidden layers can be computed");
            }
            AnalyticKernel limit = AnalyticKernel.of(activation, depth, weightVariance, biasVariance);
            print(empirical ? sampled() : analytic(limit));
        } catch (IllegalArgumentException e) {
            throw refusal(e.getMessage());
        }
    }

    private Map<String, Object> analytic(AnalyticKernel kernel) {
        Kernels kernels = kernel.at(inputs());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("nngp", kernels.nngp().toArray2());
        result.put("ntk", kernels.ntk().toArray2());
        return result;
    }

    private Map<String, Object> sampled() {
        if (width == null || seeds == null) {
            throw refusal("--empirical needs --width and --seeds: say how wide the networks are and how many to draw.");
        }
        if (width < 1) {
            throw refusal("The width must be at least 1, but got " + width
                    + ": give the number of neurons in a hidden layer.");
        }
        if (seeds < FEWEST_SEEDS) {
            throw refusal(
                    "The spread needs at least " + FEWEST_SEEDS + " seeds, but got " + seeds + ": draw more networks.");
        }
        long start = seed == null ? 1 : seed;
        SimpleMatrix inputs = inputs();
        Architecture architecture = Architecture.of(inputs.getNumCols())
                .hidden(width, depth)
                .activation(activation)
                .variances(weightVariance, biasVariance)
                .parametrization(Parametrization.ntk());
        Spread spread = spread(architecture, inputs, RandomSource.SPLIT_MIX_64.create(start));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("width", width);
        result.put("seeds", seeds);
        result.put("seed", start);
        result.put("mean", spread.mean().toArray2());
        result.put("standardDeviation", spread.deviation().toArray2());
        result.put("standardError", spread.deviation().divide(Math.sqrt(seeds)).toArray2());
        return result;
    }

    private record Spread(SimpleMatrix mean, SimpleMatrix deviation) {}

    /** Mean and sample deviation of every entry, by Welford's update: no difference of large sums. */
    private Spread spread(Architecture architecture, SimpleMatrix inputs, UniformRandomProvider streams) {
        int n = inputs.getNumRows();
        SimpleMatrix mean = new SimpleMatrix(n, n);
        SimpleMatrix squares = new SimpleMatrix(n, n);
        for (int k = 1; k <= seeds; k++) {
            try (Network network = architecture.draw(RandomSource.XO_RO_SHI_RO_128_PP.create(streams.nextLong()))) {
                SimpleMatrix deviation = EmpiricalKernel.of(network, inputs).minus(mean);
                mean = mean.plus(deviation.divide(k));
                squares = squares.plus(deviation.elementMult(deviation).scale((k - 1.0) / k));
            }
        }
        return new Spread(mean, squares.divide(seeds - 1).elementPower(0.5));
    }

    private SimpleMatrix inputs() {
        if (Files.isDirectory(file)) {
            throw refusal(file + " is a folder, but a CSV file was expected: name the file with the inputs.");
        }
        try {
            return CsvMatrix.read(file);
        } catch (NoSuchFileException e) {
            throw refusal("There is no file " + file + ": name a CSV file with one input a line.");
        } catch (CharacterCodingException e) {
            throw refusal(file + " is not text in UTF-8, but a CSV file was expected: name the file with the inputs.");
        } catch (IOException e) {
            throw refusal(file + " cannot be read (" + e.getMessage() + "): check its permissions.");
        }
    }

    private void print(Map<String, Object> result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            try {
                out.println(new ObjectMapper().writeValueAsString(result));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("Numbers could not be written as JSON.", e);
            }
        } else {
            out.println(activation.name().toLowerCase(Locale.ROOT) + ", depth " + depth + ", weight variance "
                    + weightVariance + ", bias variance " + biasVariance);
            result.forEach((name, value) -> out.println(
                    value instanceof double[][] matrix
                            ? title(name) + System.lineSeparator() + lines(matrix)
                            : title(name) + " " + value));
        }
        out.flush();
    }

    private static String title(String name) {
        return switch (name) {
            case "nngp" -> "NNGP kernel (covariance of the outputs at initialisation)";
            case "ntk" -> "tangent kernel (NTK)";
            case "mean" -> "mean of the tangent kernel over the seeds";
            case "standardDeviation" -> "standard deviation of one network";
            case "standardError" -> "standard error of the mean";
            default -> name;
        };
    }

    private static String lines(double[][] matrix) {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        for (double[] row : matrix) {
            lines.add(Arrays.stream(row).mapToObj(Double::toString).collect(Collectors.joining(",")));
        }
        return lines.toString();
    }

    private void refuseWithoutEmpirical(String option, Object value) {
        if (value != null) {
            throw refusal(option + " says how to draw networks of finite width: add --empirical or leave it out.");
        }
    }

    /** One sentence on standard error and exit code 2. */
    private ParameterException refusal(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
