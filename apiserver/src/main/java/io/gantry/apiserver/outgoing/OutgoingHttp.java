package io.gantry.apiserver.outgoing;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Sends requests and keeps connections for the next ones. Thread-safe; every method blocks.
public final class OutgoingHttp implements AutoCloseable {
    private static final int IDLE_PER_DESTINATION = 16;
    private static final int DESTINATIONS = 256;
    private static final long IDLE_NANOS = 30_000_000_000L;

    private record Idle(HttpConnection connection, long since) {}

    private final Object lock = new Object();
    private final Map<Destination, Deque<Idle>> idle = new HashMap<>();
    private boolean closed;

    /// Sends a request and waits for the head of its answer.
    ///
    /// @param deadline of connecting and of the answer's head
    /// @param bodyDeadline of the rest; [Deadline#none] for streams
    /// @throws IOException when the server cannot be reached or breaks off
    public OutgoingAnswer send(Destination to, OutgoingRequest request, Deadline deadline, Deadline bodyDeadline)
            throws IOException {
        Optional<HttpConnection> kept = request.upgrade() ? Optional.empty() : take(to);
        if (kept.isPresent()) {
            try {
                return exchange(kept.get(), request, deadline, bodyDeadline);
            } catch (EOFException | SocketException e) {
                // The server gave the idle connection up before it saw the request.
                kept.get().close();
            }
        }
        return exchange(HttpConnection.open(to, deadline), request, deadline, bodyDeadline);
    }

    private OutgoingAnswer exchange(
            HttpConnection connection, OutgoingRequest request, Deadline deadline, Deadline bodyDeadline)
            throws IOException {
        boolean answered = false;
        try {
            connection.bound(deadline);
            connection.write(request);
            HttpConnection.Head head = connection.readHead();
            boolean bodiless = request.method().equals("HEAD")
                    || head.status() == 101
                    || head.status() == 204
                    || head.status() == 304;
            boolean left = head.status() == 101;
            connection.bound(left ? Deadline.none() : bodyDeadline);
            AnswerBody body =
                    new AnswerBody(connection, head, bodiless, () -> release(connection, head.keepsConnection(), left));
            answered = true;
            return new OutgoingAnswer(head.status(), head.headers(), head.bytes(), body, connection);
        } finally {
            if (!answered) {
                connection.close();
            }
        }
    }

    private Optional<HttpConnection> take(Destination to) {
        long now = System.nanoTime();
        synchronized (lock) {
            Deque<Idle> kept = idle.get(to);
            while (kept != null && !kept.isEmpty()) {
                Idle last = kept.pollLast();
                if (now - last.since() < IDLE_NANOS) {
                    return Optional.of(last.connection());
                }
                last.connection().close();
            }
            idle.remove(to);
        }
        return Optional.empty();
    }

    /// @param left whether the connection is not HTTP's any more, and belongs to the caller
    private void release(HttpConnection connection, boolean keep, boolean left) {
        if (left) {
            return;
        }
        synchronized (lock) {
            if (keep && !closed && (idle.size() < DESTINATIONS || idle.containsKey(connection.destination()))) {
                Deque<Idle> kept = idle.computeIfAbsent(connection.destination(), to -> new ArrayDeque<>());
                if (kept.size() < IDLE_PER_DESTINATION) {
                    kept.addLast(new Idle(connection, System.nanoTime()));
                    return;
                }
            }
        }
        connection.close();
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            idle.values().forEach(kept -> kept.forEach(one -> one.connection().close()));
            idle.clear();
        }
    }
}
