package io.gantry.client.http2;

import io.gantry.client.http.Answer;
import io.gantry.client.http.Call;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One connection. Callers leave orders and wait; the event loop carries out all orders that have gathered, then
/// sends what came of them at once. Orders may be left by any thread, all else runs on the event loop.
final class ClientConnection extends Http2ConnectionHandler {
    /// What a stream may send before it was taken: how much a slow watcher can have waiting.
    static final int STREAM_WINDOW = 1 << 20;

    private static final int CONNECTION_WINDOW = 1 << 30;

    private final EventExecutor loop;
    private final RequestHeads heads;
    private final Patience patience;
    private final Http2Connection.PropertyKey calls;
    private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean();
    private final Deque<PendingCall> waiting = new ArrayDeque<>();
    private final List<PendingCall> filled = new ArrayList<>();
    private volatile boolean retired;
    private volatile @Nullable IOException ended;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> ticking;
    private @Nullable IOException broken;
    private int lastSeen = Integer.MAX_VALUE;
    private long lastRead = System.nanoTime();
    private long asked;

    ClientConnection(
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings,
            EventExecutor loop,
            RequestHeads heads,
            Patience patience) {
        super(decoder, encoder, settings);
        this.loop = loop;
        this.heads = heads;
        this.patience = patience;
        this.calls = connection().newKey();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        super.handlerAdded(added);
        context = added;
        var connection = connection();
        connection.local().flowController().incrementWindowSize(connection.connectionStream(), CONNECTION_WINDOW);
        long pause = patience.look().toMillis();
        ticking = loop.scheduleWithFixedDelay(this::tick, pause, pause, TimeUnit.MILLISECONDS);
    }

    // What any thread may call.

    /// Whether it takes further requests.
    boolean isOpen() {
        return !retired && ended == null;
    }

    /// Sends and waits.
    ///
    /// @throws NotProcessedException when the server has not seen it
    Answer send(Call call) throws IOException, InterruptedException {
        PendingCall pending = new PendingCall(call, this);
        order(() -> begin(pending));
        return pending.await();
    }

    /// Gives up a request whose answer nobody waits for any more.
    void cancel(PendingCall pending) {
        order(() -> drop(pending));
    }

    /// So much of a body was taken by its reader.
    void taken(PendingCall pending, int bytes) {
        order(() -> openWindow(pending, bytes));
    }

    /// Takes nothing new, and ends with the last request.
    void retire() {
        order(this::leave);
    }

    void close() {
        order(() -> end(new IOException("the client is closed")));
    }

    private void order(Runnable what) {
        orders.add(what);
        if (!called.getAndSet(true)) {
            loop.execute(this::work);
        }
    }

    // What the event loop does.

    private void work() {
        ChannelHandlerContext to = context;
        if (carryOut() && to != null) {
            flush(to);
        }
    }

    private boolean carryOut() {
        called.set(false);
        boolean any = false;
        for (Runnable next = orders.poll(); next != null; next = orders.poll()) {
            next.run();
            any = true;
        }
        return any;
    }

    private void begin(PendingCall pending) {
        ChannelHandlerContext to = context;
        if (to == null || !isOpen()) {
            pending.fail(new NotProcessedException("the connection ends"));
        } else if (!connection().local().canOpenStream()) {
            waiting.add(pending);
        } else {
            try {
                write(to, pending);
            } catch (RuntimeException e) {
                pending.fail(new IOException("the request cannot be written", e));
            }
        }
    }

    private void write(ChannelHandlerContext to, PendingCall pending) {
        int id = connection().local().incrementAndGetNextStreamId();
        byte[] body = pending.call().body();
        Http2Stream stream = null;
        if (id > 0) {
            encoder().writeHeaders(to, id, heads.of(pending.call()), 0, body.length == 0, to.newPromise());
            stream = connection().stream(id);
        }
        if (stream == null) {
            retired = true;
            pending.fail(new NotProcessedException("the connection takes no more requests"));
            return;
        }
        stream.setProperty(calls, pending);
        pending.begun(stream);
        if (body.length > 0) {
            encoder().writeData(to, id, Unpooled.wrappedBuffer(body), 0, true, to.newPromise());
        }
    }

    private void drop(PendingCall pending) {
        ChannelHandlerContext to = context;
        Http2Stream stream = pending.stream();
        waiting.remove(pending);
        if (to != null && stream != null && stream.removeProperty(calls) != null) {
            resetStream(to, stream.id(), Http2Error.CANCEL.code(), to.newPromise());
        }
    }

    private void openWindow(PendingCall pending, int bytes) {
        Http2Stream stream = pending.stream();
        try {
            if (stream != null && stream.state() != Http2Stream.State.CLOSED) {
                connection().local().flowController().consumeBytes(stream, bytes);
            }
        } catch (Http2Exception e) {
            end(new IOException("the connection's windows", e));
        }
    }

    private void leave() {
        retired = true;
        refuseWaiting();
        settle();
    }

    private void refuseWaiting() {
        waiting.forEach(call -> call.fail(new NotProcessedException("the connection ends")));
        waiting.clear();
    }

    /// After a stream ended: there is room for another, or nothing more to do.
    private void settle() {
        while (!waiting.isEmpty() && connection().local().canOpenStream()) {
            begin(waiting.remove());
        }
        if (retired && connection().numActiveStreams() == 0) {
            end(new IOException("the connection ends"));
        }
    }

    private @Nullable PendingCall pending(int id) {
        Http2Stream stream = connection().stream(id);
        return stream == null ? null : stream.getProperty(calls);
    }

    void head(int id, Http2Headers headers, boolean end) {
        PendingCall pending = pending(id);
        if (pending != null) {
            pending.head(headers);
            if (end) {
                finished(id, pending);
            }
        }
    }

    /// @return how much of it the stream may send again already
    int data(int id, ByteBuf data, int padding, boolean end) {
        int bytes = data.readableBytes();
        PendingCall pending = pending(id);
        if (pending == null) {
            return bytes + padding;
        }
        if (pending.data(data)) {
            filled.add(pending);
        }
        if (end) {
            finished(id, pending);
        }
        return pending.isRead() ? padding : bytes + padding;
    }

    /// The answer is complete. A body that the server did not want to read whole is not sent further.
    private void finished(int id, PendingCall pending) {
        Http2Stream stream = connection().stream(id);
        if (stream.state() == Http2Stream.State.OPEN) {
            cancel(pending);
        } else {
            stream.removeProperty(calls);
        }
        pending.end();
    }

    void reset(int id, long code) {
        Http2Stream stream = connection().stream(id);
        PendingCall pending = stream == null ? null : stream.removeProperty(calls);
        if (pending != null) {
            pending.fail(
                    code == Http2Error.REFUSED_STREAM.code()
                            ? new NotProcessedException("the server refused the stream")
                            : new IOException("the server broke the stream off (code " + code + ")"));
        }
    }

    void streamClosed(Http2Stream stream) {
        PendingCall pending = stream.removeProperty(calls);
        if (pending != null) {
            IOException why = ended;
            pending.fail(
                    stream.id() > lastSeen
                            ? new NotProcessedException("the server goes away")
                            : why == null ? new IOException("the stream broke") : why);
        }
        if (retired || !waiting.isEmpty()) {
            order(this::settle);
        }
    }

    /// The server takes nothing new, and what came after `last` it has not looked at.
    void goingAway(int last) {
        lastSeen = last;
        retired = true;
        refuseWaiting();
        order(this::settle);
    }

    /// The server allows another number of streams.
    void settingsChanged() {
        order(this::settle);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext read) throws Exception {
        lastRead = System.nanoTime();
        asked = 0;
        filled.forEach(PendingCall::deliver);
        filled.clear();
        carryOut();
        super.channelReadComplete(read);
    }

    /// Looks for what has lasted too long.
    private void tick() {
        long now = System.nanoTime();
        List<PendingCall> open = open();
        open.forEach(call -> call.expire(now));
        List.copyOf(waiting).forEach(call -> call.expire(now));
        ChannelHandlerContext to = context;
        if (asked == 0 && !open.isEmpty() && now - lastRead > patience.silence().toNanos() && to != null) {
            asked = now;
            encoder().writePing(to, false, now, to.newPromise());
            flush(to);
        } else if (asked != 0 && now - asked > patience.answer().toNanos()) {
            end(new IOException("the server has not said anything for " + (now - lastRead) / 1_000_000_000 + " s"));
        }
    }

    private List<PendingCall> open() {
        List<PendingCall> open = new ArrayList<>();
        try {
            connection().forEachActiveStream(stream -> {
                PendingCall pending = stream.getProperty(calls);
                if (pending != null) {
                    open.add(pending);
                }
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException("looking at streams", e);
        }
        return open;
    }

    /// The end of all that is on its way.
    private void end(IOException why) {
        if (ended != null) {
            return;
        }
        ended = why;
        if (ticking != null) {
            ticking.cancel(false);
        }
        refuseWaiting();
        for (PendingCall call : open()) {
            if (call.stream() instanceof Http2Stream stream) {
                stream.removeProperty(calls);
            }
            call.fail(why);
        }
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) throws Exception {
        end(broken == null ? new EOFException("the server closed the connection") : broken);
        super.channelInactive(closed);
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext at, boolean outbound, Throwable cause, @Nullable Http2Exception error) {
        broken = new IOException("the server's frames cannot be understood: " + cause.getMessage(), cause);
        super.onConnectionError(at, outbound, cause, error);
    }

    /// The socket's or TLS' errors; those of frames are Netty's to answer.
    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable cause) throws Exception {
        if (cause instanceof IOException why) {
            end(why);
        } else {
            super.exceptionCaught(at, cause);
        }
    }
}
