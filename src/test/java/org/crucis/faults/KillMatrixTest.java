package org.crucis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import net.bytebuddy.asm.Advice;
import org.crucis.claim.Verdict;
import org.crucis.engine.ThreadEngine;
import org.crucis.junit.Catalogue;
import org.crucis.junit.Rehearsal;
import org.crucis.lab.Engine;
import org.crucis.lab.NumericEnvironment;
import org.crucis.ledger.CodeFingerprint;
import org.crucis.ledger.Ledger;
import org.crucis.ledger.RememberingEngine;
import org.crucis.severity.KillMatrix;
import org.crucis.severity.SeverityFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The catalogue of planted faults and who notices them. {@code -Dcrucis.faults=all} runs all of it against all claims, for at
 * most {@code crucis.faults.minutes}, and writes {@code reports/severity/faults.json}; run again it goes on where it was.
 */
class KillMatrixTest {

    static final Map<String, PlantedFault> INSTRUMENTS = PlantedFault.in(
            DataFaults.class, FeatureFaults.class, KernelFaults.class, NetworkFaults.class, TrainingFaults.class);
    static final Map<String, PlantedFault> CHECKER = PlantedFault.in(CheckerFaults.class);

    @TempDir
    Path reports;

    @Test
    void theSoundCheckerSaysWhatTheSentinelsKnow() {
        try (Engine engine = new ThreadEngine(2)) {
            Map<String, Verdict> found = new TreeMap<>();
            KillMatrixRun.judged(Sentinels.class, engine)
                    .forEach((id, entry) -> found.put(id, Verdict.valueOf(entry.verdict())));
            assertThat(found).isEqualTo(new TreeMap<>(Sentinels.EXPECTED));
        }
    }

    @Test
    void theSentinelsNoticeEveryFaultOfTheChecker() {
        KillMatrix matrix = run(Map.of(), CHECKER, Map.of());
        assertThat(matrix.faults())
                .hasSize(CHECKER.size())
                .allSatisfy(
                        fault -> assertThat(fault.noticed()).as(fault.name()).isTrue());
    }

    @Test
    void aFaultRunsAgainstTheClaimsThatReachItAndIsNotRunTwice() {
        String name = "factor of relu dropped";
        Map<String, PlantedFault> faults = Map.of(name, INSTRUMENTS.get(name));
        Map<String, Class<?>> claims =
                shipped("zou2019/trajectory-is-short", "jacot2018/limiting-kernel-is-positive-definite");
        KillMatrix first = run(faults, Map.of(), claims);
        assertThat(first.faults()).hasSize(1);
        assertThat(first.faults().get(0).cells())
                .extracting(KillMatrix.Cell::claim)
                .contains("jacot2018/limiting-kernel-is-positive-definite");
        assertThat(first.faults().get(0).cells()).noneMatch(cell -> cell.state() == KillMatrix.State.NOT_RUN);
        assertThat(run(faults, Map.of(), claims, Duration.ZERO)).isEqualTo(first);
    }

    @Test
    void everyFaultCanBeWovenAndMended() {
        assertThat(INSTRUMENTS.size() + CHECKER.size()).isGreaterThanOrEqualTo(30);
        INSTRUMENTS
                .values()
                .forEach(fault -> assertThat(fault.during(() -> true)).isTrue());
    }

    @Fault(value = "a method that is gone", in = "org.crucis.claim.Interval", methods = "narrowed")
    static final class WithoutTarget {
        @Advice.OnMethodExit
        static void nothing() {}
    }

    @Test
    void aFaultWithoutATargetFails() {
        assertThatThrownBy(() -> PlantedFault.of(WithoutTarget.class))
                .isInstanceOf(AssertionError.class)
                .hasMessage("the fault WithoutTarget has no target org.crucis.claim.Interval.narrowed");
    }

    @Test
    void evidenceOfABrokenProgramNamesTheFault() throws ClassNotFoundException {
        Rehearsal run = CHECKER.get("control switched off").rehearse(Sentinels.class.getName(), reports);
        assertThat(run.evidence().problem()).isEqualTo("run with a planted fault: control switched off");
    }

    /** Progress goes to the console: this takes an hour. */
    @Test
    @EnabledIfSystemProperty(named = "crucis.faults", matches = "all")
    void theWholeCatalogue() {
        Path ledger = Path.of(System.getProperty("crucis.faults.ledger", "reports/ledger.db"));
        Duration longest = Duration.ofMinutes(Integer.getInteger("crucis.faults.minutes", 24 * 60));
        Map<String, Class<?>> claims = new LinkedHashMap<>();
        Catalogue shipped = Catalogue.shipped();
        shipped.ids().stream()
                .sorted(Comparator.comparingDouble(Rehearsal::quickSeconds))
                .forEach(id -> claims.put(id, shipped.claim(id)));
        try (Engine engine = new ThreadEngine(Runtime.getRuntime().availableProcessors());
                Engine sound = new RememberingEngine(
                        new ThreadEngine(Runtime.getRuntime().availableProcessors()),
                        Ledger.open(ledger),
                        new CodeFingerprint(KillMatrixTest.class.getClassLoader())::of,
                        NumericEnvironment.here())) {
            KillMatrix matrix = new KillMatrixRun(SeverityFolder.in(Path.of("reports")), engine, System.out::println)
                    .run(INSTRUMENTS, CHECKER, claims, sound, longest);
            long noticed =
                    matrix.faults().stream().filter(KillMatrix.Fault::noticed).count();
            System.out.println(noticed + " of " + matrix.faults().size() + " faults were noticed; not noticed: "
                    + matrix.faults().stream()
                            .filter(fault -> !fault.noticed())
                            .map(KillMatrix.Fault::name)
                            .toList());
            assertThat(noticed)
                    .isGreaterThanOrEqualTo(Math.round(0.95 * matrix.faults().size()));
        }
    }

    private KillMatrix run(
            Map<String, PlantedFault> instruments, Map<String, PlantedFault> checker, Map<String, Class<?>> claims) {
        return run(instruments, checker, claims, Duration.ofHours(1));
    }

    private KillMatrix run(
            Map<String, PlantedFault> instruments,
            Map<String, PlantedFault> checker,
            Map<String, Class<?>> claims,
            Duration longest) {
        try (Engine engine = new ThreadEngine(2)) {
            return new KillMatrixRun(SeverityFolder.in(reports), engine, line -> {})
                    .run(instruments, checker, claims, engine, longest);
        }
    }

    private static Map<String, Class<?>> shipped(String... ids) {
        Map<String, Class<?>> claims = new LinkedHashMap<>();
        for (String id : ids) {
            claims.put(id, Catalogue.shipped().claim(id));
        }
        return claims;
    }
}
