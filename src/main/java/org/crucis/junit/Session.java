package org.crucis.junit;

import java.nio.file.Path;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.engine.ThreadEngine;
import org.crucis.lab.Engine;
import org.crucis.lab.Progress;
import org.crucis.lab.ProvenanceReader;

/** One run of claims: its settings, its engine, its folder. Lives as long as JUnit's execution. */
final class Session implements AutoCloseable {

    private final Settings settings;
    private final EvidenceFolder folder;
    private final Engine engine;
    private final ProgressLog progress;
    private final Evidence.Provenance provenance;

    Session(Settings settings, Roster.Selection selection, int knownTrials, ProgressView view) {
        this.settings = settings;
        this.folder = new EvidenceFolder(folder(settings, selection));
        this.progress = new ProgressLog(view, knownTrials);
        this.engine = new ThreadEngine(settings.threads());
        this.provenance = ProvenanceReader.read(settings.threads());
    }

    /** A whole run replaces the latest report; a selected one never touches it. */
    static Path folder(Settings settings, Roster.Selection selection) {
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
        engine.close();
    }
}
