package org.crucis.spark;

import org.crucis.engine.EngineSettings;
import org.crucis.lab.*;

final class WorkerPool implements AutoCloseable {
    WorkerPool(EngineSettings settings, String classPath, NumericEnvironment expected) {}

    TrialResult run(TrialSpec spec) {
        return TrialTask.of(spec).run();
    }

    @Override
    public void close() {}
}
