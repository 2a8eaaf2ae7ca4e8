package io.gantry.apiserver.audit;

import io.gantry.component.VirtualThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events, one a line, on a thread of its own: what waits is written together. Whoever logs never waits; when
/// the disk cannot follow, events are dropped and counted in the process' log.
final class AuditLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int WAITING = 10_000;
    private static final int BATCH = 400;
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> events = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Sink sink;
    private final Thread thread;

    /// Where lines go.
    interface Sink extends AutoCloseable {
        /// Writes whole lines.
        void write(byte[] lines) throws IOException;

        @Override
        void close() throws IOException;
    }

    AuditLog(Sink sink) {
        this.sink = sink;
        this.thread = VirtualThreads.background().name("audit-log").start(this::run);
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

    /// Takes a line without its end.
    void add(byte[] event) {
        if (!events.offer(event) && dropped.getAndIncrement() % WAITING == 0) {
            LOG.error("the audit log cannot follow: {} events dropped so far", dropped.get());
        }
    }

    private void run() {
        List<byte[]> batch = new ArrayList<>();
        try {
            while (true) {
                batch.clear();
                batch.add(events.take());
                events.drainTo(batch, BATCH);
                boolean end = batch.removeIf(event -> event.length == 0);
                write(batch);
                if (end) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<byte[]> batch) {
        int size = batch.stream().mapToInt(event -> event.length + 1).sum();
        byte[] lines = new byte[size];
        int at = 0;
        for (byte[] event : batch) {
            System.arraycopy(event, 0, lines, at, event.length);
            at += event.length;
            lines[at++] = '\n';
        }
        try {
            sink.write(lines);
        } catch (IOException e) {
            LOG.error("{} audit events could not be written: {}", batch.size(), e.getMessage());
        }
    }

    /// Writes what waits, and ends.
    @Override
    public void close() {
        try {
            events.put(END);
            thread.join();
            sink.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error("the audit log could not be closed: {}", e.getMessage());
        }
    }
}
