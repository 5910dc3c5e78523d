package org.crucis.spark;

import java.io.File;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.crucis.engine.EngineSettings;
import org.crucis.engine.WorkerPool;
import org.crucis.lab.Engine;
import org.crucis.lab.NumericEnvironment;
import org.crucis.lab.TrialJson;
import org.crucis.lab.TrialSpec;
import scala.Function1;
import scala.collection.Iterator;

/**
 * What an executor does with a partition: it has one of its worker processes run the trial in it. The executor computes
 * nothing itself, so that a trial cannot take it down.
 *
 * @param jars class path of the workers: names in the executor's folder of files, or places on this machine
 * @param facts the numeric environment of the driver
 */
record TrialFunction(Duration longest, int heapMegabytes, List<String> jars, Map<String, String> facts)
        implements Function1<Iterator<String>, Reply>, Serializable {

    /** One pool an executor; in local mode, where driver and executor are one process, one pool an engine. */
    private static WorkerPool pool;

    @Override
    public Reply apply(Iterator<String> partition) {
        TrialSpec spec = TrialJson.readSpec(partition.next());
        try {
            return new Reply.Result(TrialJson.write(workers().run(spec), spec.point()));
        } catch (Engine.EngineFailure e) {
            String host = SparkEnv.get().blockManager().blockManagerId().host();
            return new Reply.Refusal("the executor on " + host + " can run no trials: " + e.getMessage());
        }
    }

    private WorkerPool workers() {
        synchronized (TrialFunction.class) {
            if (pool == null) {
                // As many at once as Spark gives tasks to this executor.
                EngineSettings settings = new EngineSettings(1, longest, heapMegabytes);
                pool = new WorkerPool(settings, classPath(), new NumericEnvironment(facts));
            }
            return pool;
        }
    }

    private String classPath() {
        Path folder = Path.of(SparkFiles.getRootDirectory()).toAbsolutePath();
        return jars.stream()
                .map(jar -> folder.resolve(jar).normalize().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Ends the workers of this process. */
    static synchronized void closeWorkers() {
        if (pool != null) {
            pool.close();
            pool = null;
        }
    }
}
