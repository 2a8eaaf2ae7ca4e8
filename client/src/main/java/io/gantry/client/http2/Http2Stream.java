package io.gantry.client.http2;

import io.gantry.client.http.Answer;
import io.gantry.client.http.Call;
import io.gantry.client.http.ChunkInput;
import io.gantry.client.http.LineStream;
import io.gantry.client.http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One request and its answer. What comes is told by the thread that reads the connection.
final class Http2Stream {
    private final int id;
    private final Call call;
    private final Http2Connection connection;
    private final Thread caller = Thread.currentThread();
    private final long deadline;
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream(0);
    private volatile @Nullable BodyQueue queue;
    private volatile @Nullable IOException failure;
    private volatile boolean answered;
    private int status;
    private String retryAfter = "";
    private int unread;

    /// How much the server takes of the request's body at the moment; guarded by the connection, as [#sent].
    private long sendWindow;

    private int sent;

    Http2Stream(int id, Call call, Http2Connection connection, long sendWindow) {
        this.id = id;
        this.call = call;
        this.connection = connection;
        this.sendWindow = sendWindow;
        this.deadline = System.nanoTime() + call.timeout().toNanos();
    }

    int id() {
        return id;
    }

    Call call() {
        return call;
    }

    long sendWindow() {
        return sendWindow;
    }

    void sendWindowGrew(long by) {
        sendWindow += by;
    }

    int sent() {
        return sent;
    }

    void sentMore(int bytes) {
        sent += bytes;
        sendWindow -= bytes;
    }

    /// A field of the answer's head.
    void field(String name, String value) {
        switch (name) {
            case ":status" -> status = Integer.parseInt(value);
            case "retry-after" -> retryAfter = value;
            default -> {}
        }
    }

    /// The head is complete.
    void head() {
        if (status < 200 || answered || queue != null) {
            return;
        }
        if (status < 300 && call.shape() != Call.Shape.WHOLE) {
            queue = new BodyQueue(this::taken, () -> connection.cancel(this));
            answer();
        }
    }

    void data(byte[] bytes, int from, int length) {
        BodyQueue to = queue;
        if (to == null) {
            whole.write(bytes, from, length);
            took(length);
        } else if (length > 0) {
            to.add(Arrays.copyOfRange(bytes, from, from + length));
        }
    }

    private void taken(int bytes) {
        took(bytes);
    }

    /// Opens the window again in large steps.
    private void took(int bytes) {
        unread += bytes;
        if (unread >= Http2Connection.STREAM_WINDOW / 2) {
            connection.opened(this, unread);
            unread = 0;
        }
    }

    void end() {
        BodyQueue to = queue;
        if (to != null) {
            to.end(null);
        } else if (status == 0) {
            fail(new IOException("an answer without a head"));
        } else {
            answer();
        }
    }

    void fail(IOException why) {
        BodyQueue to = queue;
        if (to != null) {
            to.end(why);
        } else {
            failure = why;
            answer();
        }
    }

    private void answer() {
        answered = true;
        LockSupport.unpark(caller);
    }

    /// Breaks off what has lasted too long.
    void expire(long now) {
        BodyQueue to = queue;
        if (to != null) {
            to.expire(now);
        } else if (now - deadline > 0) {
            connection.cancel(this);
            fail(new SocketTimeoutException("no answer within " + call.timeout().toSeconds() + " s"));
        }
    }

    /// Waits for the answer. By the caller's thread.
    Answer await() throws IOException, InterruptedException {
        while (!answered) {
            LockSupport.park(this);
            if (!answered && Thread.interrupted()) {
                connection.cancel(this);
                throw new InterruptedException();
            }
        }
        IOException why = failure;
        if (why != null) {
            throw why;
        }
        return new Answer(status, retryAfter, reply());
    }

    private Reply reply() {
        BodyQueue from = queue;
        if (from == null) {
            return new Reply.Whole(whole.toByteArray());
        }
        return call.shape() == Call.Shape.LINES
                ? new Reply.Lines(new LineStream(from))
                : new Reply.Streamed(new ChunkInput(from, call.timeout()));
    }
}
