package org.crucis.command;

import java.io.PrintWriter;
import org.crucis.junit.Catalogue;
import org.crucis.junit.FrozenPlans;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The list of plan digests that is committed beside the claims. Runs nothing. */
@Command(
        name = "freeze",
        description = "Prints the digests of all plans, to be committed as reproductions/plans.csv.",
        mixinStandardHelpOptions = true)
final class FreezeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Catalogue catalogue = Catalogue.shipped();
        PrintWriter out = spec.commandLine().getOut();
        out.print(FrozenPlans.list(catalogue, catalogue.ids()));
        out.flush();
    }
}
