package org.crucis.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Verdict;

/**
 * The run as a static-analysis log (SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/), so that code hosts mark a
 * claim that does not hold at its source file. One rule a claim. A result stands only where something has to be looked at: a
 * host shows an alert for every result, also for one that says "pass".
 */
record Sarif(Joined run) {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private record Log(@JsonProperty("$schema") String schema, String version, List<Run> runs) {}

    private record Run(Tool tool, List<Invocation> invocations, List<Result> results) {}

    private record Tool(Driver driver) {}

    private record Driver(String name, List<Rule> rules) {}

    private record Rule(String id, Text shortDescription, Text fullDescription, Text help, Properties properties) {}

    private record Properties(List<String> tags) {}

    private record Text(String text) {}

    /** @param executionSuccessful whether all that the run left behind could be read */
    private record Invocation(boolean executionSuccessful, List<Notification> toolExecutionNotifications) {}

    private record Notification(String level, Text message) {}

    private record Result(String ruleId, int ruleIndex, String level, Text message, List<Location> locations) {}

    private record Location(PhysicalLocation physicalLocation) {}

    private record PhysicalLocation(ArtifactLocation artifactLocation, Region region) {}

    private record ArtifactLocation(String uri, String uriBaseId) {}

    private record Region(int startLine) {}

    String json() {
        List<Rule> rules = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (Joined.Paper paper : run.papers()) {
            for (Joined.Claim claim : paper.claims()) {
                level(claim.verdict())
                        .ifPresent(level -> results.add(new Result(
                                claim.id(), rules.size(), level, text(message(claim)), List.of(source(claim.id())))));
                rules.add(rule(paper, claim));
            }
        }
        List<Notification> problems = run.problems().stream()
                .map(problem -> new Notification("error", text(problem)))
                .toList();
        return EvidenceFolder.pretty(new Log(
                SCHEMA,
                "2.1.0",
                List.of(new Run(
                        new Tool(new Driver("Crucis", rules)),
                        List.of(new Invocation(problems.isEmpty(), problems)),
                        results))));
    }

    private static Optional<String> level(Verdict verdict) {
        return switch (verdict) {
            case VOID, REFUTED -> Optional.of("error");
            case INCONCLUSIVE -> Optional.of("warning");
            case NOT_APPLICABLE, SUPPORTED -> Optional.empty();
        };
    }

    private static Rule rule(Joined.Paper paper, Joined.Claim claim) {
        return new Rule(
                claim.id(),
                text(claim.title()),
                text(Stream.of(claim.source(), paper.entry().title())
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "))),
                text("Check just this claim again: " + ClaimSection.command(claim.id())),
                new Properties(List.of(paper.entry().id())));
    }

    /** Why the claim has its verdict: what is wrong with it as a whole, or each prediction that brought it there. */
    private static String message(Joined.Claim claim) {
        String why = claim.reason().isEmpty()
                ? claim.predictions().stream()
                        .filter(prediction -> prediction.verdict() == claim.verdict())
                        .filter(prediction ->
                                prediction.basis().carriesVerdict() || prediction.verdict() == Verdict.VOID)
                        .map(prediction -> prediction.sentence() + ": "
                                + (prediction.reason().isEmpty()
                                        ? prediction
                                                .entry()
                                                .map(Evidence.Entry::sentence)
                                                .orElse("")
                                        : prediction.reason()))
                        .collect(Collectors.joining("\n"))
                : claim.reason();
        return Words.of(claim.verdict()).word() + ": " + (why.isEmpty() ? claim.title() : why);
    }

    /** Hosts show nothing without a line, and evidence knows none: the first. */
    private static Location source(String claim) {
        String paper = claim.substring(0, Math.max(0, claim.lastIndexOf('/') + 1));
        try {
            String path = new URI(null, null, "reproductions/" + paper + ClaimSection.className(claim) + ".java", null)
                    .toASCIIString();
            return new Location(new PhysicalLocation(new ArtifactLocation(path, "%SRCROOT%"), new Region(1)));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no path leads to the source of claim " + claim, e);
        }
    }

    /** Braces are places to fill in, and brackets before a parenthesis are links, unless written so. */
    private static Text text(String text) {
        return new Text(text.replace("{", "{{").replace("}", "}}").replace("](", "] ("));
    }
}
