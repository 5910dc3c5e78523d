package org.crucis.spark;

import java.nio.file.Path;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Tier;
import org.crucis.junit.Catalogue;
import org.crucis.lab.ClaimPlan;
import org.crucis.lab.ClaimRun;
import org.crucis.lab.Engine;
import org.crucis.lab.Progress;
import org.crucis.lab.ProvenanceReader;

/** A whole claim, judged with the trials of some engine. */
final class ClaimEvidence {

    private ClaimEvidence() {}

    /** Digest of all that is found about a shipped claim. */
    static String digest(String claim, Engine engine, Path folder) {
        ClaimPlan plan = Catalogue.shipped().plan(claim, Tier.QUICK, 1);
        ClaimRun run = new ClaimRun(plan, engine, Progress.SILENT);
        plan.asRosterEntry().predictions().forEach(prediction -> run.judge(prediction.id()));
        return new EvidenceFolder(folder)
                .write(run.evidence(ProvenanceReader.read(1)))
                .evidenceDigest();
    }
}
