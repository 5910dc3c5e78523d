package org.crucis.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Point;
import org.crucis.lab.Engine;
import org.crucis.lab.Seeds;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run says of itself on the way. */
class ProgressLogTest {

    private final List<String> passing = new ArrayList<>();
    private final List<String> lasting = new ArrayList<>();

    private final ProgressView view = new ProgressView() {
        @Override
        public void passing(String line) {
            passing.add(line);
        }

        @Override
        public void lasting(String line) {
            lasting.add(line);
        }
    };

    private static Costs costs() throws IOException {
        return Costs.read(
                new BufferedReader(
                        new StringReader(
                                "# a machine\nclaim,trials,trial seconds,peak megabytes\npaper/dear,200,400.0,900\npaper/cheap,100,1.0,300\n")));
    }

    private static Map<String, Integer> firstLooks() {
        Map<String, Integer> looks = new LinkedHashMap<>();
        looks.put("paper/dear", 100);
        looks.put("paper/cheap", 100);
        return looks;
    }

    @Test
    void theStartSaysWhatIsToCome() throws IOException {
        new ProgressLog(view, firstLooks(), costs(), 2).starting("");
        // 200 trials of the dear one, since it took a second look when it was measured: 401 s of computing over two.
        assertThat(lasting)
                .containsExactly(
                        "2 claims, about 300 trials: about 3 min 21 s with 2 at once, each in up to 900 MB, by what they"
                                + " took on a machine");
    }

    @Test
    void whatWasNeverMeasuredIsCountedOnly() {
        new ProgressLog(view, Map.of("paper/new", 12), new Costs("", Map.of()), 2).starting(", less");
        assertThat(lasting).containsExactly("1 claim, about 12 trials, less");
    }

    @Test
    void aLineTellsTheClaimAndTheRun() throws IOException, InterruptedException {
        ProgressLog log = new ProgressLog(view, firstLooks(), costs(), 2);
        log.planned("paper/dear", 100);
        for (int trial = 0; trial < 100; trial++) {
            finish(log, "paper/dear", trial < 99 ? Engine.Origin.KEPT : Engine.Origin.RUN);
        }
        assertThat(passing).as("not for every trial").isEmpty();
        Thread.sleep(250);
        finish(log, "paper/dear", Engine.Origin.KEPT);
        // 99 trials of 2 s and 100 of 0.01 s are left for two.
        assertThat(passing)
                .singleElement()
                .asString()
                .matches("101/300 trials, [0-9]+/s, about 1 min 40 s left;" + " claim 1 of 2, paper/dear: 101/200");
    }

    private static void finish(ProgressLog log, String claim, Engine.Origin origin) {
        log.finished(
                new TrialSpec("Claim", "LAZY", Point.ORIGIN, 0, new Seeds(claim, "", 1)),
                new TrialResult(new TrialResult.NotApplicable(""), List.of(), TrialResult.Cost.of(1)),
                origin);
    }

    @ParameterizedTest
    @CsvSource({
        "0.4, 0 s",
        "59.4, 59 s",
        "60, 1 min 0 s",
        "599, 9 min 59 s",
        "600, 10 min",
        "3600, 1 h 0 min",
        "9000, 2 h 30 min"
    })
    void timeIsSaidAsOneSaysIt(double seconds, String words) {
        assertThat(ProgressLog.time(seconds)).isEqualTo(words);
    }
}
