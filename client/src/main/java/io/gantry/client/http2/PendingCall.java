package io.gantry.client.http2;

import io.gantry.client.http.Answer;
import io.gantry.client.http.Call;
import io.gantry.client.http.ChunkInput;
import io.gantry.client.http.LineStream;
import io.gantry.client.http.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One request and its answer: the event loop tells what comes, the caller waits.
final class PendingCall {
    private static final AsciiString RETRY_AFTER = AsciiString.cached("retry-after");
    private static final AsciiString LENGTH = AsciiString.cached("content-length");

    /// What is believed of a server that says how long its answer will be.
    private static final long MAX_EXPECTED_BYTES = 4 << 20;

    private final Call call;
    private final ClientConnection connection;
    private final Thread caller = Thread.currentThread();
    private final long deadline;
    private final Gathered gathered = new Gathered();
    private volatile @Nullable BodyQueue queue;
    private volatile @Nullable IOException failure;
    private volatile boolean answered;
    private @Nullable Http2Stream stream;
    private int status;
    private String retryAfter = "";
    private int untold;

    PendingCall(Call call, ClientConnection connection) {
        this.call = call;
        this.connection = connection;
        this.deadline = System.nanoTime() + call.timeout().toNanos();
    }

    Call call() {
        return call;
    }

    // What the event loop tells.

    void begun(Http2Stream on) {
        stream = on;
    }

    @Nullable
    Http2Stream stream() {
        return stream;
    }

    void head(Http2Headers head) {
        int code = Integer.parseInt(head.status().toString());
        if (code < 200 || status != 0) {
            return;
        }
        status = code;
        CharSequence later = head.get(RETRY_AFTER);
        retryAfter = later == null ? "" : later.toString();
        if (code < 300 && call.shape() != Call.Shape.WHOLE) {
            queue = new BodyQueue(this::taken, () -> connection.cancel(this));
            answer();
        } else {
            gathered.expect((int) Math.min(head.getLong(LENGTH, 0), MAX_EXPECTED_BYTES));
        }
    }

    /// A piece of the body. Until [#deliver()] the reader does not hear of it.
    ///
    /// @return whether it is the first since then, and its reader will say when it took it
    boolean data(ByteBuf piece) {
        boolean first = gathered.isEmpty() && piece.isReadable();
        gathered.add(piece);
        return first && isRead();
    }

    /// Whether somebody reads the body as it comes.
    boolean isRead() {
        return queue != null;
    }

    /// Hands over what has come: what one read of the socket brought goes in one piece.
    void deliver() {
        BodyQueue to = queue;
        if (to != null && !gathered.isEmpty()) {
            to.add(gathered.take());
        }
    }

    void end() {
        BodyQueue to = queue;
        if (to != null) {
            deliver();
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
            deliver();
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

    // What the caller does.

    /// The window opens again in large steps.
    private void taken(int bytes) {
        untold += bytes;
        if (untold >= ClientConnection.STREAM_WINDOW / 2) {
            connection.taken(this, untold);
            untold = 0;
        }
    }

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
            return new Reply.Whole(gathered.take());
        }
        return call.shape() == Call.Shape.LINES
                ? new Reply.Lines(new LineStream(from))
                : new Reply.Streamed(new ChunkInput(from, call.timeout()));
    }
}
