package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.crucis.kernel.AnalyticKernel;
import org.crucis.kernel.EmpiricalKernel;
import org.crucis.network.Activation;
import org.crucis.network.Architecture;
import org.crucis.network.Network;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class KernelCommandTest {

    @TempDir
    private Path folder;

    private Path inputs;

    private record Answer(int exitCode, String out, String err) {}

    @BeforeEach
    void twoInputs() throws IOException {
        inputs = Files.writeString(folder.resolve("inputs.csv"), "0.5,-1.2,0.3\n1.0,0.4,-0.7\n");
    }

    /** Oracle: the reference table, pair B, erf, sw^2 = 2.25, sb^2 = 0.01, three hidden layers. */
    @Test
    void jsonIsOneObjectWithBothKernels() throws IOException {
        Answer answer = kernel(
                "--activation",
                "erf",
                "--depth",
                "3",
                "--weight-variance",
                "2.25",
                "--bias-variance",
                "0.01",
                inputs.toString(),
                "--json");

        JsonNode tree = new ObjectMapper().readTree(answer.out);
        assertThat(answer.exitCode).isZero();
        assertThat(answer.err).isEmpty();
        assertThat(answer.out.strip().lines()).hasSize(1);
        assertThat(tree.fieldNames()).toIterable().containsExactly("nngp", "ntk");
        assertThat(tree.at("/nngp/0/1").asDouble()).isCloseTo(-0.0541244704668058, within(1e-14));
        assertThat(tree.at("/nngp/1/1").asDouble()).isCloseTo(1.1012312698811, within(1e-12));
        assertThat(tree.at("/ntk/0/0").asDouble()).isCloseTo(6.43807985105737, within(1e-12));
        assertThat(tree.at("/ntk/1/0").asDouble()).isCloseTo(-0.272269810763689, within(1e-13));
    }

    /** Oracle: the numbers of the library, to the last bit, after a trip through text. */
    @ParameterizedTest
    @CsvSource({"relu", "ERF", "tanh"})
    void nothingIsLostInPrint(String activation) throws IOException {
        SimpleMatrix points = new SimpleMatrix(new double[][] {{0.5, -1.2, 0.3}, {1.0, 0.4, -0.7}});
        double expected = AnalyticKernel.of(
                        Activation.valueOf(activation.toUpperCase(java.util.Locale.ROOT)), 2, 1.7, 0.1)
                .at(points)
                .ntk()
                .get(0, 1);
        String[] arguments = {
            "--activation=" + activation, "--depth=2", "--weight-variance=1.7", "--bias-variance=0.1", inputs.toString()
        };
        String[] json = {arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], "--json"};

        assertThat(new ObjectMapper().readTree(kernel(json).out).at("/ntk/0/1").asDouble())
                .isEqualTo(expected);
        assertThat(kernel(arguments).out)
                .contains("NNGP kernel", "tangent kernel (NTK)", "," + expected + System.lineSeparator());
    }

    /** Oracle: with one hidden layer the mean over networks is the limit at every width; 3/m relative variance on the diagonal. */
    @Test
    void networksOfFiniteWidthScatterAroundTheLimit() throws IOException {
        Answer answer = kernel("--empirical", "--width", "64", "--seeds", "200", inputs.toString(), "--json");
        JsonNode limit = new ObjectMapper()
                .readTree(kernel(inputs.toString(), "--json").out)
                .at("/ntk");

        JsonNode tree = new ObjectMapper().readTree(answer.out);
        double deviation = tree.at("/standardDeviation/0/0").asDouble();
        double error = tree.at("/standardError/0/0").asDouble();
        assertThat(answer.exitCode).isZero();
        assertThat(error).isCloseTo(deviation / Math.sqrt(200), within(1e-15));
        assertThat(tree.at("/mean/0/0").asDouble()).isCloseTo(limit.at("/0/0").asDouble(), within(5 * error));
        assertThat(tree.at("/mean/0/1").asDouble())
                .isCloseTo(
                        limit.at("/0/1").asDouble(),
                        within(5 * tree.at("/standardError/0/1").asDouble()));
        double relative = deviation / limit.at("/0/0").asDouble();
        assertThat(relative).isBetween(0.7 * Math.sqrt(3.0 / 64), 1.3 * Math.sqrt(3.0 / 64));
    }

    /** Oracle: the textbook formulas on the kernels of the same three networks. */
    @Test
    void meanAndSpreadAreThoseOfTheDrawnNetworks() throws IOException {
        SimpleMatrix points = new SimpleMatrix(new double[][] {{0.5, -1.2, 0.3}, {1.0, 0.4, -0.7}});
        UniformRandomProvider streams = RandomSource.SPLIT_MIX_64.create(5L);
        Architecture architecture =
                Architecture.of(3).hidden(8, 2).activation(Activation.TANH).variances(1.5, 0.2);
        double[] entries = new double[3];
        for (int k = 0; k < 3; k++) {
            try (Network network = architecture.draw(RandomSource.XO_RO_SHI_RO_128_PP.create(streams.nextLong()))) {
                entries[k] = EmpiricalKernel.of(network, points).get(0, 1);
            }
        }
        double mean = (entries[0] + entries[1] + entries[2]) / 3;
        double squares = Arrays.stream(entries)
                .map(entry -> (entry - mean) * (entry - mean))
                .sum();

        JsonNode tree = new ObjectMapper()
                .readTree(kernel(("--empirical --json --seed 5 --seeds 3 --width 8 --depth 2 --activation tanh"
                                        + " --weight-variance 1.5 --bias-variance 0.2 " + inputs)
                                .split(" "))
                        .out);

        assertThat(tree.at("/mean/0/1").asDouble()).isCloseTo(mean, within(1e-14));
        assertThat(tree.at("/standardDeviation/0/1").asDouble()).isCloseTo(Math.sqrt(squares / 2), within(1e-14));
        assertThat(tree.at("/standardError/0/1").asDouble()).isCloseTo(Math.sqrt(squares / 6), within(1e-14));
    }

    @Test
    void sameSeedSameNetworks() throws IOException {
        String[] arguments = {"--empirical", "--width", "16", "--seeds", "3", "--seed", "7", inputs.toString(), "--json"
        };
        String[] others = arguments.clone();
        others[6] = "8";

        assertThat(kernel(arguments).out).isEqualTo(kernel(arguments).out).isNotEqualTo(kernel(others).out);
        assertThat(kernel("--empirical", "--width", "16", "--seeds", "3", inputs.toString()).out)
                .contains("width 16", "seed 1", "standard error of the mean");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--activation swish; There is no activation 'swish': choose one of relu, erf",
                "--depth 0; at least 1, but got 0",
                "--depth -3; at least 1, but got -3",
                "--depth two; is not an int",
                "--weight-variance -1; The weight variance must be a positive number, but got -1.0",
                "--weight-variance NaN; weight variance",
                "--bias-variance=-0.1; bias variance must be 0 or a positive number, but got -0.1",
                "--empirical --width 0 --seeds 5; The width must be at least 1, but got 0",
                "--empirical --width 8 --seeds 1; at least 2 seeds, but got 1",
                "--empirical --width 8; needs --width and --seeds",
                "--width 8; add --empirical or leave it out",
                "--nonsense; Unknown option: '--nonsense'"
            })
    void badOptionsAreRefusedInOneSentence(String options, String message) {
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.add(inputs.toString());

        assertRefused(kernel(arguments.toArray(String[]::new)), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1,2|3; line 2 has 1 number, but line 1 has 2 numbers",
                "1,2|3,NaN; line 2, column 2 is 'NaN'",
                "x,y|1,2; line 1, column 1 is 'x'",
                "''; holds no numbers"
            })
    void badFilesAreRefusedInOneSentence(String content, String message) throws IOException {
        Files.writeString(inputs, content.replace("|", "\n"));

        assertRefused(kernel(inputs.toString(), "--json"), message);
    }

    @Test
    void filesThatCannotBeReadAreRefusedInOneSentence() throws IOException {
        Path binary = Files.write(folder.resolve("binary.csv"), new byte[] {(byte) 0xC3, 0x28, (byte) 0xFF});

        assertRefused(kernel(folder.resolve("absent.csv").toString()), "There is no file");
        assertRefused(kernel(folder.toString()), "is a folder");
        assertRefused(kernel(binary.toString()), "not text in UTF-8");
        assertRefused(kernel(), "Missing required parameter");
    }

    private static void assertRefused(Answer answer, String message) {
        assertThat(answer.exitCode).isEqualTo(2);
        assertThat(answer.out).isEmpty();
        assertThat(answer.err.strip().lines()).hasSize(1).first().asString().contains(message);
    }

    /** With the answer to a mistake that every command gives: the message alone. */
    private static Answer kernel(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new KernelCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .setParameterExceptionHandler((mistake, given) -> {
                    mistake.getCommandLine().getErr().println(mistake.getMessage());
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(arguments);
        return new Answer(exitCode, out.toString(), err.toString());
    }
}
