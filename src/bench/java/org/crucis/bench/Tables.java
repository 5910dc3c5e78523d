package org.crucis.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.crucis.bench.Times.Spread;
import org.crucis.report.Picture;

/** What was measured, as Markdown: one table a group, the promises, how the cost grows, and the machine. */
final class Tables {

    /** The sweep's time on one core over that on two. */
    private static final double PROMISED_SPEEDUP = 1.8;

    /** The look at the resident memory from which on the JVM has loaded and compiled what it needs. */
    private static final int SETTLED = 2;

    /** From there to the end; more than this is a leak. */
    private static final double FLAT = 1.1;

    private static final Pattern REGION = Pattern.compile("(?s)(<!-- bench -->\\n).*?(<!-- /bench -->)");

    private final Ledger ledger;

    Tables(Ledger ledger) {
        this.ledger = ledger;
    }

    void write(Path folder) throws IOException {
        StringBuilder text = new StringBuilder("# Speed, measured\n\nWritten by `mvn -Pbench verify`. ");
        text.append(machine()).append("\n\n").append(promises());
        Pictures pictures = new Pictures(ledger);
        for (Pictures.Named picture : pictures.drawn()) {
            Ledger.replace(folder.resolve(picture.file()), Picture.of(picture.chart()));
            text.append("\n![")
                    .append(picture.chart().title())
                    .append("](")
                    .append(picture.file())
                    .append(")\n");
        }
        for (Map.Entry<Group, Ledger.Entry> each : ledger.groups().entrySet()) {
            text.append("\n## ").append(each.getKey().title()).append("\n\n").append(table(each.getKey()));
        }
        text.append(growth()).append(memory()).append(sides());
        Ledger.replace(folder.resolve("README.md"), text.toString());
    }

    /** Fills the marked region of the project's README with the summary. */
    void writeInto(Path readme) throws IOException {
        Matcher region = REGION.matcher(Files.readString(readme));
        if (!region.find()) {
            throw new IllegalStateException(
                    readme + " has no region between <!-- bench --> and <!-- /bench -->; put the two lines back");
        }
        StringBuilder text = new StringBuilder(machine()).append("\n\n").append(promises());
        for (Group group : new Group[] {Group.FIRST, Group.KERNEL, Group.CLAIM}) {
            ledger.entry(group)
                    .ifPresent(entry -> text.append("\n**")
                            .append(group.title())
                            .append("**, ")
                            .append(table(group)));
        }
        Ledger.replace(readme, region.replaceFirst("$1" + Matcher.quoteReplacement(text.toString()) + "$2"));
    }

    private String machine() {
        StringBuilder text = new StringBuilder("Machine: ")
                .append(ledger.machine().get("cpu"))
                .append(", ")
                .append(ledger.machine().get("cores"))
                .append(" cores, ")
                .append(ledger.machine().get("java"));
        fact(Group.OURS, "blas").ifPresent(blas -> text.append("; OpenBLAS ").append(blas));
        fact(Group.OURS, "blas core type")
                .ifPresent(core -> text.append(" (").append(core).append(")"));
        fact(Group.PYTORCH, "torch")
                .ifPresent(torch -> text.append("; PyTorch ").append(torch));
        fact(Group.PYTORCH, "blas core type")
                .ifPresent(core -> text.append(" on OpenBLAS (").append(core).append(")"));
        return text.append(
                        ". Double precision, one thread a process; medians over pairs of fresh processes, in brackets"
                                + " the smallest and the largest.")
                .toString();
    }

    private Optional<String> fact(String side, String name) {
        return ledger.groups().values().stream()
                .map(entry -> entry.facts().getOrDefault(side, Map.of()).get(name))
                .filter(value -> value != null)
                .findFirst();
    }

    /** What a promise says, how many cases it speaks of, and the worst of them. */
    private record Promise(String what, double limit, Spread worst, String where) {}

    private String promises() {
        Map<String, Promise> promises = new TreeMap<>();
        for (Map.Entry<Group, Ledger.Entry> each : ledger.groups().entrySet()) {
            Group group = each.getKey();
            Times times = new Times(each.getValue().samples());
            for (String id : times.ids()) {
                for (String row : times.rows()) {
                    OptionalDouble limit = group.promised(id, row);
                    Optional<Spread> ratio = times.ratio(id, Group.OURS, id, row);
                    if (limit.isPresent() && ratio.isPresent()) {
                        String what = group.ordinal() + " " + group.title() + ": time over that of " + row;
                        promises.merge(
                                what + limit,
                                new Promise(what.substring(2), limit.getAsDouble(), ratio.get(), id),
                                (one, other) ->
                                        one.worst().median() >= other.worst().median() ? one : other);
                    }
                }
            }
        }
        StringBuilder text =
                new StringBuilder("| promise | at most | worst case | measured | |\n|---|---|---|---|---|\n");
        promises.values()
                .forEach(promise -> text.append(line(
                        promise.what(),
                        digits(promise.limit()),
                        promise.where(),
                        brackets(promise.worst()),
                        promise.worst().median() <= promise.limit() ? "kept" : "**missed**")));
        speedup(Group.OURS)
                .ifPresent(faster -> text.append(line(
                        "The claim's sweep on two cores: times as fast as on one",
                        "at least " + digits(PROMISED_SPEEDUP),
                        "",
                        brackets(faster),
                        faster.median() >= PROMISED_SPEEDUP ? "kept" : "**missed**")));
        ledger.entry(Group.ENGINES)
                .flatMap(entry -> new Times(entry.samples())
                        .ratio(
                                EngineCosts.TRAINING + Group.atOnce(1),
                                Group.OURS,
                                EngineCosts.TRAINING + Group.atOnce(2),
                                Group.OURS))
                .ifPresent(faster -> text.append(line(
                        "Trials of 100 ms on two workers: times as fast as on one",
                        "at least " + digits(PROMISED_SPEEDUP),
                        "",
                        brackets(faster),
                        faster.median() >= PROMISED_SPEEDUP ? "kept" : "**missed**")));
        return text.toString();
    }

    private Optional<Spread> speedup(String row) {
        return ledger.entry(Group.CLAIM)
                .flatMap(entry -> new Times(entry.samples()).ratio(Group.atOnce(1), row, Group.atOnce(2), row));
    }

    private String table(Group group) {
        Ledger.Entry entry = ledger.groups().get(group);
        Times times = new Times(entry.samples());
        boolean memory = group.kind() == Plan.Kind.MEMORY;
        boolean claim = group.kind() == Plan.Kind.CLAIM;
        double scale = memory || claim ? 1 : 1e3;
        String unit = memory ? "MB" : claim ? "s" : "ms";
        List<String> others = times.rows().stream()
                .filter(row -> !memory)
                .filter(row -> !row.equals(Group.OURS) && !row.endsWith("first run"))
                .toList();
        List<String> head = new ArrayList<>(List.of(""));
        times.rows().forEach(row -> head.add(row + ", " + unit));
        others.forEach(row -> head.add(Group.OURS + " / " + row));
        StringBuilder text = new StringBuilder(entry.measured())
                .append(memory ? "" : ", pairs: " + entry.pairs())
                .append(".\n\n")
                .append(line(head.toArray(String[]::new)))
                .append("|---".repeat(head.size()))
                .append("|\n");
        for (String id : times.ids()) {
            List<String> cells = new ArrayList<>(List.of(id));
            for (String row : times.rows()) {
                cells.add(times.spread(id, row)
                        .map(spread -> digits(scale * spread.median()))
                        .orElse(""));
            }
            for (String row : others) {
                cells.add(times.ratio(id, Group.OURS, id, row)
                        .map(Tables::brackets)
                        .orElse(""));
            }
            text.append(line(cells.toArray(String[]::new)));
        }
        if (claim) {
            text.append("\nFitted exponent of the drift in the width: ");
            text.append(String.join(
                    "; ",
                    entry.samples().stream()
                            .map(sample -> sample.row())
                            .filter(row -> List.of(Group.OURS, Group.PYTORCH).contains(row.row()))
                            .map(row -> "%s %.3f +- %.3f".formatted(row.row(), row.check(), row.error()))
                            .distinct()
                            .toList()));
            text.append(" (one standard error, over the seeds; each side draws its own).\n");
        }
        return text.toString();
    }

    /** A scan of one size: which cases, and what is varied in them. */
    private record Scan(String what, Group group, String ids, ToDoubleFunction<Case> size) {}

    private String growth() {
        List<Scan> scans = List.of(
                new Scan("step against width, n = 100", Group.FIRST, "n = 100, width (1000|10000|100000)", Case::width),
                new Scan(
                        "step against width, n = 100, both layers",
                        Group.BOTH,
                        "n = 100, width (1000|10000|100000)",
                        Case::width),
                new Scan("step against n, width 1000", Group.FIRST, ".*width 1000", Case::n),
                new Scan("step against n, width 10 000", Group.FIRST, ".*width 10000", Case::n),
                new Scan("step against depth, width 256", Group.DEPTH, ".*", Case::depth),
                new Scan("kernel against n, width 1024", Group.KERNEL, ".*", Case::n));
        StringBuilder text = new StringBuilder();
        for (Scan scan : scans) {
            Optional<Ledger.Entry> entry = ledger.entry(scan.group());
            List<Case> cases = entry.map(Ledger.Entry::cases).orElse(List.of()).stream()
                    .filter(each -> each.id().matches(scan.ids()))
                    .toList();
            if (cases.size() < 2) {
                continue;
            }
            Times times = new Times(entry.get().samples());
            double[] sizes = cases.stream().mapToDouble(scan.size()).toArray();
            text.append(line(
                    scan.what(),
                    "%.0f to %.0f".formatted(sizes[0], sizes[sizes.length - 1]),
                    exponent(sizes, cases.stream().mapToDouble(Case::operations).toArray()),
                    fitted(times, Group.OURS, cases, sizes),
                    fitted(times, scan.group() == Group.KERNEL ? Group.PYTORCH_LAYERS : Group.PYTORCH, cases, sizes)));
        }
        speedup(Group.OURS)
                .ifPresent(ours -> text.append(line(
                        "claim against cores",
                        "1 to 2",
                        "-1.00",
                        exponent(new double[] {1, 2}, new double[] {ours.median(), 1}),
                        speedup(Group.PYTORCH)
                                .map(peer -> exponent(new double[] {1, 2}, new double[] {peer.median(), 1}))
                                .orElse(""))));
        return text.isEmpty()
                ? ""
                : "\n## How the cost grows\n\nExponents of power laws through the medians; expected is that of the number of"
                        + " multiplications at the same sizes.\n\n| | range | expected | Crucis | PyTorch |\n|---|---|---|---|---|\n"
                        + text;
    }

    private static String fitted(Times times, String row, List<Case> cases, double[] sizes) {
        double[] medians = cases.stream()
                .flatMap(each -> times.spread(each.id(), row).stream())
                .mapToDouble(Spread::median)
                .toArray();
        return medians.length < sizes.length ? "" : exponent(sizes, medians);
    }

    private static String exponent(double[] sizes, double[] values) {
        return "%.2f".formatted(Growth.slope(sizes, values));
    }

    private String memory() {
        StringBuilder text = new StringBuilder("\n## Memory\n\n");
        ledger.entry(Group.MEMORY).ifPresent(entry -> {
            Times times = new Times(entry.samples());
            if (times.ids().isEmpty()) {
                text.append("This system does not tell a process's resident memory (no /proc).\n\n");
                return;
            }
            String settled = times.ids().get(SETTLED);
            double first = outsideTheHeap(times, settled);
            double last = outsideTheHeap(times, times.ids().get(times.ids().size() - 1));
            text.append("From ")
                    .append(settled.replace("after ", ""))
                    .append(" to the end, memory outside the Java heap went from ")
                    .append(digits(first))
                    .append(" to ")
                    .append(digits(last))
                    .append(last <= FLAT * first ? " MB: flat.\n\n" : " MB: **not flat**.\n\n");
        });
        text.append("Largest resident memory of a process, MB:\n\n| group | side | MB |\n|---|---|---|\n");
        ledger.groups()
                .forEach((group, entry) -> entry.peaks()
                        .forEach((side, peak) ->
                                text.append(line(group.name().toLowerCase(Locale.ROOT), side, digits(peak)))));
        return text.toString();
    }

    private static double outsideTheHeap(Times times, String id) {
        return times.spread(id, Group.OURS).orElseThrow().median()
                - times.spread(id, Group.JAVA_HEAP).orElseThrow().median();
    }

    private String sides() {
        return """

                ## What is compared

                - Both sides start from the same numbers in a file and must agree in the loss after a training, or in the norm of the
                  kernel, to 1e-9; in the claim each draws its own, and the exponents must agree within their errors.
                - A step is a training of 10 to 300 steps, its set-up included, divided by the number of steps.
                - *PyTorch* is the ordinary autograd step: forward, `autograd.grad`, update in place. *By hand* is its gradient written
                  out, without autograd and without an allocation: the strongest form that we know.
                - *bare products* are the kernel's matrix products alone, by the same library on memory that is there already.
                - *first run* is a fresh process in which nothing is compiled yet; the other times are of the second run.
                - The per-example kernel needs the memory of the whole Jacobian, 1.7 GB at 100 inputs: larger n are left out. So are 500
                  inputs at width 100 000, unless asked for with `--all`.
                """;
    }

    private static String line(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String brackets(Spread spread) {
        return digits(spread.median()) + " (" + digits(spread.least()) + " to " + digits(spread.most()) + ")";
    }

    private static String digits(double value) {
        return new BigDecimal(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
