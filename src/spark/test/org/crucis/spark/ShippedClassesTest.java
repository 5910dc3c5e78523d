package org.crucis.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedClassesTest {

    @TempDir
    Path folder;

    @Test
    void whatAManifestNamesIsShippedAndSparkIsNot() throws IOException {
        Path product = jar(
                "my crucis.jar", "lib/algebra.jar spark/jars/spark-core_2.13-4.2.0.jar spark/jars/scala.jar gone.jar");
        Path library = jar("lib/algebra.jar", "../my%20crucis.jar");
        jar("spark/jars/spark-core_2.13-4.2.0.jar", "");
        jar("spark/jars/scala.jar", "");
        Path more = jar("claims.jar", "");
        assertThat(ShippedClasses.places(Stream.of(product, more, product))).containsExactly(product, library, more);
    }

    @Test
    void aFolderIsShippedAsAJar() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.createDirectories(classes.resolve("a/b"));
        Files.writeString(classes.resolve("a/b/c.txt"), "content");
        Path library = jar("library.jar", "");
        List<Path> jars =
                ShippedClasses.asJars(List.of(classes, library), Files.createDirectories(folder.resolve("out")));
        assertThat(jars).hasSize(2).endsWith(library);
        try (JarFile packed = new JarFile(jars.get(0).toFile())) {
            assertThat(packed.getInputStream(packed.getEntry("a/b/c.txt"))).hasContent("content");
        }
    }

    private Path jar(String name, String classPath) throws IOException {
        Path jar = folder.resolve(name);
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
