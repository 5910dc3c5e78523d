package org.crucis.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.crucis.claim.EvidenceFolder;

/** The user asked for what cannot be done; the message is the one sentence that says what, and what to do. */
final class Refusal extends RuntimeException {

    Refusal(String sentence) {
        super(sentence);
    }

    /** Refuses to go on where the evidence that a run has of a claim cannot be used; the reader is told why before. */
    static void ifDamaged(EvidenceFolder.Contents run, String claim) {
        if (run.problemOf(claim).isPresent()) {
            throw new Refusal("the evidence of " + claim
                    + " cannot be used: run the claim again, or name another run with --evidence");
        }
    }

    /** Refuses a number that is given and not positive. */
    static void unlessPositive(String option, Integer value) {
        if (value != null && value < 1) {
            throw new Refusal(option + " must be a whole number from 1 up, got " + value);
        }
    }

    /** Makes a folder for reports where there is none, and refuses one that cannot be written. */
    static void unlessWritable(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new Refusal(
                    "cannot write reports to " + folder + ": " + e + "; choose another folder with --reports");
        }
        if (!Files.isWritable(folder)) {
            throw new Refusal("cannot write reports to " + folder + ": choose another folder with --reports");
        }
    }
}
