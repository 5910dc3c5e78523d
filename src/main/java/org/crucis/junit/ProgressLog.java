package org.crucis.junit;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.crucis.claim.Evidence;
import org.crucis.lab.Engine;
import org.crucis.lab.Progress;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live progress, of the claim and of the whole run: what runs, done and total, trials a second, time left. The total is what
 * the plans need at least, or what they needed when they were last measured; later looks add to it.
 */
final class ProgressLog implements Progress {

    /** Log lines, for Maven and other places without a terminal of their own. */
    static final ProgressView LOG_LINES = new ProgressView() {

        private static final Logger LOG = LoggerFactory.getLogger("crucis");
        private static final long BETWEEN_LINES = 5_000_000_000L;
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

    /** For those who only want the outcome. */
    static final ProgressView QUIET = new ProgressView() {
        @Override
        public void passing(String line) {}

        @Override
        public void lasting(String line) {}
    };

    private static final long BETWEEN_UPDATES = 200_000_000L;

    /** Before that much of the work is done, the speed of this machine is not known. */
    private static final double SECONDS_THAT_TELL_THE_SPEED = 5;

    /** One claim of the run. */
    private static final class Work {
        /** Of its first looks, or as many as it took when it was measured. */
        int expected;
        /** Of computing, as expected of one trial. */
        double secondsOfOne;

        int planned;
        int done;
        boolean judged;

        int total() {
            return judged ? done : Math.max(expected, planned);
        }
    }

    private final ProgressView view;
    private final Map<String, Work> claims = new LinkedHashMap<>();
    private final Costs costs;
    private final int slots;
    private long started;
    private int run;
    /** Of computing, of the trials that were run: what a trial takes where nothing was measured before. */
    private double secondsOfRun;

    /** Seconds of computing, as expected, of the trials that were run and not kept. */
    private double expectedOfRun;

    private long updated = System.nanoTime();

    /**
     * @param firstLooks for each claim of the run the trials that its plan needs at least
     */
    ProgressLog(ProgressView view, Map<String, Integer> firstLooks, Costs costs, int slots) {
        this.view = view;
        this.costs = costs;
        this.slots = slots;
        double usual = costs.meanSecondsOfOne(firstLooks.keySet());
        firstLooks.forEach((claim, trials) -> {
            Work work = new Work();
            work.expected =
                    Math.max(trials, costs.of(claim).map(Costs.Cost::trials).orElse(0));
            work.secondsOfOne = costs.of(claim).map(Costs.Cost::secondsOfOne).orElse(usual);
            claims.put(claim, work);
        });
    }

    private double secondsOfOne(Work work) {
        return work.secondsOfOne > 0 || run == 0 ? work.secondsOfOne : secondsOfRun / run;
    }

    private double secondsLeft() {
        return claims.values().stream()
                .mapToDouble(work -> (work.total() - work.done) * secondsOfOne(work))
                .sum();
    }

    private Work work(String claim) {
        return claims.computeIfAbsent(claim, any -> new Work());
    }

    /** What the run is expected to take, by what its claims took when they were measured. */
    synchronized void starting(String less) {
        if (claims.isEmpty()) {
            return;
        }
        int trials = claims.values().stream().mapToInt(work -> work.expected).sum();
        double seconds = secondsLeft() / slots;
        double peak = claims.keySet().stream()
                .flatMap(claim -> costs.of(claim).stream())
                .mapToDouble(Costs.Cost::peakMegabytes)
                .max()
                .orElse(0);
        String expected = seconds == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ": about %s with %d at once%s, by what they took on %s",
                        time(seconds),
                        slots,
                        peak == 0 ? "" : String.format(Locale.ROOT, ", each in up to %.0f MB", peak),
                        costs.machine());
        view.lasting(count(claims.size(), "claim") + ", about " + count(trials, "trial") + expected + less);
    }

    /** A sentence about the run that stays. */
    void say(String sentence) {
        view.lasting(sentence);
    }

    @Override
    public synchronized void planned(String id, int trials) {
        if (started == 0) {
            started = System.nanoTime();
        }
        work(id).planned += trials;
    }

    @Override
    public synchronized void finished(TrialSpec trial, TrialResult result, Engine.Origin origin) {
        String id = trial.seeds().claim();
        Work work = work(id);
        work.done++;
        if (origin == Engine.Origin.RUN) {
            run++;
            secondsOfRun += 1e-9 * result.cost().nanoseconds();
            expectedOfRun += secondsOfOne(work);
        }
        long now = System.nanoTime();
        if (now - updated < BETWEEN_UPDATES) {
            return;
        }
        updated = now;
        view.passing(line(id, work, 1e-9 * (now - started)));
    }

    private String line(String id, Work work, double elapsed) {
        int done = claims.values().stream().mapToInt(each -> each.done).sum();
        int total = claims.values().stream().mapToInt(Work::total).sum();
        long judged = claims.values().stream().filter(each -> each.judged).count();
        double left = secondsLeft();
        double speed = expectedOfRun < SECONDS_THAT_TELL_THE_SPEED ? slots : expectedOfRun / elapsed;
        return String.format(
                Locale.ROOT,
                "%d/%d trials, %.0f/s%s; claim %d of %d, %s: %d/%d",
                done,
                total,
                run / elapsed,
                left == 0 ? "" : ", about " + time(left / speed) + " left",
                judged + 1,
                claims.size(),
                id,
                work.done,
                work.total());
    }

    /** Seconds as a reader says them. */
    static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        long minutes = Math.round(seconds / 60);
        if (whole < 600) {
            return whole / 60 + " min " + whole % 60 + " s";
        }
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    private static String count(int count, String of) {
        return count + " " + of + (count == 1 ? "" : "s");
    }

    synchronized void judged(Evidence evidence) {
        work(evidence.claim()).judged = true;
        view.lasting(String.format(
                Locale.ROOT,
                "%-14s %s (%s%s, %.1f s)",
                evidence.verdict(),
                evidence.claim(),
                count(evidence.cost().trials(), "trial"),
                evidence.cost().kept() == 0 ? "" : ", " + evidence.cost().kept() + " kept",
                evidence.cost().seconds()));
        if (!evidence.problem().isEmpty()) {
            view.lasting("  " + evidence.problem());
        }
        evidence.predictions().stream()
                .filter(entry -> entry.kind() == Evidence.Kind.PREDICTION)
                .forEach(entry -> view.lasting("  " + entry.verdict()
                        + (entry.basis().carriesVerdict() ? "" : " (pilot, not counted)") + " " + entry.id() + ": "
                        + entry.sentence()));
    }
}
