package org.crucis.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What a process reports.
 *
 * @param facts what it ran on
 * @param peakMegabytes its largest resident memory; null where the system does not tell
 */
record Outcome(Map<String, String> facts, Double peakMegabytes, List<Row> rows) {

    /**
     * One measurement.
     *
     * @param id the case
     * @param row who computed it, and how
     * @param value seconds of one step, kernel or claim; megabytes where memory is measured
     * @param check what was computed: a loss, a norm or an exponent; null where there is nothing to compare
     * @param error standard error of an exponent; null for what has no chance in it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(String id, String row, double value, Double check, Double error) {}
}
