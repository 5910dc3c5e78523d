package org.crucis.junit;

import java.util.Locale;
import org.crucis.claim.Evidence;
import org.crucis.lab.Engine;
import org.crucis.lab.Progress;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live progress: what runs, done and total, trials a second, time left. The total is what the plans need at least; later
 * looks add to it.
 */
final class ProgressLog implements Progress {

    /** Log lines, for Maven and other places without a terminal of their own. */
    static final ProgressView LOG_LINES = new ProgressView() {

        private static final Logger LOG = LoggerFactory.getLogger("crucis");
        private static final long BETWEEN_LINES = 3_000_000_000L;
        private long last = System.nanoTime();

        @Override
        public void passing(String line) {
            long now = System.nanoTime();
            if (now - last >= BETWEEN_LINES) {
                last = now;
                LOG.info(line);
            }
        }

        @Override
        public void lasting(String line) {
            LOG.info(line);
        }
    };

    private static final long BETWEEN_UPDATES = 200_000_000L;

    private final ProgressView view;
    private final int known;
    private final long started = System.nanoTime();
    private int planned;
    private int done;
    private String claim = "";
    private long updated = started;

    ProgressLog(ProgressView view, int knownTrials) {
        this.view = view;
        this.known = knownTrials;
    }

    @Override
    public synchronized void planned(String id, int trials) {
        claim = id;
        planned += trials;
    }

    @Override
    public synchronized void finished(TrialSpec trial, TrialResult result, Engine.Origin origin) {
        done++;
        long now = System.nanoTime();
        if (now - updated < BETWEEN_UPDATES) {
            return;
        }
        updated = now;
        double rate = done / (1e-9 * (now - started));
        int total = Math.max(known, planned);
        // The largest trials come first: from a few of them no time can be told.
        String left =
                done < 0.05 * total ? "" : String.format(Locale.ROOT, ", about %.0f s left", (total - done) / rate);
        view.passing(String.format(
                Locale.ROOT, "%d of at least %d trials, %.0f a second%s; now %s", done, total, rate, left, claim));
    }

    synchronized void judged(Evidence evidence) {
        view.lasting(String.format(
                Locale.ROOT,
                "%-14s %s (%d trials, %.1f s)",
                evidence.verdict(),
                evidence.claim(),
                evidence.cost().trials(),
                evidence.cost().seconds()));
        if (!evidence.problem().isEmpty()) {
            view.lasting("  " + evidence.problem());
        }
        evidence.predictions().stream()
                .filter(entry -> entry.kind() == Evidence.Kind.PREDICTION)
                .forEach(entry -> view.lasting("  " + entry.verdict() + " " + entry.id() + ": " + entry.sentence()));
    }
}
