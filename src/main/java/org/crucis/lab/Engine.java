package org.crucis.lab;

import java.util.List;

/** Runs trials. Results come back in the order of the tasks, whatever ran them and when. */
public interface Engine {

    /** @throws InterruptedRun when the run is stopped from outside */
    List<TrialTask.Result> run(List<TrialTask> tasks);

    /** The run was stopped; what has been written so far stays. */
    final class InterruptedRun extends RuntimeException {
        InterruptedRun() {
            super("the run was interrupted; evidence written so far is kept");
        }
    }
}
