package org.crucis.command;

import java.util.ArrayList;
import java.util.List;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.claim.Tier;
import org.crucis.junit.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the claims: id, number of predictions that count and of pilots, title. Runs nothing. */
@Command(name = "list", description = "Lists the claims.", mixinStandardHelpOptions = true)
final class ListCommand implements Runnable {

    @Option(names = "--json", description = "Print one JSON array instead of lines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Catalogue catalogue = Catalogue.shipped();
        List<Roster.ClaimEntry> entries = new ArrayList<>();
        for (String id : catalogue.ids()) {
            entries.add(catalogue.plan(id, Tier.QUICK, 1).asRosterEntry());
        }
        var out = spec.commandLine().getOut();
        if (json) {
            out.print(EvidenceFolder.pretty(entries));
            out.flush();
            return;
        }
        int width =
                entries.stream().mapToInt(entry -> entry.id().length()).max().orElse(0);
        for (Roster.ClaimEntry entry : entries) {
            out.printf("%-" + width + "s  %-25s  %s%n", entry.id(), counts(entry), entry.title());
        }
    }

    private static String counts(Roster.ClaimEntry entry) {
        int all = entry.predictions().size();
        int carrying = (int) entry.predictions().stream()
                .filter(prediction -> prediction.basis().carriesVerdict())
                .count();
        return number(carrying, "prediction") + (carrying == all ? "" : ", " + number(all - carrying, "pilot"));
    }

    private static String number(int count, String of) {
        return count + " " + of + (count == 1 ? "" : "s");
    }
}
