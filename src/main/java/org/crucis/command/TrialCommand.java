package org.crucis.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.crucis.junit.Catalogue;
import org.crucis.lab.TrialJson;
import org.crucis.lab.TrialResult;
import org.crucis.lab.TrialTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One trial by itself, in this process: to look at one that failed, under a debugger where that helps. */
@Command(
        name = "trial",
        description = "Runs one trial of a claim by itself and prints what it measured, as JSON. Keeps nothing.",
        mixinStandardHelpOptions = true)
final class TrialCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "CLAIM", description = "Id of a claim, as 'list' prints it.")
    private String id;

    @Parameters(
            index = "1",
            paramLabel = "EXPERIMENT",
            description = "Name of one of its experiments, as 'show' prints it.")
    private String experiment;

    @Option(
            names = "--at",
            split = ",",
            paramLabel = "AXIS=VALUE",
            description = "The point of the sweep, for instance width=64,activation=RELU.")
    private Map<String, String> at = new LinkedHashMap<>();

    @Option(names = "--block", description = "Number of the block; 0 by default.", defaultValue = "0")
    private int block;

    @Mixin
    private PlanOptions which;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (block < 0) {
            throw new Refusal("--block must be a whole number from 0 up, got " + block);
        }
        TrialTask task;
        try {
            task = which.of(Catalogue.shipped(), id).trial(experiment, at, block);
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage());
        }
        TrialResult result = task.run();
        spec.commandLine().getOut().println(TrialJson.write(result, task.spec().point()));
        return result.outcome() instanceof TrialResult.Failed ? 1 : 0;
    }
}
