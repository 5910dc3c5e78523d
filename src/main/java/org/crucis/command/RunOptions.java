package org.crucis.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.crucis.claim.Tier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How claims are run: where their reports go, with how many threads, and what is kept and said. */
final class RunOptions {

    @Mixin
    private ReportsOption reports;

    @Option(names = "--threads", paramLabel = "N", description = "Trials at once; all cores by default.")
    private Integer threads;

    @Option(names = "--no-ledger", description = "Run every trial anew, and keep none.")
    private boolean noLedger;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing on the way.")
    private boolean quiet;

    ReportsOption reports() {
        return reports;
    }

    boolean noLedger() {
        return noLedger;
    }

    /** The properties {@code crucis.*} that these options stand for. */
    Map<String, String> settings(Tier tier) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("crucis.reports", reports.folder().toString());
        settings.put("crucis.tier", tier.name());
        if (threads != null) {
            settings.put("crucis.threads", threads.toString());
        }
        if (noLedger) {
            settings.put("crucis.ledger", "off");
        }
        if (quiet) {
            settings.put("crucis.progress", "quiet");
        }
        return settings;
    }

    /** @throws Refusal for no threads, or a folder in which nothing can be written */
    void check() {
        Refusal.unlessPositive("--threads", threads);
        Refusal.unlessWritable(reports.folder());
    }
}
