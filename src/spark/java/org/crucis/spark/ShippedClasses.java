package org.crucis.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The class path of this process without Spark's part of it: what a trial needs on another machine. Nobody has to list jars
 * for a cluster, and every machine runs the same code.
 */
final class ShippedClasses {

    private ShippedClasses() {}

    /** Jars and folders, in the order in which classes are looked for. */
    static List<Path> places() {
        return places(given());
    }

    /** These places and what their manifests name. */
    static List<Path> places(Stream<Path> given) {
        Set<Path> places = new LinkedHashSet<>();
        given.forEach(place -> addWithItsManifest(place.toAbsolutePath().normalize(), places));
        Set<Path> spark = places.stream()
                .filter(place -> place.getFileName().toString().startsWith("spark-core_"))
                .map(Path::getParent)
                .collect(Collectors.toSet());
        return places.stream()
                .filter(place -> !spark.contains(place.getParent()))
                .toList();
    }

    /** Where spark-submit has started this process, the class path is Spark's and ours is in a loader above it. */
    private static Stream<Path> given() {
        ClassLoader ours = ShippedClasses.class.getClassLoader();
        Stream<Path> later = Stream.iterate(
                        Thread.currentThread().getContextClassLoader(),
                        loader -> loader != null,
                        ClassLoader::getParent)
                .filter(URLClassLoader.class::isInstance)
                .flatMap(loader -> Stream.of(((URLClassLoader) loader).getURLs()))
                .filter(url -> url.getProtocol().equals("file"))
                .map(ShippedClasses::path);
        return ours == ClassLoader.getSystemClassLoader()
                ? Stream.concat(
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(Path::of),
                        later)
                : later;
    }

    private static void addWithItsManifest(Path place, Set<Path> places) {
        if (!Files.exists(place) || !places.add(place) || Files.isDirectory(place)) {
            return;
        }
        try (JarFile jar = new JarFile(place.toFile())) {
            Manifest manifest = jar.getManifest();
            String others =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (others != null && !others.isBlank()) {
                for (String other : others.strip().split("\\s+")) {
                    addWithItsManifest(path(place.toUri().resolve(other).toURL()), places);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + place + " of the class path: " + e.getMessage(), e);
        }
    }

    private static Path path(URL url) {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(url + " in the class path is no address of a file", e);
        }
    }

    /** What can be sent: folders as jars, written to another folder. */
    static List<Path> asJars(List<Path> places, Path folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                Path jar = folder.resolve("folder-" + jars.size() + ".jar");
                pack(place, jar);
                jars.add(jar);
            } else {
                jars.add(place);
            }
        }
        return jars;
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                out.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }
}
