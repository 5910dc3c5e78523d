package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Observation;
import org.crucis.claim.Point;
import org.crucis.claim.Tier;
import org.crucis.junit.Catalogue;
import org.crucis.lab.Engine;
import org.crucis.lab.NumericEnvironment;
import org.crucis.lab.Seeds;
import org.crucis.lab.TrialJson;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;
import org.crucis.lab.TrialTask;
import org.crucis.ledger.CodeFingerprint;
import org.crucis.ledger.Ledger;
import org.crucis.ledger.RememberingEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LedgerCommandTest {

    private static final String REPORTS = "crucis.reports";
    private static final NumericEnvironment ELSEWHERE = new NumericEnvironment(Map.of("java", "1.4"));

    private final String before = System.getProperty(REPORTS);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path reports;

    @BeforeEach
    void point() {
        System.setProperty(REPORTS, reports.toString());
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(REPORTS);
        } else {
            System.setProperty(REPORTS, before);
        }
    }

    private Path file() {
        return reports.resolve("ledger.db");
    }

    private int ledger(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] words = new String[arguments.length + 1];
        words[0] = "ledger";
        for (int k = 0; k < arguments.length; k++) {
            words[k + 1] = arguments[k].toString();
        }
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    private void succeeds(Object... arguments) {
        assertThat(ledger(arguments)).as(err::toString).isZero();
        assertThat(err.toString()).isEmpty();
    }

    private void refused(String sentence, Object... arguments) {
        assertThat(ledger(arguments)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains(sentence).endsWith("\n");
        assertThat(err.toString().lines()).hasSize(1);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    // ---- samples -------------------------------------------------------------------------------------------------

    /** Gives what it is told to give. */
    private record Told(List<TrialResult> results) implements Engine {
        @Override
        public void run(List<TrialTask> tasks, Receiver receiver) {
            for (int index = 0; index < tasks.size(); index++) {
                receiver.finished(index, results.get(index), Origin.RUN);
            }
        }

        @Override
        public void close() {}
    }

    private static TrialSpec spec(String claim, Point point, int block) {
        return new TrialSpec("paper.Claim", "LAZY", point, block, new Seeds(claim, "plan", 1));
    }

    private static TrialResult result(TrialResult.Outcome outcome) {
        return new TrialResult(outcome, List.of(), TrialResult.Cost.of(1_500_000_000L));
    }

    private static TrialResult measured(TrialSpec spec, Map<String, Double> values) {
        return result(new TrialResult.Measured(List.of(new Observation(spec.point(), spec.block(), values))));
    }

    private void keep(List<TrialSpec> specs, List<TrialResult> results, String code, NumericEnvironment environment) {
        try (RememberingEngine engine =
                new RememberingEngine(new Told(results), Ledger.open(file()), claim -> code, environment)) {
            engine.run(specs.stream().map(spec -> new TrialTask(spec, null)).toList());
        }
    }

    /** Two claims: one with two trials at steps and a failed one, one with a label that needs quotes. */
    private void keepSamples() {
        Point wide = Point.ORIGIN.with("width", 64);
        TrialSpec first = spec("a/one", wide, 0);
        TrialSpec second = spec("a/one", wide, 1);
        TrialSpec third = spec("a/one", wide, 2);
        TrialSpec other = spec("b/two", Point.ORIGIN.with("data", "x, \"y\""), 0);
        keep(
                List.of(first, second, third, other),
                List.of(
                        result(new TrialResult.Measured(List.of(
                                new Observation(wide.with("step", 1), 0, Map.of("loss", 0.25)),
                                new Observation(wide.with("step", 2), 0, Map.of("loss", Double.NaN))))),
                        measured(second, Map.of("loss", 1e-300)),
                        result(new TrialResult.Failed(TrialResult.Cause.CRASHED, "it took\nits process down")),
                        measured(other, Map.of("drift", -0.0))),
                "code",
                ELSEWHERE);
    }

    // ---- status --------------------------------------------------------------------------------------------------

    @Test
    void statusSaysWhatThereIs() {
        keepSamples();

        succeeds("status");

        assertThat(lines().get(0)).startsWith(file() + ": 0.").endsWith(" MB, 2 settings");
        assertThat(lines().subList(1, lines().size()))
                .containsExactly(
                        "trials: 3 measured, 0 not applicable, 1 failed",
                        "",
                        "claim  trials  seconds  failed",
                        "a/one       3      4.5       1",
                        "b/two       1      1.5       0",
                        "",
                        "a/one, LAZY at {\"width\":64.0}, block 2, edition 1: CRASHED, it took its process down");
    }

    @Test
    void statusAsJsonNamesWhoWrites() throws IOException {
        keepSamples();

        try (Ledger writer = Ledger.open(file())) {
            succeeds("--ledger", writer.file(), "status", "--json");
        }

        JsonNode status = new ObjectMapper().readTree(out.toString());
        assertThat(status.required("file").textValue()).isEqualTo(file().toString());
        assertThat(status.required("trials").required("measured").intValue()).isEqualTo(3);
        assertThat(status.required("claims")).hasSize(2);
        assertThat(status.required("failed").required(0).required("cause").textValue())
                .isEqualTo("CRASHED");
        assertThat(status.required("writers").required(0).textValue())
                .startsWith("process " + ProcessHandle.current().pid());
    }

    // ---- query ---------------------------------------------------------------------------------------------------

    @Test
    void queryAnswersInColumns() {
        keepSamples();
        String sql = "SELECT claim, block, coordinates ->> 'data' AS data, value FROM observation ORDER BY 1, 2, 4";

        succeeds("query", sql);
        assertThat(lines())
                .containsExactly(
                        "claim  block  data    value",
                        "a/one      0",
                        "a/one      0              0.25",
                        "a/one      1          1.0E-300",
                        "b/two      0  x, \"y\"      -0.0");
    }

    @Test
    void queryAsCsv() {
        keepSamples();
        succeeds(
                "query",
                "--csv",
                "SELECT claim, point ->> 'data', NULL AS \"no, thing\" FROM trial WHERE claim = 'b/two'"
                        .replace("FROM trial", "FROM trial JOIN setting ON id = setting"));
        assertThat(lines()).containsExactly("claim,point ->> 'data',\"no, thing\"", "b/two,\"x, \"\"y\"\"\",");
    }

    @Test
    void queryAsJson() throws IOException {
        keepSamples();
        succeeds("query", "--json", "SELECT block, outcome, cause FROM trial ORDER BY outcome, block LIMIT 2");
        assertThat(lines())
                .containsExactly(
                        "{\"block\":2,\"outcome\":\"failed\",\"cause\":\"CRASHED\"}",
                        "{\"block\":0,\"outcome\":\"measured\",\"cause\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM trial",
                "UPDATE trial SET reason = '' RETURNING block",
                "DROP TABLE trial",
                "INSERT INTO run(pid, host, started) VALUES(1, '', '')",
                "PRAGMA user_version = 9",
                "PRAGMA journal_mode = DELETE",
                "VACUUM",
                "SELECT 1; DELETE FROM trial"
            })
    void queryChangesNothing(String sql) throws IOException {
        keepSamples();
        byte[] content = Files.readAllBytes(file());
        ledger("query", sql);
        assertThat(err.toString().lines().count()).isLessThanOrEqualTo(1);
        assertThat(file()).hasBinaryContent(content);
    }

    @Test
    void whatWouldWriteIsRefused() {
        keepSamples();
        refused("a query only reads", "query", "DELETE FROM trial");
        refused("a query only reads", "query", "UPDATE trial SET reason = '' RETURNING block");
        refused("SQLite refuses the query", "query", "VACUUM INTO '" + reports.resolve("copy.db") + "'");
        refused("SQLite refuses the query", "query", "ATTACH '" + reports.resolve("copy.db") + "' AS copy");
        assertThat(reports.resolve("copy.db")).doesNotExist();
    }

    @Test
    void whatIsNoQueryIsRefused() {
        keepSamples();
        refused("SQLite refuses the query: no such table: trials", "query", "SELECT * FROM trials");
        refused("near \"SELEC\": syntax error", "query", "SELEC 1");
        refused("there is no statement", "query", " -- nothing");
        refused("mutually exclusive", "query", "--csv", "--json", "SELECT 1");
        refused("Missing required parameter: 'SQL'", "query");
    }

    // ---- export --------------------------------------------------------------------------------------------------

    @Test
    void exportsEachNumberAsALineOfCsv() {
        keepSamples();

        succeeds("export");

        assertThat(lines())
                .containsExactly(
                        "claim,experiment,edition,setting,block,width,step,data,measure,value",
                        "a/one,LAZY,1,1,0,64.0,1.0,,loss,0.25",
                        "a/one,LAZY,1,1,0,64.0,2.0,,loss,NaN",
                        "a/one,LAZY,1,1,1,64.0,,,loss,1.0E-300",
                        "b/two,LAZY,1,2,0,,,\"x, \"\"y\"\"\",drift,-0.0");

        succeeds("export", "b/two");
        assertThat(lines())
                .containsExactly(
                        "claim,experiment,edition,setting,block,data,measure,value",
                        "b/two,LAZY,1,2,0,\"x, \"\"y\"\"\",drift,-0.0");
    }

    @Test
    void exportsEachTrialAsALineOfJson() throws IOException {
        keepSamples();
        Path file = reports.resolve("trials.jsonl");

        succeeds("export", "a/one", "--format", "jsonl", "-o", file);

        assertThat(out.toString()).isEmpty();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        JsonNode failed = new ObjectMapper().readTree(lines.get(2));
        TrialSpec spec = TrialJson.readSpec(failed.required("specification").toString());
        assertThat(spec).isEqualTo(spec("a/one", Point.ORIGIN.with("width", 64), 2));
        assertThat(failed.required("code").textValue()).isEqualTo("code");
        assertThat(failed.required("environment").textValue()).isEqualTo("java 1.4");
        assertThat(TrialJson.readResult(failed.required("result").toString(), spec))
                .isEqualTo(result(new TrialResult.Failed(TrialResult.Cause.CRASHED, "it took\nits process down")));
    }

    @Test
    void exportRefusesWhatItCannotDo() throws IOException {
        keepSamples();
        byte[] content = Files.readAllBytes(file());
        refused("the ledger has no trials of 'c/three'; it has those of a/one, b/two", "export", "c/three");
        refused("it is the ledger itself", "export", "-o", reports.resolve(".").resolve("ledger.db"));
        refused("it is a folder", "export", "-o", reports);
        refused("name another file", "export", "-o", reports.resolve("none").resolve("file.csv"));
        refused("--format", "export", "--format", "xlsx");
        assertThat(file()).hasBinaryContent(content);
    }

    @Test
    void exportLeavesOutWhatIsDamaged() throws Exception {
        keepSamples();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.execute("UPDATE trial SET result = replace(result, '0.25', '0.26')");
        }
        assertThat(ledger("export")).isZero();
        assertThat(lines()).hasSize(3);
        assertThat(err.toString()).startsWith("crucis ledger export: left out 1 damaged trial");
        succeeds("status");
        assertThat(lines())
                .contains("trials: 3 measured, 0 not applicable, 1 failed; 1 of them damaged, which are run again");
    }

    // ---- prune ---------------------------------------------------------------------------------------------------

    /** A trial that a run of a claim of ours would look up here and now, measured and failed; and the samples, which none would. */
    private void keepPresent() {
        Catalogue catalogue = Catalogue.shipped();
        String id = catalogue.ids().get(0);
        String plan = catalogue.plan(id, Tier.FULL, 1).asEvidence().digest();
        String className = catalogue.claim(id).getName();
        String code = new CodeFingerprint(LedgerCommandTest.class.getClassLoader()).of(className);
        List<TrialSpec> specs = List.of(
                new TrialSpec(className, "ANY", Point.ORIGIN, 0, new Seeds(id, plan, 3)),
                new TrialSpec(className, "ANY", Point.ORIGIN, 1, new Seeds(id, plan, 3)));
        keep(
                specs,
                List.of(
                        measured(specs.get(0), Map.of("y", 1.0)),
                        result(new TrialResult.NotApplicable("the data are absent"))),
                code,
                NumericEnvironment.here());
        // The same trial of other code.
        keep(specs.subList(0, 1), List.of(measured(specs.get(0), Map.of("y", 1.0))), "old", NumericEnvironment.here());
    }

    private String trials() {
        succeeds("query", "--csv", "SELECT count(*) FROM trial");
        return lines().get(1);
    }

    @Test
    void prunesWhatNoRunWouldReuse() {
        keepSamples();
        keepPresent();
        assertThat(trials()).isEqualTo("7");

        succeeds("prune", "--older-than", "1");
        assertThat(lines()).singleElement().asString().startsWith(file() + ": removed 0 trials of 0 settings, ");
        succeeds("prune", "--dry-run");
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith(file() + ": would remove 5 trials of 3 settings, about ");
        succeeds("prune", "--dry-run", "--failed");
        assertThat(lines()).singleElement().asString().contains("would remove 6 trials of 4 settings");
        assertThat(trials()).isEqualTo("7");

        succeeds("prune");
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith(file() + ": removed 5 trials of 3 settings, ")
                .endsWith(" MB freed");
        assertThat(trials()).isEqualTo("2");
        succeeds("query", "--csv", "SELECT count(*) FROM setting");
        assertThat(lines().get(1)).isEqualTo("1");

        succeeds("prune", "--failed");
        assertThat(trials()).isEqualTo("1");
    }

    @Test
    void pruningGivesTheRoomBack() throws IOException {
        TrialSpec spec = spec("a/one", Point.ORIGIN, 0);
        keep(
                List.of(spec),
                List.of(result(new TrialResult.Failed(TrialResult.Cause.THREW, "long ".repeat(200_000)))),
                "code",
                ELSEWHERE);
        long size = Files.size(file());
        succeeds("prune");
        assertThat(Files.size(file())).isLessThan(size - 900_000);
        assertThat(out.toString()).contains("removed 1 trial of 1 setting, ");
    }

    @Test
    void nothingIsPrunedWhileARunIsOn() {
        keepSamples();
        try (Ledger run = Ledger.open(file())) {
            refused("is in use, for process " + ProcessHandle.current().pid(), "prune", "--ledger", run.file());
        }
        assertThat(trials()).isEqualTo("4");
        refused("--older-than must be a whole number of days from 0 up, got -1", "prune", "--older-than", "-1");
        refused("'soon' is not an int", "prune", "--older-than", "soon");
    }

    // ---- the file ------------------------------------------------------------------------------------------------

    @Test
    void aMissingLedgerIsNotMade() {
        for (String[] command : List.of(
                new String[] {"status"},
                new String[] {"query", "SELECT 1"},
                new String[] {"export"},
                new String[] {"prune"},
                new String[] {"prune", "--dry-run"})) {
            refused("there is no ledger " + file(), (Object[]) command);
        }
        Path other = reports.resolve("other.db");
        refused("there is no ledger " + other, "status", "--ledger", other);
        assertThat(reports).isEmptyDirectory();
    }

    @Test
    void aFileThatIsNoLedgerIsLeftAlone() throws IOException {
        Files.writeString(file(), "my notes");
        refused("is no ledger", "status");
        refused("is no ledger", "prune");
        assertThat(file()).hasContent("my notes");
        refused("expected one of status, query, export, prune");
    }
}
