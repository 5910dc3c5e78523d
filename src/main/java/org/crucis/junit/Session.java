package org.crucis.junit;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.engine.Engines;
import org.crucis.lab.Engine;
import org.crucis.lab.NumericEnvironment;
import org.crucis.lab.Progress;
import org.crucis.lab.ProvenanceReader;
import org.crucis.ledger.CodeFingerprint;
import org.crucis.ledger.Ledger;
import org.crucis.ledger.LedgerException;
import org.crucis.ledger.RememberingEngine;

/** One run of claims: its settings, its engine and ledger, its folder. Lives as long as JUnit's execution. */
final class Session implements AutoCloseable {

    private final Settings settings;
    private final EvidenceFolder folder;
    private final Engine engine;
    private final Optional<RememberingEngine> kept;
    private final ProgressLog progress;
    private final Evidence.Provenance provenance;

    /**
     * @param firstLooks for each claim of the run the trials that its plan needs at least
     * @throws IllegalArgumentException for an engine or a ledger that cannot be used, in one sentence
     */
    Session(Settings settings, Roster.Selection selection, Map<String, Integer> firstLooks, ProgressView view) {
        this.settings = settings;
        this.folder = new EvidenceFolder(folder(settings, selection));
        this.progress = new ProgressLog(
                settings.talk() == Settings.Talk.QUIET ? ProgressLog.QUIET : view,
                firstLooks,
                Costs.of(settings.tier()),
                settings.limits().slots());
        this.provenance = ProvenanceReader.read(settings.limits().slots());
        Optional<Ledger> ledger = settings.ledger().map(Session::opened);
        Engine fresh = opened(settings, ledger);
        this.kept = ledger.map(open -> new RememberingEngine(
                fresh,
                open,
                new CodeFingerprint(Thread.currentThread().getContextClassLoader())::of,
                NumericEnvironment.here()));
        this.engine = kept.<Engine>map(each -> each).orElse(fresh);
        progress.starting(ledger.isPresent() ? ", less what is kept of it" : "");
        ledger.ifPresent(open -> open.others().forEach(progress::say));
    }

    /**
     * Whether a run with these settings could start, tried before anything of an earlier run is touched.
     *
     * @throws IllegalArgumentException for an engine or a ledger that cannot be used, in one sentence
     */
    static void check(Settings settings) {
        Engines.check(settings.engine());
        settings.ledger().map(Session::opened).ifPresent(Ledger::close);
    }

    private static Engine opened(Settings settings, Optional<Ledger> ledger) {
        try {
            return Engines.open(settings.engine(), settings.limits());
        } catch (RuntimeException e) {
            ledger.ifPresent(Ledger::close);
            throw e;
        }
    }

    private static Ledger opened(Path file) {
        try {
            return Ledger.open(file);
        } catch (LedgerException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** A whole run replaces the latest report; a selected one, or one on fresh seeds, never touches it. */
    static Path folder(Settings settings, Roster.Selection selection) {
        if (settings.seeds() == Settings.Seeds.FRESH) {
            return settings.reports().resolve("fresh").resolve(String.valueOf(settings.edition()));
        }
        return settings.reports().resolve(selection == Roster.Selection.WHOLE ? "latest" : "selected");
    }

    Settings settings() {
        return settings;
    }

    EvidenceFolder evidence() {
        return folder;
    }

    Engine engine() {
        return engine;
    }

    Progress progress() {
        return progress;
    }

    ProgressLog log() {
        return progress;
    }

    Evidence.Provenance provenance() {
        return provenance;
    }

    @Override
    public void close() {
        kept.ifPresent(each -> progress.say(each.reuse().sentence()));
        engine.close();
    }
}
