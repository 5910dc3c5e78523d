package org.crucis.command;

import org.crucis.claim.Tier;
import org.crucis.junit.Catalogue;
import org.crucis.lab.ClaimPlan;
import org.crucis.lab.PlanException;
import picocli.CommandLine.Option;

/** Which of a claim's plans is meant. */
final class PlanOptions {

    @Option(names = "--tier", description = "quick or full; quick by default.", defaultValue = "quick")
    private String tier;

    @Option(names = "--edition", description = "Edition of the seeds; 1 by default.", defaultValue = "1")
    private int edition;

    /** @throws Refusal unless it is quick or full */
    Tier tier() {
        try {
            return Tier.parse(tier);
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage());
        }
    }

    /** @throws Refusal when it is not from 1 up */
    int edition() {
        if (edition < 1) {
            throw new Refusal("--edition must be a whole number from 1 up, got " + edition);
        }
        return edition;
    }

    /** @throws Refusal when there is no such claim, or it breaks a rule of planning */
    ClaimPlan of(Catalogue catalogue, String claim) {
        try {
            return catalogue.plan(claim, tier(), edition());
        } catch (IllegalArgumentException | PlanException e) {
            throw new Refusal(e.getMessage());
        }
    }
}
