package org.crucis.severity;

import java.util.List;
import org.crucis.claim.Evidence;

/**
 * Which planted faults which claims notice. A claim notices a fault when a prediction that is SUPPORTED in the sound program
 * is REFUTED, VOID or NOT_APPLICABLE in the broken one; INCONCLUSIVE is not enough.
 *
 * @param schemaVersion of the format
 * @param faults in the order of their names
 */
public record KillMatrix(int schemaVersion, List<Fault> faults) {

    /** The record's name in the {@link SeverityFolder}. */
    public static final String NAME = "faults";

    public static final KillMatrix EMPTY = new KillMatrix(Evidence.SCHEMA_VERSION, List.of());

    public KillMatrix {
        faults = List.copyOf(faults);
    }

    /**
     * @param sentence what is wrong
     * @param target class and methods that are broken
     * @param cells the claims whose trials reach the target, in the order of their ids; some may not have been run
     *     yet
     */
    public record Fault(String name, String sentence, String target, List<Cell> cells) {
        public Fault {
            cells = List.copyOf(cells);
        }

        public boolean noticed() {
            return cells.stream().anyMatch(Cell::noticed);
        }
    }

    /** What became of a claim under a fault. */
    public enum State {
        NOT_RUN,
        UNNOTICED,
        NOTICED
    }

    /**
     * One claim under one fault.
     *
     * @param code of the fault, the claim and all that its trials reach, at the time
     * @param prediction that noticed first; empty when none did
     * @param verdict of that prediction
     * @param sentence what it said
     */
    public record Cell(String claim, String code, State state, String prediction, String verdict, String sentence) {

        public static Cell notRun(String claim, String code) {
            return new Cell(claim, code, State.NOT_RUN, "", "", "");
        }

        public static Cell unnoticed(String claim, String code) {
            return new Cell(claim, code, State.UNNOTICED, "", "", "");
        }

        public boolean noticed() {
            return state == State.NOTICED;
        }
    }
}
