package org.crucis.lab;

/** Is told how far a run has come; calls may come from several threads. */
public interface Progress {

    /** Trials were added to what is to be done: the first look of a claim, a further look, or a second stage. */
    void planned(String claim, int trials);

    void finished(TrialSpec trial, TrialResult result, Engine.Origin origin);

    /** Says nothing. */
    Progress SILENT = new Progress() {
        @Override
        public void planned(String claim, int trials) {}

        @Override
        public void finished(TrialSpec trial, TrialResult result, Engine.Origin origin) {}
    };
}
