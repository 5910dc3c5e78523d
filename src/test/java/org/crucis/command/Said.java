package org.crucis.command;

import static org.assertj.core.api.Assertions.assertThat;

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

    /** Bad input is answered in one sentence, by nothing else, and by exit code 2. */
    void isRefused(String sentence) {
        assertThat(exitCode).isEqualTo(2);
        assertThat(out).isEmpty();
        assertThat(err.lines()).hasSize(1);
        assertThat(err).contains(sentence);
    }
}
