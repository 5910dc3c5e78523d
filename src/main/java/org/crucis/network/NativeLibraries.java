package org.crucis.network;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Prepares what the native libraries read once, while they are loaded: their number of threads and the processor whose
 * kernels OpenBLAS uses. Both stand in the environment, which a user would have to set before the JVM starts; so they are
 * set here, from inside, unless the user has.
 *
 * <p><b>One thread.</b> Trials run in parallel, and more threads inside each only wait for each other.
 *
 * <p><b>The kernels.</b> The OpenBLAS inside ND4J 1.0.0-M2.1 (0.3.19) is older than many processors and then chooses badly:
 * on an AMD processor with AVX-512 its choice (Zen) makes the products of a first layer 1.3 to 1.7 times slower than the
 * SkylakeX kernels do, and the Cooperlake kernels are up to twice as slow as those for a transposed operand. Whatever is
 * chosen, {@link NumericSelfTest} checks every routine that is used.
 */
public final class NativeLibraries {

    private static final String THREADS = "OMP_NUM_THREADS";
    private static final String UNKNOWN = "chosen by OpenBLAS";
    private static final String CORE_TYPE = "OPENBLAS_CORETYPE";

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final Path LOADED = Path.of("/proc/self/maps");

    /** Bind symbols when first used, and keep them local: the flag of dlopen is 1 on Linux and macOS alike. */
    private static final int RTLD_LAZY = 1;

    private interface CLibrary extends Library {
        int setenv(String name, String value, int overwrite);
    }

    private NativeLibraries() {}

    /** To be called before ND4J is first used; later calls do nothing. */
    public static void prepare() {
        Prepared.DONE.getClass();
    }

    /** Holder: the JVM runs this once, whatever the number of threads that ask. */
    private static final class Prepared {
        static final Object DONE = set();

        private static Object set() {
            if (!Platform.isLinux() && !Platform.isMac()) {
                return PROCESSOR;
            }
            try {
                CLibrary c = Native.load("c", CLibrary.class);
                setUnlessGiven(c, THREADS, "1");
                kernelsFor(processorFlags()).ifPresent(type -> setUnlessGiven(c, CORE_TYPE, type));
                return c;
            } catch (LinkageError e) {
                return PROCESSOR; // Without JNA's own library it is only slower.
            }
        }

        private static void setUnlessGiven(CLibrary c, String name, String value) {
            String given = System.getenv(name);
            if (given == null || given.isBlank()) {
                c.setenv(name, value, 1);
            }
        }
    }

    /**
     * The kernels for a processor with these flags; empty where OpenBLAS is left to choose.
     *
     * @param flags as Linux spells them
     */
    static Optional<String> kernelsFor(Set<String> flags) {
        if (flags.containsAll(List.of("avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"))) {
            return Optional.of("SkylakeX");
        }
        return flags.containsAll(List.of("avx2", "fma")) ? Optional.of("Haswell") : Optional.empty();
    }

    static Set<String> processorFlags() {
        try (Stream<String> lines = Files.lines(PROCESSOR)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> Set.copyOf(Arrays.asList(
                            line.substring(line.indexOf(':') + 1).trim().split("\\s+"))))
                    .orElse(Set.of());
        } catch (IOException e) {
            return Set.of(); // Not Linux: OpenBLAS chooses.
        }
    }

    /**
     * How many threads a BLAS call of a trial uses. ND4J asks Java for the environment, which does not see what was set from
     * inside, and gives each call all cores: it is told otherwise, as {@link NumericSelfTest} does before the first trial.
     */
    public static int threads() {
        prepare();
        Nd4j.getBackend();
        Blas.useOneThread();
        return openblas.blas_get_num_threads();
    }

    /** The processor types whose kernels the loaded OpenBLAS libraries use, as they name them themselves. */
    public static String coreType() {
        prepare();
        openblas.blas_get_num_threads(); // loads them
        Set<String> types = new TreeSet<>();
        try (Stream<String> mapped = Files.lines(LOADED)) {
            mapped.filter(line -> line.contains("libopenblas"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .forEach(library -> types.add(nameOfCore(library)));
        } catch (IOException | UncheckedIOException | LinkageError e) {
            return UNKNOWN;
        }
        return types.isEmpty() ? UNKNOWN : String.join(", ", types);
    }

    /**
     * Opened as JavaCPP has opened it already. JNA's own way makes the library's symbols global: then the two OpenBLAS
     * libraries that ND4J loads take each other's, and memory that one has allocated is freed by the other.
     */
    private static String nameOfCore(String library) {
        Function name = NativeLibrary.getInstance(library, Map.of(Library.OPTION_OPEN_FLAGS, RTLD_LAZY))
                .getFunction("openblas_get_corename");
        return name.invokeString(new Object[0], false);
    }
}
