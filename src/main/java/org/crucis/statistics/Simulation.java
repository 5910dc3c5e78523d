package org.crucis.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.crucis.claim.Criterion;
import org.crucis.claim.Evidence;
import org.crucis.claim.Observations;
import org.crucis.severity.Calibration;
import org.crucis.severity.Calibration.Frequency;
import org.crucis.severity.Calibration.Situation;
import org.crucis.severity.Calibration.Standing;

/**
 * Lets every criterion decide on simulated observations whose truth is known, at the levels and looks of a claim, and counts
 * how often it errs. The same number of runs gives the same counts, on however many threads.
 *
 * <p>The three looks of a run are nested: they see 1, 2 and 4 times the blocks of the same draw. A claim stops at the first
 * look that decides; here all three are taken, so that no rate is smaller for that reason than it is in a claim.
 */
public final class Simulation implements AutoCloseable {

    /** Runs that one task of a thread makes. */
    private static final int CHUNK = 50;

    /** Findings whose detectable deviation is computed; the median of an odd number is one of them. */
    private static final int FINDINGS = 101;

    /** A member of a family that is farther out than any interval reaches, in distances from theory to edge. */
    private static final double FAR = 100;

    private final int runs;
    private final ExecutorService threads;

    /** @param runs for each cheap setting; dear ones get a fixed part of that */
    public Simulation(int runs, int threads) {
        this.runs = runs;
        this.threads = Executors.newFixedThreadPool(threads);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** @param progress is told what is simulated next */
    public Calibration calibrate(Consumer<String> progress) throws InterruptedException {
        List<Calibration.Rate> rates = new ArrayList<>();
        List<Calibration.Power> powers = new ArrayList<>();
        for (Setting setting : Setting.all()) {
            progress.accept(setting.name() + ", " + runs(setting) + " runs");
            rates.addAll(rates(setting));
            if (setting.hasInterval()) {
                powers.add(power(setting));
            }
        }
        return new Calibration(Evidence.SCHEMA_VERSION, rates, powers);
    }

    private int runs(Setting setting) {
        return Math.max(1, runs / setting.dearness());
    }

    List<Calibration.Rate> rates(Setting setting) throws InterruptedException {
        Map<Situation, Integer> events = count(setting, "rates", Situation.class, random -> decided(setting, random));
        return Stream.of(Situation.values())
                .filter(situation -> situation != Situation.EDGE_SUPPORTED || setting.hasInterval())
                .filter(situation -> situation != Situation.CONTROL_FIRED || setting.isFamily())
                .map(situation -> {
                    Frequency frequency = frequency(runs(setting), events.get(situation));
                    Double promised = promised(situation);
                    return new Calibration.Rate(
                            setting.name(),
                            setting.tails(),
                            setting.criterion().sentence(),
                            setting.blocks(),
                            situation,
                            frequency,
                            promised,
                            promised == null ? null : standing(frequency.lower(), frequency.upper(), promised));
                })
                .toList();
    }

    /**
     * What a situation may happen with. On the edge, INSIDE needs one end of the interval of a look on the wrong side of the
     * truth: half of what is left of a look's confidence, three times.
     */
    private static Double promised(Situation situation) {
        return switch (situation) {
            case TRUE_OUTSIDE -> 2 * Levels.ONE_SIDED / Levels.LOOKS;
            case TRUE_SUPPORTED -> null;
            case EDGE_OUTSIDE, EDGE_CONFIRMED, CONTROL_FIRED -> Levels.ONE_SIDED;
            case EDGE_SUPPORTED -> Levels.MISSED / 2;
        };
    }

    /** The rate is to be at most, or counted the other way at least, what was promised. */
    private static Standing standing(double kind, double harsh, double promised) {
        boolean atMost = kind <= harsh;
        if (atMost ? harsh <= promised : harsh >= promised) {
            return Standing.KEPT;
        }
        return (atMost ? kind > promised : kind < promised) ? Standing.BROKEN : Standing.NOT_SHOWN;
    }

    private static Frequency frequency(int runs, int events) {
        var interval =
                BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(runs, events, 1 - Calibration.CONFIDENCE);
        return new Frequency(runs, events, (double) events / runs, interval.getLowerBound(), interval.getUpperBound());
    }

    // ---- one run -------------------------------------------------------------------------------------------------

    private static Set<Situation> decided(Setting setting, RandomGenerator random) {
        Criterion criterion = setting.criterion();
        int most = setting.blocks() << (Levels.LOOKS - 1);
        Observations held = setting.draw(most, setting.held(), random);
        Observations edge = setting.draw(most, setting.edge(), random);
        Observations fresh = setting.draw(setting.blocks(), setting.edge(), random);
        Set<Situation> happened = EnumSet.noneOf(Situation.class);
        if (criterion.outside(look(held, setting, 0), Levels.EXCLUDE)) {
            happened.add(Situation.TRUE_OUTSIDE);
        }
        if (anyLook(setting, held, seen -> criterion.inside(seen, Levels.SUPPORT))) {
            happened.add(Situation.TRUE_SUPPORTED);
        }
        if (anyLook(setting, edge, seen -> criterion.outside(seen, Levels.EXCLUDE))) {
            happened.add(Situation.EDGE_OUTSIDE);
        }
        if (criterion.outside(fresh, Levels.CONFIRM)) {
            happened.add(Situation.EDGE_CONFIRMED);
        }
        if (setting.hasInterval() && anyLook(setting, edge, seen -> criterion.inside(seen, Levels.SUPPORT))) {
            happened.add(Situation.EDGE_SUPPORTED);
        }
        if (setting.isFamily()) {
            double far = setting.past(FAR * Math.abs(setting.edge() - setting.held()));
            Observations control = setting.draw(most, setting.edge(), far, random);
            if (anyLook(setting, control, seen -> criterion.rejects(seen, Levels.EXCLUDE))) {
                happened.add(Situation.CONTROL_FIRED);
            }
        }
        return happened;
    }

    private static boolean anyLook(Setting setting, Observations all, Predicate<Observations> decides) {
        return IntStream.range(0, Levels.LOOKS).anyMatch(look -> decides.test(look(all, setting, look)));
    }

    /** What a look sees of a draw. */
    private static Observations look(Observations all, Setting setting, int look) {
        int blocks = setting.blocks() << look;
        return new Observations(
                all.rows().stream().filter(row -> row.block() < blocks).toList());
    }

    // ---- power ---------------------------------------------------------------------------------------------------

    private enum Stages {
        BOTH
    }

    Calibration.Power power(Setting setting) throws InterruptedException {
        double deviation = detectable(setting);
        double truth = setting.past(deviation);
        Map<Stages, Integer> found = count(setting, "power", Stages.class, random -> {
            boolean both =
                    outside(setting, truth, Levels.EXCLUDE, random) && outside(setting, truth, Levels.CONFIRM, random);
            return both ? EnumSet.of(Stages.BOTH) : EnumSet.noneOf(Stages.class);
        });
        Frequency frequency = frequency(runs(setting), found.get(Stages.BOTH));
        return new Calibration.Power(
                setting.name(),
                setting.tails(),
                setting.criterion().sentence(),
                setting.blocks(),
                deviation,
                setting.criterion().unit(),
                frequency,
                Levels.FOUND,
                standing(frequency.upper(), frequency.lower(), Levels.FOUND));
    }

    private static boolean outside(Setting setting, double truth, double confidence, RandomGenerator random) {
        return setting.criterion().outside(setting.draw(setting.blocks(), truth, setting.held(), random), confidence);
    }

    /** The median over findings whose truth lies on the edge. */
    private static double detectable(Setting setting) {
        double[] deviations = new double[FINDINGS];
        for (int finding = 0; finding < FINDINGS; finding++) {
            Observations observations =
                    setting.draw(setting.blocks(), setting.edge(), stream(setting, "findings", finding));
            deviations[finding] = setting.criterion().detectable(observations, Levels.EXCLUDE, Levels.SCATTER);
        }
        Arrays.sort(deviations);
        return deviations[FINDINGS / 2];
    }

    // ---- many runs -----------------------------------------------------------------------------------------------

    private <E extends Enum<E>> Map<E, Integer> count(
            Setting setting, String purpose, Class<E> type, Function<RandomGenerator, Set<E>> run)
            throws InterruptedException {
        int all = runs(setting);
        List<Callable<Map<E, Integer>>> chunks = new ArrayList<>();
        for (int first = 0; first < all; first += CHUNK) {
            int from = first;
            int to = Math.min(all, first + CHUNK);
            chunks.add(() -> {
                Map<E, Integer> events = new EnumMap<>(type);
                for (int each = from; each < to; each++) {
                    run.apply(stream(setting, purpose, each)).forEach(event -> events.merge(event, 1, Integer::sum));
                }
                return events;
            });
        }
        Map<E, Integer> sums = new EnumMap<>(type);
        for (E event : type.getEnumConstants()) {
            sums.put(event, 0);
        }
        for (Future<Map<E, Integer>> chunk : threads.invokeAll(chunks)) {
            try {
                chunk.get().forEach((event, count) -> sums.merge(event, count, Integer::sum));
            } catch (ExecutionException e) {
                throw new IllegalStateException(setting.name() + " cannot be simulated", e.getCause());
            }
        }
        return sums;
    }

    /** Every run has a stream of its own, whatever thread makes it. */
    static RandomGenerator stream(Setting setting, String purpose, int run) {
        long seed = ((long) (setting.name() + "/" + purpose).hashCode() << Integer.SIZE) + run;
        return RandomSource.XO_SHI_RO_256_PP.create(seed)::nextLong;
    }
}
