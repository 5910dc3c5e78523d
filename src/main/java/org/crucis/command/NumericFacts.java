package org.crucis.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.openblas.global.openblas;
import org.crucis.lab.FactSource;
import org.crucis.network.NativeLibraries;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What the numeric library says of itself, for the provenance of a run. */
public final class NumericFacts implements FactSource {

    @Override
    public Map<String, String> facts() {
        NativeLibraries.prepare();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("dl4j", version(MultiLayerNetwork.class));
        facts.put("nd4j binary", Nd4j.getBackend().getClass().getSimpleName() + " " + version(Nd4j.class));
        facts.put("blas", version(openblas.class));
        facts.put("blas core type", NativeLibraries.coreType());
        facts.put("blas threads", String.valueOf(NativeLibraries.threads()));
        facts.put("dtype", DataType.DOUBLE.name());
        return facts;
    }

    /** From the manifest; from the name of the jar where the manifest does not say. */
    private static String version(Class<?> type) {
        return Optional.ofNullable(type.getPackage().getImplementationVersion()).orElseGet(() -> {
            String jar =
                    type.getProtectionDomain().getCodeSource().getLocation().getPath();
            String name = jar.substring(jar.lastIndexOf('/') + 1).replaceAll("\\.jar$", "");
            return name.isEmpty() ? "unknown" : name;
        });
    }
}
