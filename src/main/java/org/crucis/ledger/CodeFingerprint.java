package org.crucis.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.crucis.claim.Observation;
import org.crucis.claim.Point;
import org.crucis.claim.Sha256;
import org.crucis.lab.Measurements;
import org.crucis.lab.Requirement;
import org.crucis.lab.Seeds;
import org.crucis.lab.Trial;
import org.crucis.lab.TrialTask;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The code that a claim's trials run: SHA-256 over our class files that can be reached from the claim, over the data that
 * lie beside them, and over the names of the library jars that they use.
 *
 * <p>What only judges is left out, so that a changed title, picture or report re-judges and re-runs nothing: prediction
 * methods, annotations, debug information, and the checker, of which only what a trial is made of counts. Numeric libraries
 * that load others are part of the {@link org.crucis.lab.NumericEnvironment}.
 */
public final class CodeFingerprint {

    private static final String OURS = "org/crucis/";

    /** Rooms of the checker: they decide about trials and are no part of them. */
    private static final List<String> CHECKER = Stream.of(
                    "claim", "severity", "statistics", "lab", "engine", "ledger", "junit", "report", "command")
            .map(room -> OURS + room + "/")
            .toList();

    /** What of the checker makes the numbers of a trial; these files alone, not what they reach. */
    private static final List<Class<?>> MAKE_A_TRIAL = List.of(
            Trial.class,
            Seeds.class,
            TrialTask.class,
            Measurements.class,
            Requirement.class,
            Point.class,
            Observation.class);

    private static final String PREDICTION = "Lorg/crucis/junit/Prediction;";

    private final ClassLoader loader;

    /** Path to content of everything that lies where our classes, or the claim's, were loaded from. */
    private final Map<String, Entry> entries = new TreeMap<>();

    private final Set<String> roots = new TreeSet<>();
    private final Map<String, Code> read = new HashMap<>();
    private final Map<String, Optional<String>> libraries = new HashMap<>();

    /** A file of ours as it was when the run began: a build beside a long run must not change what its trials are kept under. */
    private record Entry(byte[] bytes) {}

    /** A class file without what does not count, and the classes that it names. */
    private record Code(byte[] digest, Set<String> references) {}

    /** For claims whose classes this loader finds. */
    public CodeFingerprint(ClassLoader loader) {
        this.loader = loader;
        index(CodeFingerprint.class);
    }

    /**
     * The fingerprint of the code of one claim, in hexadecimal.
     *
     * @throws IllegalArgumentException when there is no such class
     */
    public synchronized String of(String claimClass) {
        try {
            return of(Class.forName(claimClass, false, loader));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("there is no class " + claimClass, e);
        }
    }

    synchronized String of(Class<?> claim) {
        index(claim);
        Map<String, byte[]> parts = new TreeMap<>();
        for (Class<?> part : MAKE_A_TRIAL) {
            String name = Type.getInternalName(part);
            parts.put(name, code(name).digest());
        }
        Set<String> jars = new TreeSet<>();
        Set<String> folders = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(Type.getInternalName(claim)));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (!seen.add(name)) {
                continue;
            }
            if (!isOurs(name)) {
                library(name).ifPresent(jars::add);
            } else if (CHECKER.stream().noneMatch(name::startsWith)) {
                Code code = code(name);
                parts.put(name, code.digest());
                folders.add(name.substring(0, name.lastIndexOf('/') + 1));
                open.addAll(code.references());
            }
        }
        entries.forEach((name, entry) -> {
            if (!name.endsWith(".class") && folders.contains(name.substring(0, name.lastIndexOf('/') + 1))) {
                parts.put(name, sha256(entry.bytes()));
            }
        });
        MessageDigest whole = Sha256.start();
        parts.forEach((name, digest) -> {
            whole.update(name.getBytes(StandardCharsets.UTF_8));
            whole.update(digest);
        });
        jars.forEach(jar -> whole.update(jar.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(whole.digest());
    }

    private void index(Class<?> type) {
        URL place = type.getProtectionDomain().getCodeSource().getLocation();
        try {
            index(Path.of(place.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("classes were loaded from " + place + ", which is no place", e);
        }
    }

    private void index(Path root) {
        if (!roots.add(root.toString())) {
            return;
        }
        try {
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        entries.putIfAbsent(
                                root.relativize(file).toString().replace('\\', '/'),
                                new Entry(Files.readAllBytes(file)));
                    }
                }
            } else {
                try (JarFile jar = new JarFile(root.toFile())) {
                    for (JarEntry entry :
                            jar.stream().filter(each -> !each.isDirectory()).toList()) {
                        try (InputStream in = jar.getInputStream(entry)) {
                            entries.putIfAbsent(entry.getName(), new Entry(in.readAllBytes()));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the classes in " + root, e);
        }
    }

    /** The jar that a class of somebody else comes from; empty for the platform's own and for names that are no class. */
    private Optional<String> library(String name) {
        return libraries.computeIfAbsent(name, any -> {
            URL found = name.startsWith("java/") ? null : loader.getResource(name + ".class");
            if (found == null || !found.getProtocol().equals("jar")) {
                return Optional.empty();
            }
            String jar = found.getPath().substring(0, found.getPath().indexOf('!'));
            String file = jar.substring(jar.lastIndexOf('/') + 1);
            // Its name does not tell one such jar from the next.
            return Optional.of(file.contains("SNAPSHOT") ? file + " " + contentOf(jar) : file);
        });
    }

    private static String contentOf(String jar) {
        try {
            return HexFormat.of().formatHex(sha256(Files.readAllBytes(Path.of(URI.create(jar)))));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + jar, e);
        }
    }

    /** Whether a class lies where ours do; a folder of classes is somebody's work in progress, and counts as ours. */
    private boolean isOurs(String name) {
        String file = name + ".class";
        if (!entries.containsKey(file) && !libraries.containsKey(name) && !name.startsWith("java/")) {
            URL found = loader.getResource(file);
            if (found != null && found.getProtocol().equals("file")) {
                Path place = Path.of(URI.create(found.toString()));
                index(place.getRoot()
                        .resolve(place.subpath(
                                0, place.getNameCount() - Path.of(file).getNameCount())));
            }
        }
        return entries.containsKey(file);
    }

    private Code code(String name) {
        return read.computeIfAbsent(
                name, any -> read(entries.get(name + ".class").bytes()));
    }

    private Code read(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        node.visibleAnnotations = null;
        node.invisibleAnnotations = null;
        List<String> predictions = node.methods.stream()
                .filter(CodeFingerprint::isPrediction)
                .map(method -> method.name)
                .toList();
        node.methods.removeIf(method -> predictions.stream()
                .anyMatch(prediction ->
                        method.name.equals(prediction) || method.name.startsWith("lambda$" + prediction + "$")));
        Set<String> references = new TreeSet<>();
        for (MethodNode method : node.methods) {
            withoutAnnotations(method);
            addClassesNamedByText(method, references);
        }
        for (FieldNode field : node.fields) {
            field.visibleAnnotations = null;
            field.invisibleAnnotations = null;
        }
        ClassWriter stripped = new ClassWriter(0);
        node.accept(new ClassRemapper(stripped, new Remapper(Opcodes.ASM9) {
            @Override
            public String map(String name) {
                references.add(name);
                return name;
            }
        }));
        return new Code(sha256(stripped.toByteArray()), references);
    }

    private static boolean isPrediction(MethodNode method) {
        return Stream.ofNullable(method.visibleAnnotations)
                .flatMap(List::stream)
                .map((AnnotationNode annotation) -> annotation.desc)
                .anyMatch(PREDICTION::equals);
    }

    private static void withoutAnnotations(MethodNode method) {
        method.visibleAnnotations = null;
        method.invisibleAnnotations = null;
        method.visibleParameterAnnotations = null;
        method.invisibleParameterAnnotations = null;
    }

    /** A class that is loaded by its name, as the one that needs the Vector API is. */
    private void addClassesNamedByText(MethodNode method, Set<String> references) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LdcInsnNode constant && constant.cst instanceof String text) {
                String name = text.replace('.', '/');
                if (entries.containsKey(name + ".class")) {
                    references.add(name);
                }
            }
        }
    }

    private static byte[] sha256(byte[] bytes) {
        return Sha256.start().digest(bytes);
    }
}
