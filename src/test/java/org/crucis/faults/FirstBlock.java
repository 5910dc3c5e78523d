package org.crucis.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.crucis.lab.Engine;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialTask;

/** Runs one trial of each point and gives its result to all blocks: enough to see which code a claim reaches. */
record FirstBlock(Engine engine, Map<String, TrialResult> results) implements Engine {

    FirstBlock(Engine engine) {
        this(engine, new HashMap<>());
    }

    @Override
    public void run(List<TrialTask> tasks, Receiver receiver) {
        Map<String, TrialTask> missing = new HashMap<>();
        for (TrialTask task : tasks) {
            if (!results.containsKey(point(task))) {
                missing.putIfAbsent(point(task), task);
            }
        }
        List<TrialTask> first = List.copyOf(missing.values());
        engine.run(first, (index, result, origin) -> {
            synchronized (results) {
                results.put(point(first.get(index)), result);
            }
        });
        for (int index = 0; index < tasks.size(); index++) {
            receiver.finished(index, results.get(point(tasks.get(index))), Origin.RUN);
        }
    }

    private static String point(TrialTask task) {
        return task.spec().claimClass() + " " + task.spec().experiment() + " "
                + task.spec().point();
    }

    @Override
    public void close() {}
}
