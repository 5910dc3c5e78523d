package org.crucis.lab;

import java.util.List;

/** Runs trials, many at once, anywhere: on threads, in processes, on a cluster. May be called from several threads. */
public interface Engine extends AutoCloseable {

    /**
     * Runs trials and hands over each result as soon as it is there, in any order. Returns when all have been handed over.
     *
     * @throws InterruptedRun when the run is stopped from outside
     * @throws EngineFailure when trials can no longer be run, in one sentence
     */
    void run(List<TrialTask> tasks, Receiver receiver);

    /** Runs trials and gives their results in the order of the tasks. */
    default List<TrialResult> run(List<TrialTask> tasks) {
        TrialResult[] received = new TrialResult[tasks.size()];
        run(tasks, (index, result, origin) -> received[index] = result);
        return List.of(received);
    }

    @Override
    void close();

    /** Takes results; calls may come from several threads at once. */
    interface Receiver {

        /**
         * @param index of the task in the list that is run
         */
        void finished(int index, TrialResult result, Origin origin);
    }

    /** Where a result comes from. */
    enum Origin {
        /** The trial was run now. */
        RUN,
        /** It was run earlier and kept. */
        KEPT
    }

    /** The run was stopped; what has been written so far stays. */
    final class InterruptedRun extends RuntimeException {
        public InterruptedRun() {
            super("the run was interrupted; evidence written so far is kept");
        }
    }

    /** The engine can run no more trials; the message is a sentence that says why and what to do. */
    final class EngineFailure extends RuntimeException {
        public EngineFailure(String sentence) {
            super(sentence);
        }

        public EngineFailure(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }
}
