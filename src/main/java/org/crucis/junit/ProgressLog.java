package org.crucis.junit;

import java.util.Locale;
import org.crucis.claim.Evidence;
import org.crucis.claim.Verdict;
import org.crucis.lab.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live progress as log lines: what runs, done and total, trials a second, time left. The total is what the plans need at
 * least; later looks add to it.
 */
final class ProgressLog implements Progress {

    private static final Logger LOG = LoggerFactory.getLogger("crucis");
    private static final long BETWEEN_LINES = 3_000_000_000L;

    private final long started = System.nanoTime();
    private final int known;
    private int planned;
    private int done;
    private String claim = "";
    private long lastLine = started;

    ProgressLog(int knownTrials) {
        this.known = knownTrials;
    }

    @Override
    public synchronized void planned(String id, int trials) {
        claim = id;
        planned += trials;
    }

    @Override
    public synchronized void trialDone() {
        done++;
        long now = System.nanoTime();
        if (now - lastLine >= BETWEEN_LINES) {
            lastLine = now;
            double seconds = 1e-9 * (now - started);
            double rate = done / seconds;
            int total = Math.max(known, planned);
            LOG.info(String.format(
                    Locale.ROOT,
                    "%s: %d of at least %d trials, %.0f a second, about %.0f s left",
                    claim,
                    done,
                    total,
                    rate,
                    (total - done) / rate));
        }
    }

    void judged(Evidence evidence) {
        LOG.info(String.format(
                Locale.ROOT,
                "%-12s %s (%d trials, %.1f s)",
                evidence.verdict(),
                evidence.claim(),
                evidence.cost().trials(),
                evidence.cost().seconds()));
        if (!evidence.problem().isEmpty()) {
            LOG.info("  {}", evidence.problem());
        }
        if (evidence.verdict() != Verdict.SUPPORTED) {
            evidence.predictions().stream()
                    .filter(entry -> entry.kind() == Evidence.Kind.PREDICTION)
                    .filter(entry -> !entry.verdict().equals(Verdict.SUPPORTED.name()))
                    .forEach(entry -> LOG.info("  {} {}: {}", entry.verdict(), entry.id(), entry.sentence()));
        }
    }
}
