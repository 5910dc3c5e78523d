package org.crucis.spark;

import java.io.Serializable;

/** What an executor answers. */
sealed interface Reply extends Serializable {

    /** @param json the result of a trial */
    record Result(String json) implements Reply {}

    /**
     * No trial can be run there. Not an exception, which Spark would answer by trying the same again.
     *
     * @param sentence why, and what to do
     */
    record Refusal(String sentence) implements Reply {}
}
