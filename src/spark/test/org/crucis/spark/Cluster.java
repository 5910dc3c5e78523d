package org.crucis.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/** A standalone cluster of this machine, started as the manual says. Its machines have Spark and nothing of Crucis. */
final class Cluster implements AutoCloseable {

    private static final String HERE = "127.0.0.1";

    private static final String LIBRARIES = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(place -> place.endsWith(".jar"))
            .collect(Collectors.joining(File.pathSeparator));

    private final Path folder;
    private final int port;
    private final List<Process> processes = new ArrayList<>();
    private final List<Process> workers = new ArrayList<>();

    /** A master without workers, ready to be asked. */
    Cluster(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.createDirectories(folder.resolve("home/jars"));
        Process master = start(
                "org.apache.spark.deploy.master.Master",
                "--host",
                HERE,
                "--port",
                String.valueOf(port),
                "--webui-port",
                "0");
        while (!listens()) {
            if (!master.isAlive()) {
                throw new IOException("the master ended: " + Files.readString(log(0)));
            }
            Thread.sleep(100);
        }
    }

    private boolean listens() {
        try (Socket door = new Socket()) {
            door.connect(new InetSocketAddress(HERE, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Adds a worker with one core. */
    void addWorker() throws IOException {
        workers.add(start(
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                HERE,
                "--cores",
                "1",
                "--memory",
                "1g",
                "--webui-port",
                "0",
                "--work-dir",
                folder.resolve("work").toString(),
                master()));
    }

    private Process start(String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", mainClass));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(processes.size()).toFile());
        builder.environment().put("CLASSPATH", LIBRARIES);
        builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_DIST_CLASSPATH", LIBRARIES);
        Process started = builder.start();
        processes.add(started);
        return started;
    }

    private Path log(int process) {
        return folder.resolve("process-" + process + ".log");
    }

    private String master() {
        return "spark://" + HERE + ":" + port;
    }

    SparkConf conf() {
        return new SparkConf().setMaster(master()).set("spark.driver.host", HERE);
    }

    /** The executors that live now. */
    List<ProcessHandle> executors() {
        return workers.stream().flatMap(Process::children).toList();
    }

    /** Executors end with their workers, and trials with their executors. */
    @Override
    public void close() {
        List<ProcessHandle> all = processes.stream()
                .flatMap(each -> Stream.concat(each.descendants(), Stream.of(each.toHandle())))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(each -> each.onExit().join());
    }
}
