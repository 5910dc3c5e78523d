package org.crucis.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;

/** What a command answered. */
record Said(int exitCode, String out, String err) {

    /** Runs the program with these arguments, in this process. */
    static Said by(Object... arguments) {
        String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new Said(exitCode, out.toString(), err.toString());
    }
}
