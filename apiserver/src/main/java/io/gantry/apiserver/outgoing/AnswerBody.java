package io.gantry.apiserver.outgoing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The body of an answer: of a known length, in chunks, or until the server closes. At its end the connection goes
/// back; closed before that, it is closed.
final class AnswerBody extends InputStream {
    private static final long TO_THE_END = -1;
    private static final int LINE_CHARS = 8 * 1024;

    private final HttpConnection connection;
    private final Runnable done;
    private final boolean chunked;
    private long left;
    private boolean ended;
    private boolean firstChunk = true;

    /// @param done what to do with the connection at the body's end
    AnswerBody(HttpConnection connection, HttpConnection.Head head, boolean bodiless, Runnable done) {
        this.connection = connection;
        this.done = done;
        this.chunked = !bodiless
                && head.headers().first("transfer-encoding").orElse("").equalsIgnoreCase("chunked");
        String length = head.headers().first("content-length").orElse("");
        left = bodiless ? 0 : chunked ? 0 : length.matches("\\d{1,18}") ? Long.parseLong(length) : TO_THE_END;
        if (!chunked && left == 0) {
            end();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (!ended && chunked && left == 0) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int wanted = left == TO_THE_END ? count : (int) Math.min(count, left);
        int read = connection.in().read(bytes, from, wanted);
        if (read < 0) {
            if (left == TO_THE_END) {
                ended = true;
                connection.close();
                return -1;
            }
            throw new EOFException("unexpected EOF");
        }
        if (left != TO_THE_END) {
            left -= read;
            if (left == 0 && !chunked) {
                end();
            }
        }
        return read;
    }

    private void nextChunk() throws IOException {
        if (!firstChunk) {
            line();
        }
        firstChunk = false;
        String size = line().split(";", 2)[0].strip();
        if (!size.matches("[0-9a-fA-F]{1,8}")) {
            throw new IOException("the backend sent a malformed chunk");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            for (String trailer = line(); !trailer.isEmpty(); trailer = line()) {
                // Trailers are of no use here.
            }
            end();
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = connection.in().read();
                next != '\n';
                next = connection.in().read()) {
            if (next < 0 || line.length() > LINE_CHARS) {
                throw new EOFException("unexpected EOF");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private void end() {
        ended = true;
        done.run();
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            connection.close();
        }
    }
}
