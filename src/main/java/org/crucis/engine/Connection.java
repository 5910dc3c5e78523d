package org.crucis.engine;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Texts over a socket: each as its length in bytes (4 bytes, big-endian) and its UTF-8. */
final class Connection implements Closeable {

    private final Socket socket;
    private final DataInputStream input;
    private final OutputStream output;

    Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.output = socket.getOutputStream();
        // Each side waits for the other's answer: a text held back to be sent with a next one would wait for nothing.
        socket.setTcpNoDelay(true);
    }

    /** Called by one thread alone. */
    void write(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.write(ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array());
    }

    /**
     * Called by one thread alone.
     *
     * @throws EOFException when the other side is gone
     */
    String read() throws IOException {
        return read(Integer.MAX_VALUE);
    }

    /**
     * The same for what a stranger may have sent.
     *
     * @param longest how many bytes the text may have
     */
    String read(int longest) throws IOException {
        int length = input.readInt();
        if (length < 0 || length > longest) {
            throw new IOException("a text of at most " + longest + " bytes was expected, not of " + length);
        }
        byte[] bytes = input.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("a text ended after " + bytes.length + " of " + length + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
