package org.crucis.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of those who compute: a command that is given a plan and the file for its result, in a fresh process each time.
 *
 * @param name of the side, and of its rows where they bear our name
 */
record Side(String name, List<String> command) {

    private static final String VECTORS = "jdk.incubator.vector";
    private static final Pattern CORE = Pattern.compile("^Core: (\\S+)", Pattern.MULTILINE);

    /** Ours with the JVM's ordinary switches, and the Vector API where this JVM has it. */
    static Side ours() {
        return vectorsExist() ? ours(Group.OURS, List.of("--add-modules", VECTORS)) : ours(Group.OURS, List.of());
    }

    static Side withoutVectors() {
        return ours(Group.NO_VECTORS, List.of());
    }

    /** Ours with a Java heap that is resident from the start: what grows then is outside of it. */
    static Side withWholeHeap() {
        return ours(Group.OURS, List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"));
    }

    static boolean vectorsExist() {
        return ModuleFinder.ofSystem().find(VECTORS).isPresent();
    }

    private static Side ours(String name, List<String> switches) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx2g", "-XX:+UseParallelGC", "-Dorg.bytedeco.javacpp.maxbytes=4g"));
        command.addAll(switches);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OurSide.class.getName()));
        return new Side(name, command);
    }

    static Side of(Peer peer) {
        return new Side(Group.PYTORCH, peer.command());
    }

    /** @throws IllegalStateException if the process fails; names the log */
    Outcome run(Path plan, Path folder) throws IOException, InterruptedException {
        Path result = folder.resolve("result.json");
        Path log = folder.resolve(name.replaceAll("\\W+", "-") + ".log");
        Files.deleteIfExists(result);
        List<String> whole = new ArrayList<>(command);
        whole.add(plan.toString());
        whole.add(result.toString());
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        // OpenBLAS then says which of its kernels it has chosen.
        builder.environment().put("OPENBLAS_VERBOSE", "2");
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        Thread stop = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(stop);
        int code = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(stop);
        if (code != 0) {
            throw new IllegalStateException(name + " ended with code " + code + "; its last words are in " + log);
        }
        Outcome outcome = new ObjectMapper().readValue(new File(result.toString()), Outcome.class);
        Map<String, String> facts = new TreeMap<>(outcome.facts());
        Matcher core = CORE.matcher(Files.readString(log));
        if (core.find()) {
            facts.put("blas core type", core.group(1));
        }
        List<Outcome.Row> rows = outcome.rows().stream()
                .map(row -> row.row().equals(Group.OURS)
                        ? new Outcome.Row(row.id(), name, row.value(), row.check(), row.error())
                        : row)
                .toList();
        return new Outcome(facts, outcome.peakMegabytes(), rows);
    }
}
