package org.crucis.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.junit.Catalogue;
import org.crucis.lab.ClaimPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a claim says and plans to do. Runs nothing. */
@Command(name = "show", description = "Shows the plan of a claim.", mixinStandardHelpOptions = true)
final class ShowCommand implements Runnable {

    @Parameters(paramLabel = "CLAIM", description = "Id of a claim, as 'list' prints it.")
    private String id;

    @Mixin
    private PlanOptions which;

    @Option(names = "--json", description = "Print one JSON object instead of lines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        ClaimPlan plan = which.of(Catalogue.shipped(), id);
        Roster.ClaimEntry entry = plan.asRosterEntry();
        Evidence.Plan planned = plan.asEvidence();
        var out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> both = new LinkedHashMap<>();
            both.put("claim", entry);
            both.put("plan", planned);
            out.print(EvidenceFolder.pretty(both));
            out.flush();
            return;
        }
        out.println(entry.title());
        out.println(entry.id() + ", " + entry.source() + ", edition " + planned.edition() + ", plan "
                + planned.digest().substring(0, 12));
        out.println();
        out.println(plan.statement());
        for (Evidence.ExperimentPlan experiment : planned.experiments()) {
            out.println();
            out.println("experiment " + experiment.name() + ", " + experiment.blocks() + " blocks at the first look");
            experiment
                    .axes()
                    .forEach(axis -> out.println("  " + axis.name() + ": " + String.join(", ", axis.values())));
        }
        for (int index = 0; index < entry.predictions().size(); index++) {
            Roster.PredictionEntry prediction = entry.predictions().get(index);
            out.println();
            out.println(prediction.id() + " (" + prediction.basis().word() + "): " + prediction.sentence());
            out.println("  expects " + planned.criteria().get(index));
        }
        out.println();
        out.println("at least " + plan.trialsOfFirstLook() + " trials; run it with: java -jar target/crucis.jar run "
                + entry.id());
    }
}
