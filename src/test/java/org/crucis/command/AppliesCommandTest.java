package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.crucis.theorem.Theorem;
import org.crucis.theorem.Theorems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code applies}: every shipped theorem on data whose kernels are known by hand, and what is said to bad data. */
class AppliesCommandTest {

    private static final String DU = "Du et al. 2018, Theorem 4.1";
    private static final String SONG = "Song, Yang 2019, general width";
    private static final String CHERNOFF = "Song, Yang 2019, matrix Chernoff";
    private static final String ZOU_GU = "Zou, Gu 2019, main theorem";
    private static final String ALLEN_ZHU = "Allen-Zhu et al. 2019, main theorem";
    private static final String NOY = "Noy et al. 2021, main theorem";
    private static final String OYMAK = "Oymak, Soltanolkotabi 2019, main theorem";
    private static final String LEE = "Lee et al. 2019, Theorem 2.1";
    private static final String SPECIAL = "Nguyen, Mondelli 2020, Theorem 3.2, special initialisation";
    private static final String USUAL = "Nguyen, Mondelli 2020, Theorem 3.2, LeCun initialisation";

    @TempDir
    private Path folder;

    private Said applies(String text, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("data.csv"), text);
        List<String> arguments = new ArrayList<>(List.of("applies", file.toString()));
        arguments.addAll(Arrays.asList(options));
        if (!arguments.contains("--evidence")) {
            // No run of this machine decides what is expected here.
            arguments.addAll(List.of("--evidence", emptyRun().toString()));
        }
        return Said.by(arguments.toArray());
    }

    private Path emptyRun() throws IOException {
        return Files.createDirectories(folder.resolve("run/evidence")).getParent();
    }

    private JsonNode json(String text, String... options) throws IOException {
        List<String> more = new ArrayList<>(Arrays.asList(options));
        more.add("--json");
        Said said = applies(text, more.toArray(String[]::new));
        assertThat(said.err()).isEmpty();
        assertThat(said.exitCode()).isZero();
        return new ObjectMapper().readTree(said.out());
    }

    private static JsonNode of(String theorem, JsonNode answer) {
        return StreamSupport.stream(answer.get("theorems").spliterator(), false)
                .filter(row -> row.get("theorem").asText().equals(theorem))
                .findFirst()
                .orElseThrow();
    }

    private static double value(JsonNode row, String formula) {
        return row.get(formula).get("value").asDouble();
    }

    private static List<String> failing(JsonNode row) {
        return StreamSupport.stream(row.get("hypotheses").spliterator(), false)
                .filter(each -> each.get("standing").asText().equals("fails"))
                .map(each -> each.get("name").asText())
                .toList();
    }

    private static final String ORTHOGONAL = "1,0,1\n0,1,-1\n";

    @Test
    void everyTheoremIsFoundByItsClassAlone() {
        assertThat(Theorems.shipped().stream().map(Theorem::title))
                .containsExactlyInAnyOrder(DU, SONG, CHERNOFF, ZOU_GU, ALLEN_ZHU, NOY, OYMAK, LEE, SPECIAL, USUAL);
    }

    /**
     * Oracle: by hand. Off the diagonal H^inf = x.x' (pi - theta)/(2 pi) = 0, on it 1/2: lambda_0 = lambda_max = 1/2, n = d = 2.
     */
    @Test
    void twoOrthogonalInputsOnTwoLayers() throws IOException {
        JsonNode answer = json(ORTHOGONAL);
        assertThat(answer.get("separation").get("distance").asDouble()).isEqualTo(Math.sqrt(2), within(1e-15));
        assertThat(answer.get("squaredNorm").asDouble()).isEqualTo(1, within(1e-15));
        JsonNode gram = answer.get("kernels").get(0);
        assertThat(gram.get("kernel").asText()).isEqualTo("H^inf");
        assertThat(gram.get("smallest").asDouble()).isEqualTo(0.5, within(1e-15));
        assertThat(gram.get("largest").asDouble()).isEqualTo(0.5, within(1e-15));
        assertThat(gram.get("condition").asDouble()).isEqualTo(1, within(1e-14));

        JsonNode du = of(DU, answer);
        assertThat(failing(du)).isEmpty();
        assertThat(du.get("applies").asBoolean()).isTrue();
        assertThat(value(du, "width")).isEqualTo(64 * 16, within(1e-9));
        assertThat(value(du, "step")).isEqualTo(0.125, within(1e-15));
        // (1 - 1/32)^t = 1/1000
        assertThat(value(du, "steps")).isEqualTo(217.577, within(1e-3));
        // One step of size 1/lambda_max solves a kernel that is a multiple of the identity.
        assertThat(du.get("linearisedSteps").asInt()).isEqualTo(1);
        assertThat(du.get("impliedConstant").isNull()).isTrue();

        assertThat(value(of(SONG, answer), "width")).isEqualTo(16 * 16, within(1e-9));
        assertThat(value(of(SONG, answer), "steps")).isEqualTo(16 * Math.log(1000), within(1e-9));
        assertThat(value(of(CHERNOFF, answer), "width")).isEqualTo(64 * Math.log(20), within(1e-9));
    }

    /** Oracle: by hand, from phi = sqrt(2), n = d = 2, L = 1 (or 1 trained layer of 2). */
    @Test
    void twoOrthogonalInputsOnTheOtherTheorems() throws IOException {
        JsonNode answer = json(ORTHOGONAL);
        assertThat(value(of(ALLEN_ZHU, answer), "width")).isEqualTo(Math.pow(2, 20), within(1e-6));
        assertThat(value(of(NOY, answer), "width")).isEqualTo(4, within(1e-15));
        // Off the diagonal rho gamma^2 = 0, on it 1/2.
        assertThat(value(of(NOY, answer), "step")).isEqualTo(1, within(1e-14));
        assertThat(value(of(NOY, answer), "steps")).isEqualTo(Math.log(8.0 / 2 * 1000), within(1e-12));
        assertThat(value(of(ZOU_GU, answer), "width")).isEqualTo(64, within(1e-12));
        assertThat(value(of(ZOU_GU, answer), "step")).isEqualTo(0.5, within(1e-15));
        assertThat(failing(of(ZOU_GU, answer)))
                .containsExactly("spread of the last coordinate, which stands for biases");
        assertThat(value(of(OYMAK, answer), "width")).isEqualTo(2, within(1e-15));
        // J J' = x.x' E phi'(u)^2 with phi = erf, u standard normal: 4/(pi sqrt(5)).
        assertThat(value(of(OYMAK, answer), "step")).isEqualTo(Math.PI * Math.sqrt(5) / 4, within(1e-13));
        assertThat(value(of(SPECIAL, answer), "width")).isEqualTo(2, within(1e-15));
        assertThat(value(of(USUAL, answer), "width")).isEqualTo(4, within(1e-15));
        assertThat(of(LEE, answer).get("width").isNull()).isTrue();
    }

    /** Oracle: with one hidden layer the kernel of Zou and Gu is H^inf, on any inputs of length one. */
    @Test
    void theConstantCoordinateServesItsTheorem() throws IOException {
        JsonNode answer = json("3,4,1\n-1,2,-1\n0.5,0.1,2\n", "--inputs", "with-constant");
        assertThat(answer.get("dimension").asInt()).isEqualTo(3);
        assertThat(of(ZOU_GU, answer).get("applies").asBoolean()).isTrue();
        JsonNode kernels = answer.get("kernels");
        JsonNode gram = kernels.get(0);
        JsonNode deep = StreamSupport.stream(kernels.spliterator(), false)
                .filter(each -> each.get("kernel").asText().equals("K/m, ReLU, L = 1"))
                .findFirst()
                .orElseThrow();
        assertThat(deep.get("smallest").asDouble())
                .isEqualTo(gram.get("smallest").asDouble(), within(1e-14));
    }

    /** Oracle: by hand, powers of L = 3 hidden layers, 2 of them trained between fixed ends. */
    @Test
    void depthCountsHiddenLayers() throws IOException {
        JsonNode answer = json(ORTHOGONAL, "--depth", "3");
        assertThat(value(of(NOY, answer), "width")).isEqualTo(8, within(1e-15));
        assertThat(value(of(ZOU_GU, answer), "width")).isEqualTo(64 * Math.pow(3, 12), within(1e-3));
        assertThat(failing(of(DU, answer))).containsExactly("hidden layers");
    }

    @Test
    void anActivationIsHeldAgainstTheTheorem() throws IOException {
        JsonNode tanh = json(ORTHOGONAL, "--activation", "tanh");
        assertThat(failing(of(DU, tanh))).containsExactly("activation");
        assertThat(failing(of(OYMAK, tanh))).isEmpty();
        assertThat(failing(of(SPECIAL, tanh))).containsExactly("activation");
        assertThat(failing(of(LEE, json(ORTHOGONAL, "--activation", "relu")))).containsExactly("activation");
    }

    @Test
    void equalInputsAreNoErrorButBreakTheHypotheses() throws IOException {
        JsonNode answer = json("1,0,1\n1,0,-1\n0,1,1\n");
        JsonNode du = of(DU, answer);
        assertThat(failing(du))
                .containsExactly("separation of the inputs, x and -x being the same", "lambda_min of H^inf");
        assertThat(du.get("width").get("value").isNull()).as("no finite width").isTrue();
        assertThat(du.get("linearisedSteps").isNull())
                .as("two labels for one input are never fitted")
                .isTrue();
        assertThat(applies("1,0,1\n1,0,-1\n0,1,1\n").out()).contains("FAILS", "none", "never");
    }

    @Test
    void anInputAndItsNegativeAreApartForSomeTheoremsOnly() throws IOException {
        JsonNode answer = json("1,0,1\n-1,0,-1\n");
        assertThat(failing(of(DU, answer))).containsExactly("separation of the inputs, x and -x being the same");
        assertThat(failing(of(SPECIAL, answer))).isEmpty();
    }

    @Test
    void lengthsAreMeasuredAndCanBeScaled() throws IOException {
        String longer = "3,4,1\n0,2,-1\n";
        JsonNode given = json(longer);
        assertThat(given.get("longest").asDouble()).isEqualTo(5, within(1e-15));
        assertThat(failing(of(DU, given))).containsExactly("distance of the inputs' lengths from 1");
        assertThat(failing(of(DU, json(longer, "--inputs", "unit-length")))).isEmpty();
        assertThat(applies(longer).out()).contains("--inputs unit-length scales them");
    }

    /** Oracle: one row an eigenvector of H^inf: with targets (1, 1) and (1, -1) in turn both modes are 0 after one step. */
    @Test
    void targetsAreNamedOrCounted() throws IOException {
        String named = "y,\"first\",second,z\n1,1,0,5\n-1,0,1,6\n";
        JsonNode answer = json(named, "--targets", "y,4");
        assertThat(answer.get("targets").get(0).asText()).isEqualTo("y");
        assertThat(answer.get("targets").get(1).asText()).isEqualTo("z");
        assertThat(answer.get("dimension").asInt()).isEqualTo(2);
        assertThat(answer.get("largestTarget").asDouble()).isEqualTo(6);
    }

    /** Oracle: (1 - 1/kappa)^(2t) = 1e-3 along the slowest mode alone; kappa by hand for two inputs at 60 degrees. */
    @Test
    void stepsFollowTheTargetsMode() throws IOException {
        // H^inf off the diagonal: 1/2 (pi - pi/3)/(2 pi) = 1/6. Eigenvalues 1/2 - 1/6 on (1, -1) and 1/2 + 1/6 on (1,
        // 1): kappa 2.
        String half = "1,0,%s\n0.5,0.8660254037844386,%s\n";
        assertThat(of(DU, json(half.formatted("1", "-1")))
                        .get("linearisedSteps")
                        .asInt())
                .isEqualTo((int) Math.ceil(Math.log(1e-3) / Math.log(0.25)));
        assertThat(of(DU, json(half.formatted("1", "1"))).get("linearisedSteps").asInt())
                .isEqualTo(1);
    }

    @Test
    void thePageForPeopleNamesWhereItComesFrom() throws IOException {
        String out = applies(ORTHOGONAL).out();
        assertThat(out)
                .contains("n = 2 inputs, d = 2 coordinates, as-given; target column 3")
                .contains("holds  lambda_min of H^inf: 0.5, must be above 0")
                .contains("open   largest |target|: 1, must be of order one")
                .contains("width n^6 / lambda_0^4 (read in the text)")
                .contains("not measured");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,0,1 | theorems speak of at least two inputs, but there is one",
                "x,y,t | holds no numbers",
                "1,0,1;0,1 | line 2 has 2 numbers, but line 1 has 3",
                "1,0,1;0,NaN,1 | line 2, column 2 is 'NaN'",
                "NaN,NaN,NaN;0,1,1 | line 1, column 1 is 'NaN'",
                "a,b,t;0,x,1 | not counting its line of names: line 1, column 2 is 'x'",
                "a,b;0,1,1 | names 2 columns, but its lines have 3 numbers",
                "1;2 | has one column, but inputs and targets were expected",
                "1,0,0;0,1,0 | all targets are 0",
                "'' | holds no numbers",
            })
    void answersBadDataInOneSentence(String lines, String sentence) throws IOException {
        applies(lines.replace(';', '\n')).isRefused(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--targets w | no column 'w' in",
                "--targets 0 | --targets takes a number from 1 to 3",
                "--targets 1,2,3 | every column of",
                "--depth 0 | the depth counts hidden layers and must be at least 1, got 0",
                "--activation swish | There is no activation 'swish': choose one of relu",
                "--inputs longer | is none of as-given, unit-length, with-constant",
                "--relative-loss 2 | the relative loss to reach must lie between 0 and 1, got 2.0",
                "--evidence nowhere | there is no folder nowhere",
            })
    void answersBadOptionsInOneSentence(String options, String sentence) throws IOException {
        applies(ORTHOGONAL, options.split(" ")).isRefused(sentence);
    }

    /** Or its constant would read as "not measured". */
    @Test
    void damagedEvidenceOfATheoremsConstantIsRefused() throws IOException {
        Path damaged = damaged("noy2021/minimal-width-grows-at-most-quadratically");

        Said said = applies(ORTHOGONAL);

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err().lines()).hasSize(2);
        assertThat(said.err())
                .startsWith("crucis applies: " + damaged + " has no schemaVersion")
                .contains("the evidence of noy2021/minimal-width-grows-at-most-quadratically cannot be used: run the"
                        + " claim again, or name another run with --evidence");
    }

    @Test
    void damagedEvidenceOfWhichNothingIsReadIsNamed() throws IOException {
        Path damaged = damaged("paper/claim");

        Said said = applies(ORTHOGONAL);

        assertThat(said.exitCode()).isZero();
        assertThat(said.out()).isNotEmpty();
        assertThat(said.err()).startsWith("crucis applies: " + damaged).hasLineCount(1);
    }

    private Path damaged(String claim) throws IOException {
        Path file = emptyRun().resolve("evidence").resolve(claim + ".json");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "{}");
    }

    @Test
    void answersAMissingFileInOneSentence() {
        Said.by("applies", "no.csv").isRefused("there is no file no.csv");
    }
}
