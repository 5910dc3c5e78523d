package org.crucis.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.crucis.lab.TrialSpec;

/** Another process that writes trials to a ledger as fast as it can, and says after each flush how many are on the disk. */
final class WriterProcess {

    private WriterProcess() {}

    /** Starts one that writes the trials of the blocks from first up to last. */
    static Process start(Path ledger, int first, int last) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriterProcess.class.getName(),
                        ledger.toString(),
                        String.valueOf(first),
                        String.valueOf(last))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static void end(Process process) throws InterruptedException {
        // Through its handle: the process itself would close the pipe that still holds its last words.
        process.toHandle().destroyForcibly();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("cannot kill " + process);
        }
    }

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        int last = Integer.parseInt(words.get(2));
        System.out.println("opening");
        try (Ledger ledger = Ledger.open(Path.of(words.get(0)))) {
            for (int block = Integer.parseInt(words.get(1)); block < last; block++) {
                TrialSpec spec = Samples.spec(block);
                ledger.put(Samples.SETTING, spec, Samples.typical(spec));
                if (block % 37 == 0) {
                    ledger.flush();
                    System.out.println(block + 1);
                }
            }
        }
        System.out.println(last);
    }
}
