package org.crucis.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.severity.Audits;
import org.crucis.severity.SeverityFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on fresh seeds: each has an edition of its own, and is on the list before its first trial. */
class FreshAuditTest {

    private static final String CLAIM = "jacot2018/limiting-kernel-is-positive-definite";

    @TempDir
    Path reports;

    private Settings settings(Map<String, String> given) {
        Map<String, String> all = new HashMap<>(given);
        all.put(Settings.REPORTS, reports.toString());
        return Settings.read(name -> Optional.ofNullable(all.get(name)));
    }

    private Audits audits() {
        return SeverityFolder.in(reports)
                .read(Audits.NAME, Audits.class)
                .found()
                .orElse(Audits.NONE);
    }

    /** The folder of a run that has written its roster, and nothing else yet. */
    private EvidenceFolder begun(Settings settings) {
        EvidenceFolder folder = new EvidenceFolder(Session.folder(settings, Roster.Selection.WHOLE));
        folder.write(new Roster(
                1,
                Roster.Selection.WHOLE,
                settings.tier(),
                settings.edition(),
                List.of(),
                List.of(Catalogue.shipped()
                        .plan(CLAIM, settings.tier(), settings.edition())
                        .asRosterEntry()),
                new Evidence.Provenance(Map.of("crucis", "1", "commit", "abc", "started", "now"))));
        return folder;
    }

    @Test
    void everyRunHasAnEditionOfItsOwnAndStaysOnTheList() {
        Settings first = settings(Map.of(Settings.SEEDS, "fresh"));
        assertThat(first.edition()).isEqualTo(Audits.FIRST_EDITION);
        assertThat(Session.folder(first, Roster.Selection.WHOLE)).isEqualTo(reports.resolve("fresh/1001"));
        FreshAudit.begin(first, begun(first));
        assertThat(audits().audits()).singleElement().satisfies(audit -> {
            assertThat(audit.state()).isEqualTo(Audits.State.BEGUN);
            assertThat(audit.predictions()).isEmpty();
            assertThat(audit.version()).isEqualTo("1 abc");
        });
        assertThat(settings(Map.of(Settings.SEEDS, "fresh")).edition()).isEqualTo(1002);
        assertThat(settings(Map.of()).edition()).isEqualTo(1);
    }

    @Test
    void whatLeftNoEvidenceCountsAsVoid() {
        Settings settings = settings(Map.of(Settings.SEEDS, "fresh"));
        FreshAudit audit = FreshAudit.begin(settings, begun(settings));
        audit.finish();
        int planned = Catalogue.shipped()
                .plan(CLAIM, settings.tier(), 1)
                .asRosterEntry()
                .predictions()
                .size();
        assertThat(audits().audits()).singleElement().satisfies(finished -> {
            assertThat(finished.state()).isEqualTo(Audits.State.FINISHED);
            assertThat(finished.predictions()).isEqualTo(Map.of("VOID", planned));
            assertThat(finished.others()).hasSize(planned).allMatch(each -> each.endsWith("VOID, no evidence"));
        });
    }

    @Test
    void anEditionCannotBeBothDrawnAndNamed() {
        assertThatThrownBy(() -> settings(Map.of(Settings.SEEDS, "fresh", Settings.EDITION, "3")))
                .hasMessage("crucis.seeds=fresh draws an edition, and crucis.edition names one: give one of them");
        assertThatThrownBy(() -> settings(Map.of(Settings.SEEDS, "lucky")))
                .hasMessage("crucis.seeds must be pinned or fresh, got 'lucky'");
    }

    @Test
    void aListThatCannotBeReadStopsTheRun() throws IOException {
        Files.createDirectories(reports.resolve("severity"));
        Files.writeString(reports.resolve("severity/audits.json"), "{\"schemaVersion\":1,\"audits\":");
        assertThatThrownBy(() -> settings(Map.of(Settings.SEEDS, "fresh")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("audits.json cannot be read");
    }

    /** Oracle: what is refused, and the folder that stays empty. */
    @Test
    void aSelectionDrawsNoFreshSeeds() {
        assertThatThrownBy(() -> ClaimLauncher.run(
                        Catalogue.shipped(),
                        List.of(CLAIM),
                        Map.of(Settings.REPORTS, reports.toString(), Settings.SEEDS, "fresh", Settings.LEDGER, "off"),
                        ProgressLog.QUIET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fresh seeds are drawn for the whole suite only");
        assertThat(reports.resolve("severity")).doesNotExist();
    }
}
