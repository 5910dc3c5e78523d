package org.crucis.engine;

import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How a JVM is started in which trials run: what must be asked for before it starts, in one place. */
public final class TrialJvm {

    private static final String VECTOR_API = "jdk.incubator.vector";

    private TrialJvm() {}

    /**
     * A process that only has to be started.
     *
     * @param heapMegabytes its Java heap: small on purpose, since only a collection frees DL4J's off-heap arrays, which may
     *     take twice as much
     * @param classPath may be long, and may have spaces
     * @param options of the JVM, beyond those that every trial needs
     */
    public static ProcessBuilder process(int heapMegabytes, String classPath, List<String> options, String mainClass) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(givenProperties());
        // Of two the JVM takes the last.
        command.add("-Xmx" + heapMegabytes + "m");
        command.add("-Dorg.bytedeco.javacpp.maxbytes=" + 2L * heapMegabytes + "m");
        if (ModuleFinder.ofSystem().find(VECTOR_API).isPresent()) {
            command.addAll(List.of("--add-modules", VECTOR_API));
        }
        command.addAll(options);
        command.add(mainClass);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", classPath);
        // Where it cannot be set from inside: on Windows.
        builder.environment().putIfAbsent("OMP_NUM_THREADS", "1");
        return builder;
    }

    /** What the user has set with -D, but for the ports of a management agent, of which a machine has only one each. */
    private static List<String> givenProperties() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-D") && !argument.startsWith("-Dcom.sun.management"))
                .toList();
    }

    /** Where this process finds its classes, those among them that a loader has been given later, as in a cluster. */
    public static String classPath() {
        Set<String> places = new LinkedHashSet<>();
        places.add(System.getProperty("java.class.path"));
        for (ClassLoader loader = Thread.currentThread().getContextClassLoader();
                loader != null;
                loader = loader.getParent()) {
            if (loader instanceof URLClassLoader open) {
                Stream.of(open.getURLs())
                        .filter(url -> url.getProtocol().equals("file"))
                        .map(TrialJvm::path)
                        .forEach(places::add);
            }
        }
        return String.join(System.getProperty("path.separator"), places);
    }

    private static String path(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            return url.getPath(); // Made by hand, with a space that was not escaped.
        }
    }

    /** Whether a line of its output only says that it was started as it was asked to. */
    public static boolean isGreeting(String line) {
        return line.equals("WARNING: Using incubator modules: " + VECTOR_API)
                || line.startsWith("Picked up ")
                || line.startsWith("NOTE: Picked up ");
    }
}
