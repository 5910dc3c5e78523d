package org.crucis.ledger;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.crucis.lab.Engine;
import org.crucis.lab.NumericEnvironment;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialTask;

/**
 * Hands over what earlier runs measured and runs the rest on another engine, putting each result down to be kept before it is handed over.
 * Only measured results are handed over again: data that were absent may have come, and memory may be free.
 */
public final class RememberingEngine implements Engine {

    private final Engine inner;
    private final Ledger ledger;
    private final Function<String, String> codeOf;
    private final String environment;
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final LongAdder kept = new LongAdder();
    private final Map<Reuse.Reason, LongAdder> ran = new EnumMap<>(Reuse.Reason.class);

    /**
     * Takes the engine and the ledger over, and closes them.
     *
     * @param codeOf from the binary name of a claim's class to the fingerprint of its code
     * @param environment that of the processes in which the inner engine runs trials
     */
    public RememberingEngine(
            Engine inner, Ledger ledger, Function<String, String> codeOf, NumericEnvironment environment) {
        this.inner = inner;
        this.ledger = ledger;
        this.codeOf = codeOf;
        this.environment = environment.text();
        for (Reuse.Reason reason : Reuse.Reason.values()) {
            ran.put(reason, new LongAdder());
        }
    }

    /** A trial that has to be run: its place in the list that was asked for, and why. */
    private record Open(int index, Setting setting, Reuse.Reason reason) {}

    @Override
    public void run(List<TrialTask> tasks, Receiver receiver) {
        try {
            List<Open> open = handOverKept(tasks, receiver);
            if (!open.isEmpty()) {
                inner.run(
                        open.stream().map(each -> tasks.get(each.index())).toList(),
                        (position, result, origin) -> keep(open.get(position), tasks, result, origin, receiver));
            }
            ledger.flush();
        } catch (LedgerException e) {
            throw new EngineFailure(e.getMessage(), e);
        }
    }

    private List<Open> handOverKept(List<TrialTask> tasks, Receiver receiver) {
        Map<Setting, List<Integer>> bySetting = new LinkedHashMap<>();
        for (int index = 0; index < tasks.size(); index++) {
            bySetting
                    .computeIfAbsent(settingOf(tasks.get(index)), any -> new ArrayList<>())
                    .add(index);
        }
        List<Open> open = new ArrayList<>();
        bySetting.forEach((setting, indices) -> {
            List<Recall> recalled = ledger.recall(
                    setting,
                    indices.stream().map(index -> tasks.get(index).spec()).toList());
            for (int position = 0; position < recalled.size(); position++) {
                int index = indices.get(position);
                if (recalled.get(position) instanceof Recall.Kept found) {
                    kept.increment();
                    receiver.finished(index, found.result(), Origin.KEPT);
                } else if (recalled.get(position) instanceof Recall.Missing missing) {
                    open.add(new Open(index, setting, missing.reason()));
                }
            }
        });
        return open;
    }

    private Setting settingOf(TrialTask task) {
        return Setting.of(task.spec(), codes.computeIfAbsent(task.spec().claimClass(), codeOf), environment);
    }

    /** Calls come from the inner engine's threads, which know a failure of an engine and not one of a ledger. */
    private void keep(Open open, List<TrialTask> tasks, TrialResult result, Origin origin, Receiver receiver) {
        try {
            ledger.put(open.setting(), tasks.get(open.index()).spec(), result);
        } catch (LedgerException e) {
            throw new EngineFailure(e.getMessage(), e);
        }
        ran.get(open.reason()).increment();
        receiver.finished(open.index(), result, origin);
    }

    /** Of all trials that were handed over so far. */
    public Reuse reuse() {
        Map<Reuse.Reason, Long> counts = new EnumMap<>(Reuse.Reason.class);
        ran.forEach((reason, count) -> counts.put(reason, count.sum()));
        return new Reuse(kept.sum(), counts);
    }

    @Override
    public void close() {
        try {
            inner.close();
        } finally {
            ledger.close();
        }
    }
}
