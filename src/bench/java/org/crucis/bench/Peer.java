package org.crucis.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A Python that has PyTorch and NumPy. */
record Peer(String python) {

    static final String REMEDY = "no Python with torch and numpy was found, so that Crucis is measured alone; install"
            + " python3-torch python3-numpy libopenblas0-pthread (Debian), or name another with --python";

    private static final Path SCRIPT = Path.of("src", "bench", "python", "peer.py");

    /** The one that was named, or the first of the usual ones that has the two. */
    static Optional<Peer> find(String named) throws InterruptedException {
        for (String python : named == null ? List.of("python3", "/usr/bin/python3") : List.of(named)) {
            try {
                Process process = new ProcessBuilder(python, "-c", "import torch, numpy")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return Optional.of(new Peer(python));
                }
            } catch (IOException e) {
                // Not there: the next one may be.
                continue;
            }
        }
        return Optional.empty();
    }

    List<String> command() {
        return List.of(python, SCRIPT.toString());
    }
}
