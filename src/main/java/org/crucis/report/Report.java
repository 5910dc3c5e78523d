package org.crucis.report;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.claim.Verdict;
import org.crucis.severity.SeverityFolder;

/**
 * The report of one run, joined from its roster and its evidence.
 *
 * <p>A claim or prediction on the roster without evidence is VOID. No content of an evidence file makes this fail: what cannot
 * be read is named in the report, the rest is shown.
 */
public final class Report {

    private final EvidenceFolder folder;
    private final Joined run;
    private final Tally tally;
    private final Optional<SeveritySection> severity;

    private Report(EvidenceFolder folder, Joined run, Optional<SeveritySection> severity) {
        this.folder = folder;
        this.run = run;
        this.severity = severity;
        this.tally = Tally.of(run);
    }

    /** Reads the folder of a run. */
    public static Report of(EvidenceFolder folder) {
        Path reports = reports(folder.folder());
        SeveritySection.Reading severity = SeveritySection.read(SeverityFolder.in(reports));
        List<String> problems = severity.problems().stream()
                .map(problem -> problem.replace(reports.resolve("severity").toString(), "severity"))
                .toList();
        return new Report(folder, Joined.read(folder).withProblems(problems), severity.section());
    }

    /** The folder of the reports, in which the one of this run lies: {@code fresh/1001} lies a floor lower than the others. */
    private static Path reports(Path run) {
        Path parent = run.toAbsolutePath().normalize().getParent();
        return parent == null
                ? run
                : parent.endsWith("fresh") && parent.getParent() != null ? parent.getParent() : parent;
    }

    /**
     * Writes {@code index.html} and, beside it, {@code summary.json}, {@code summary.md}, {@code crucis.sarif} and, for a run of
     * the whole suite, {@code badge.svg}, {@code badge.json} and the same two for each paper in {@code badges} into the folder
     * of the run.
     *
     * @return the page
     * @throws java.io.UncheckedIOException when a file cannot be written, in one sentence
     */
    public Path write() {
        return write(folder.folder().resolve("index.html"));
    }

    /**
     * The same with the page elsewhere; everything else still goes into the folder of the run.
     *
     * @throws java.io.UncheckedIOException when a file cannot be written, in one sentence
     */
    public Path write(Path page) {
        Path place = page.toAbsolutePath();
        new EvidenceFolder(place.getParent()).write(place.getFileName().toString(), html());
        Summary summary = new Summary(run, tally);
        folder.write("summary.json", summary.json());
        folder.write("summary.md", summary.markdown());
        folder.write("costs.csv", summary.costs());
        folder.write("crucis.sarif", new Sarif(run).json());
        if (run.roster()
                .map(Roster::selection)
                .filter(Roster.Selection.WHOLE::equals)
                .isPresent()) {
            write("badge", Badge.of("crucis", tally));
            for (Joined.Paper paper : run.papers()) {
                if (!paper.claims().isEmpty()) {
                    String id = paper.entry().id();
                    write(
                            "badges/" + id.replaceAll("[^A-Za-z0-9._-]+", "-"),
                            Badge.of("crucis " + id, Tally.of(new Joined(run.roster(), List.of(paper), List.of()))));
                }
            }
        }
        return page;
    }

    private void write(String name, Badge badge) {
        folder.write(name + ".svg", badge.svg());
        folder.write(name + ".json", badge.json());
    }

    /** The whole page: one file that needs neither network nor script. */
    public String html() {
        return new Page(run, tally, severity).html();
    }

    /** All findings as a LaTeX {@code longtable} that cites the papers by their ids. */
    public String latex() {
        return new LatexTable(run).table();
    }

    /** The papers as BibTeX entries, their ids as keys. */
    public String bibliography() {
        return new LatexTable(run).bibliography();
    }

    /** The worst verdict of a claim; SUPPORTED when there is none. */
    public Verdict worst() {
        return run.claims().stream()
                .map(Joined.Claim::verdict)
                .min(Comparator.naturalOrder())
                .orElse(Verdict.SUPPORTED);
    }

    /** What could not be read or does not fit together, a sentence each. */
    public List<String> problems() {
        return run.problems();
    }

    /** The counts in a line, for instance "13 claims (1 void, 12 supported), 40 predictions, 1 problem". */
    public String counts() {
        String counts = Words.number(Tally.total(tally.claims()), "claim") + " (" + tally.claimsInWords() + "), "
                + Words.number(Tally.total(tally.predictions()), "prediction")
                + (Tally.total(tally.pilot()) == 0 ? "" : " and " + Words.number(Tally.total(tally.pilot()), "pilot"));
        return run.problems().isEmpty()
                ? counts
                : counts + ", " + Words.number(run.problems().size(), "problem");
    }
}
