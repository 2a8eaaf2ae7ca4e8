package io.gantry.apiserver.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes events, one a line; those that come together are written together (upstream `plugin/pkg/audit/log`).
/// Thread-safe: one writes after the other.
final class LogBackend implements AuditBackend {
    private static final String NAME = "log";
    private static final byte[] TYPE =
            "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",".getBytes(StandardCharsets.US_ASCII);

    private final Sink sink;
    private final AuditMetrics metrics;

    /// Where lines go. Used by one thread at a time.
    interface Sink extends AutoCloseable {
        /// Writes whole lines: all of them, or none where it fails.
        void write(byte[] lines) throws IOException;

        @Override
        void close() throws IOException;
    }

    LogBackend(Sink sink, AuditMetrics metrics) {
        this.sink = sink;
        this.metrics = metrics;
    }

    /// Lines on a stream that stays open.
    static Sink on(PrintStream stream) {
        OutputStream out = stream;
        return new Sink() {
            @Override
            public void write(byte[] lines) throws IOException {
                out.write(lines);
                out.flush();
            }

            @Override
            public void close() {
                stream.flush();
            }
        };
    }

    @Override
    public synchronized boolean take(List<byte[]> events) {
        try {
            sink.write(lines(events));
            return true;
        } catch (IOException e) {
            metrics.lost(NAME, events.size(), String.valueOf(e.getMessage()));
            return false;
        }
    }

    /// An event is an object with fields, and its type comes before them.
    private static byte[] lines(List<byte[]> events) {
        byte[] lines = new byte
                [events.stream().mapToInt(event -> TYPE.length + event.length).sum()];
        int at = 0;
        for (byte[] event : events) {
            System.arraycopy(TYPE, 0, lines, at, TYPE.length);
            System.arraycopy(event, 1, lines, at + TYPE.length, event.length - 1);
            at += TYPE.length + event.length;
            lines[at - 1] = '\n';
        }
        return lines;
    }

    @Override
    public void hurry() {
        // It never pauses.
    }

    @Override
    public synchronized void close() {
        try {
            sink.close();
        } catch (IOException e) {
            metrics.lost(NAME, 0, "it could not be closed: " + e.getMessage());
        }
    }
}
