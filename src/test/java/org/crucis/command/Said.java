package org.crucis.command;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command answered. */
record Said(int exitCode, String out, String err) {

    /** Runs the program with these arguments, in this process. */
    static Said by(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Said(exitCode, out.toString(), err.toString());
    }
}
