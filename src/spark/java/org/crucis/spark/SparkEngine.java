package org.crucis.spark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.FutureAction;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.ShutdownHookManager;
import org.crucis.engine.EngineSettings;
import org.crucis.engine.ThreadEngine;
import org.crucis.lab.Engine;
import org.crucis.lab.NumericEnvironment;
import org.crucis.lab.TrialJson;
import org.crucis.lab.TrialTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.immutable.Range;
import scala.concurrent.ExecutionContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * Trials on the executors of a Spark application, each in a worker process of its executor: see {@link TrialFunction}. Names
 * go out, one partition a trial, and each result comes back as soon as its trial has ended. A lost executor costs the trials
 * that it was running, which run again elsewhere; Spark hands over one result a partition, however often it was computed.
 */
final class SparkEngine implements Engine {

    private static final Logger LOG = LoggerFactory.getLogger(SparkEngine.class);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A trial cannot harm its executor: who loses so many over one trial has a broken cluster. */
    private static final int LOST_EXECUTORS = 16;

    /** What Spark's threads tell the one that waits for results. */
    private sealed interface Message {}

    private record Arrived(int position, Reply reply) implements Message {}

    private record Failed(Throwable cause) implements Message {}

    private final SparkContext spark;
    private final TrialFunction function;
    private final Duration patience;

    private SparkEngine(SparkContext spark, TrialFunction function, Duration patience) {
        this.spark = spark;
        this.function = function;
        this.patience = patience;
    }

    static SparkEngine start(SparkConf conf, EngineSettings settings) {
        return start(conf, settings, NumericEnvironment.here(), PATIENCE);
    }

    /**
     * @param expected what every worker must have
     * @param patience how long nothing may come back before the executors are counted
     * @throws IllegalArgumentException when Spark does not know such a master
     * @throws EngineFailure when there is no cluster there
     */
    static SparkEngine start(SparkConf conf, EngineSettings settings, NumericEnvironment expected, Duration patience) {
        SparkContext spark;
        try {
            spark = new SparkContext(withDefaults(conf, settings));
        } catch (Exception e) {
            String sentence = "Spark cannot start with the master " + conf.get("spark.master") + ": " + e.getMessage();
            throw e instanceof SparkException
                    ? new IllegalArgumentException(sentence, e)
                    : new EngineFailure(sentence, e);
        }
        try {
            List<String> jars = spark.isLocal() ? here() : ship(spark);
            TrialFunction function =
                    new TrialFunction(settings.longest(), settings.heapMegabytes(), jars, expected.facts());
            return new SparkEngine(spark, function, patience);
        } catch (RuntimeException | Error e) {
            boolean gone = spark.isStopped();
            spark.stop();
            if (gone) {
                throw gone(spark, e);
            }
            throw e;
        }
    }

    private static SparkConf withDefaults(SparkConf conf, EngineSettings settings) {
        int slots = conf.getInt("spark.executor.cores", 1);
        return conf.setIfMissing("spark.app.name", "crucis")
                .setIfMissing("spark.ui.enabled", "false")
                .setIfMissing("spark.ui.showConsoleProgress", "false")
                .setIfMissing("spark.log.level", "WARN")
                .setIfMissing("spark.task.maxFailures", String.valueOf(LOST_EXECUTORS))
                // Counts all results of a sweep, which are handed on and not kept.
                .setIfMissing("spark.driver.maxResultSize", "0")
                // An executor passes texts on; the memory is its workers', outside its heap.
                .setIfMissing("spark.executor.memory", "512m")
                .setIfMissing("spark.executor.memoryOverhead", slots * 3L * settings.heapMegabytes() + "m");
    }

    private static List<String> here() {
        return ShippedClasses.places().stream().map(Path::toString).toList();
    }

    /** @return names of the jars, in the order of the class path */
    private static List<String> ship(SparkContext spark) {
        Set<String> there = CollectionConverters.asJava(spark.listJars()).stream()
                .map(address ->
                        Path.of(URI.create(address).getPath()).getFileName().toString())
                .collect(Collectors.toSet());
        try {
            // Spark's own folder of files, which goes when Spark stops.
            List<Path> jars = ShippedClasses.asJars(ShippedClasses.places(), Path.of(SparkFiles.getRootDirectory()));
            jars.stream()
                    .filter(jar -> !there.contains(jar.getFileName().toString()))
                    .forEach(jar -> spark.addJar(jar.toUri().toString()));
            return jars.stream().map(jar -> jar.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new EngineFailure("cannot pack the classes that executors need: " + e.getMessage(), e);
        }
    }

    /** Results are handed over on the calling thread: a slow receiver holds up no trial, and one that throws ends the run. */
    @Override
    public void run(List<TrialTask> tasks, Receiver receiver) {
        List<Integer> order = ThreadEngine.largestFirst(tasks);
        BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
        FutureAction<BoxedUnit> job = submit(
                order.stream()
                        .map(index -> TrialJson.write(tasks.get(index).spec()))
                        .toList(),
                inbox);
        try {
            for (int missing = tasks.size(); missing > 0; ) {
                Message message = inbox.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
                if (message instanceof Arrived arrived) {
                    int index = order.get(arrived.position());
                    receiver.finished(
                            index,
                            TrialJson.readResult(
                                    json(arrived.reply()), tasks.get(index).spec()),
                            Origin.RUN);
                    missing--;
                } else if (message instanceof Failed failed) {
                    throw ended(failed.cause());
                } else {
                    lookForExecutors(missing);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRun();
        } finally {
            // Does nothing to a job that has ended.
            job.cancel();
        }
    }

    private FutureAction<BoxedUnit> submit(List<String> specs, BlockingQueue<Message> inbox) {
        try {
            return submitted(specs, inbox);
        } catch (IllegalStateException e) {
            throw spark.isStopped() ? gone(spark, e) : e;
        }
    }

    /** Spark stops by itself, and at any time, when its master does not answer or sends it away. */
    private static EngineFailure gone(SparkContext spark, Throwable cause) {
        return new EngineFailure(
                "the Spark application on " + spark.master() + " has ended, or never began: see that a master answers"
                        + " there, and run again; finished trials are kept",
                cause);
    }

    private FutureAction<BoxedUnit> submitted(List<String> specs, BlockingQueue<Message> inbox) {
        // Else a cancelled trial would run to its end.
        spark.setInterruptOnCancel(true);
        FutureAction<BoxedUnit> job = spark.submitJob(
                JavaSparkContext.fromSparkContext(spark)
                        .parallelize(specs, Math.max(1, specs.size()))
                        .rdd(),
                function,
                new Range.Exclusive(0, specs.size(), 1),
                new AbstractFunction2<Object, Reply, BoxedUnit>() {
                    @Override
                    public BoxedUnit apply(Object partition, Reply reply) {
                        inbox.add(new Arrived((Integer) partition, reply));
                        return BoxedUnit.UNIT;
                    }
                },
                new AbstractFunction0<BoxedUnit>() {
                    @Override
                    public BoxedUnit apply() {
                        return BoxedUnit.UNIT;
                    }
                });
        job.onComplete(
                new AbstractFunction1<Try<BoxedUnit>, Void>() {
                    @Override
                    public Void apply(Try<BoxedUnit> end) {
                        if (end.isFailure()) {
                            inbox.add(new Failed(end.failed().get()));
                        }
                        return null;
                    }
                },
                ExecutionContext.parasitic$.MODULE$);
        return job;
    }

    private static String json(Reply reply) {
        if (reply instanceof Reply.Refusal refusal) {
            throw new EngineFailure(refusal.sentence());
        }
        return ((Reply.Result) reply).json();
    }

    private static RuntimeException ended(Throwable cause) {
        if (ShutdownHookManager.inShutdown()) {
            return new InterruptedRun();
        }
        String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new EngineFailure(
                "Spark has ended the sweep: " + why + "; mend the cluster and run again: finished trials are kept",
                cause);
    }

    private void lookForExecutors(int missing) {
        // The driver counts as one of them, and in local mode is one.
        if (!spark.isLocal() && spark.statusTracker().getExecutorInfos().length < 2) {
            LOG.warn(
                    "{} has no executor for {} trials: start workers there, or stop this run, whose finished trials are kept",
                    spark.master(),
                    missing);
        }
    }

    @Override
    public void close() {
        spark.stop();
        TrialFunction.closeWorkers();
    }
}
