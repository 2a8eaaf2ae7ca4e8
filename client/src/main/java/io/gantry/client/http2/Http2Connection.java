package io.gantry.client.http2;

import io.gantry.client.http.Answer;
import io.gantry.client.http.Call;
import io.gantry.client.http.Identity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection (RFC 9113). A caller puts its frames into a buffer and waits; a virtual thread writes what has
/// gathered there in one piece, and a thread reads and wakes callers. So a request changes threads twice, and a busy
/// connection hands over many at a time. Thread-safe.
final class Http2Connection implements AutoCloseable {
    /// What a stream may send before it was taken: how much a slow watcher can have waiting.
    static final int STREAM_WINDOW = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);
    private static final int CONNECTION_WINDOW = 1 << 30;
    private static final int LAST_ID = Integer.MAX_VALUE - 2;

    /// client-go's: a connection that says nothing for so long is asked, and has so long to answer.
    private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final TlsSocket socket;
    private final String authority;
    private final String basePath;
    private final Identity identity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomForStreams = lock.newCondition();
    private final Map<Integer, Http2Stream> streams = new HashMap<>();
    private final Set<Http2Stream> unsent = new LinkedHashSet<>();
    private final HeaderWriter headers = new HeaderWriter();
    private final Thread writer;
    private FrameWriter pending = new FrameWriter();
    private FrameWriter writing = new FrameWriter();
    private boolean writerBusy;
    private int nextId = 1;
    private long maxStreams = Integer.MAX_VALUE;
    private long initialWindow = Frames.DEFAULT_WINDOW;
    private int maxFrame = Frames.DEFAULT_MAX_BYTES;
    private long sendWindow = Frames.DEFAULT_WINDOW;
    private int unread;
    private boolean retired;
    private @Nullable IOException ended;
    private long lastRead = System.nanoTime();
    private long asked;

    /// @param authority host and port as requests name them
    /// @param basePath goes before each path, without a slash at its end
    Http2Connection(TlsSocket socket, String authority, String basePath, Identity identity) {
        this.socket = socket;
        this.authority = authority;
        this.basePath = basePath;
        this.identity = identity;
        pending.preface(STREAM_WINDOW);
        pending.windowUpdate(0, CONNECTION_WINDOW);
        writer = Thread.ofVirtual().name("http2-write").unstarted(this::write);
    }

    void start() {
        writerBusy = true;
        writer.start();
        Thread.ofPlatform().daemon().name("http2-read").start(new FrameReader(socket, this));
    }

    /// Whether it takes further requests.
    boolean isOpen() {
        lock.lock();
        try {
            return !retired && ended == null;
        } finally {
            lock.unlock();
        }
    }

    /// Sends and waits.
    ///
    /// @throws NotProcessedException when the server has not seen it
    Answer send(Call call) throws IOException, InterruptedException {
        return begin(call).await();
    }

    private Http2Stream begin(Call call) throws NotProcessedException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (streams.size() >= maxStreams && !retired && ended == null) {
                roomForStreams.await();
            }
            if (retired || ended != null) {
                throw new NotProcessedException("the connection ends");
            }
            Http2Stream stream = new Http2Stream(nextId, call, this, initialWindow);
            retired = nextId >= LAST_ID;
            nextId += 2;
            streams.put(stream.id(), stream);
            pending.headers(stream.id(), head(call), call.body().length == 0, maxFrame);
            if (call.body().length > 0) {
                sendBody(stream);
            }
            wakeWriter();
            return stream;
        } finally {
            lock.unlock();
        }
    }

    private byte[] head(Call call) {
        headers.begin();
        headers.field(":method", call.method());
        headers.field(":scheme", "https");
        headers.field(":authority", authority);
        headers.passing(":path", basePath + call.path());
        headers.field("user-agent", identity.userAgent());
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            headers.field(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
        }
        if (!identity.token().isEmpty()) {
            headers.field("authorization", "Bearer " + identity.token());
        }
        if (call.body().length > 0) {
            headers.passing("content-length", Integer.toString(call.body().length));
        }
        return headers.end();
    }

    /// As much of a body as the server takes now.
    private void sendBody(Http2Stream stream) {
        byte[] body = stream.call().body();
        long room = Math.min(sendWindow, stream.sendWindow());
        while (stream.sent() < body.length && room > 0) {
            int length = (int) Math.min(Math.min(body.length - stream.sent(), maxFrame), room);
            pending.data(stream.id(), body, stream.sent(), length, stream.sent() + length == body.length);
            stream.sentMore(length);
            sendWindow -= length;
            room -= length;
        }
        if (stream.sent() < body.length) {
            unsent.add(stream);
        } else {
            unsent.remove(stream);
        }
    }

    private void sendMore() {
        List.copyOf(unsent).forEach(this::sendBody);
        wakeWriter();
    }

    private void wakeWriter() {
        if (!writerBusy && pending.size() > 0) {
            writerBusy = true;
            LockSupport.unpark(writer);
        }
    }

    private void write() {
        try {
            while (nextBatch()) {
                socket.write(writing.bytes(), 0, writing.size());
                writing.clear();
            }
        } catch (IOException e) {
            end(e);
        }
    }

    private boolean nextBatch() {
        while (true) {
            lock.lock();
            try {
                if (ended != null) {
                    return false;
                }
                if (pending.size() > 0) {
                    FrameWriter batch = pending;
                    pending = writing;
                    writing = batch;
                    return true;
                }
                writerBusy = false;
            } finally {
                lock.unlock();
            }
            LockSupport.park(this);
        }
    }

    /// Gives up a request whose answer nobody waits for any more.
    void cancel(Http2Stream stream) {
        lock.lock();
        try {
            if (streams.remove(stream.id()) != null && ended == null) {
                unsent.remove(stream);
                pending.reset(stream.id(), Frames.CANCEL);
                wakeWriter();
            }
        } finally {
            lock.unlock();
        }
        oneLess();
    }

    /// A stream's body was taken.
    void opened(Http2Stream stream, int bytes) {
        lock.lock();
        try {
            if (streams.containsKey(stream.id()) && ended == null) {
                pending.windowUpdate(stream.id(), bytes);
                wakeWriter();
            }
        } finally {
            lock.unlock();
        }
    }

    // What the reading thread tells.

    @Nullable
    Http2Stream stream(int id) {
        lock.lock();
        try {
            return streams.get(id);
        } finally {
            lock.unlock();
        }
    }

    /// So much came for any of the streams.
    void received(int bytes) {
        unread += bytes;
        if (unread >= CONNECTION_WINDOW / 4) {
            lock.lock();
            try {
                pending.windowUpdate(0, unread);
                wakeWriter();
            } finally {
                lock.unlock();
            }
            unread = 0;
        }
    }

    /// The answer is complete.
    void finished(Http2Stream stream) {
        lock.lock();
        try {
            streams.remove(stream.id());
            if (unsent.remove(stream)) {
                pending.reset(stream.id(), Frames.CANCEL);
                wakeWriter();
            }
        } finally {
            lock.unlock();
        }
        stream.end();
        oneLess();
    }

    void reset(Http2Stream stream, int code) {
        lock.lock();
        try {
            streams.remove(stream.id());
            unsent.remove(stream);
        } finally {
            lock.unlock();
        }
        stream.fail(
                code == Frames.REFUSED_STREAM
                        ? new NotProcessedException("the server refused the stream")
                        : new IOException("the server broke the stream off (code " + code + ")"));
        oneLess();
    }

    private void oneLess() {
        boolean last;
        lock.lock();
        try {
            roomForStreams.signal();
            last = retired && streams.isEmpty();
        } finally {
            lock.unlock();
        }
        if (last) {
            close();
        }
    }

    void setting(int name, long value) {
        lock.lock();
        try {
            switch (name) {
                case Frames.HEADER_TABLE_SIZE -> headers.limit(value);
                case Frames.MAX_CONCURRENT_STREAMS -> {
                    maxStreams = value;
                    roomForStreams.signalAll();
                }
                case Frames.MAX_FRAME_SIZE -> maxFrame = (int) value;
                case Frames.INITIAL_WINDOW_SIZE -> {
                    long change = value - initialWindow;
                    initialWindow = value;
                    streams.values().forEach(stream -> stream.sendWindowGrew(change));
                    sendMore();
                }
                default -> {}
            }
        } finally {
            lock.unlock();
        }
    }

    void settingsEnd() {
        lock.lock();
        try {
            pending.settingsAck();
            wakeWriter();
        } finally {
            lock.unlock();
        }
    }

    void windowGrew(int id, int by) {
        lock.lock();
        try {
            if (id == 0) {
                sendWindow += by;
                sendMore();
            } else if (streams.get(id) instanceof Http2Stream stream) {
                stream.sendWindowGrew(by);
                if (unsent.contains(stream)) {
                    sendBody(stream);
                    wakeWriter();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void pinged(byte[] bytes, int from) {
        lock.lock();
        try {
            pending.ping(Frames.ACK, bytes, from);
            wakeWriter();
        } finally {
            lock.unlock();
        }
    }

    /// The server takes nothing new, and what came after `last` it has not looked at.
    void goingAway(int last) {
        List<Http2Stream> untouched = new ArrayList<>();
        lock.lock();
        try {
            retired = true;
            roomForStreams.signalAll();
            streams.values().stream().filter(stream -> stream.id() > last).forEach(untouched::add);
            untouched.forEach(stream -> streams.remove(stream.id()));
            unsent.removeAll(untouched);
        } finally {
            lock.unlock();
        }
        untouched.forEach(stream -> stream.fail(new NotProcessedException("the server goes away")));
        oneLess();
    }

    /// Something was read.
    void alive(long now) {
        lastRead = now;
        asked = 0;
    }

    /// Looks for what has lasted too long. By the reading thread, every few seconds.
    void tick(long now) throws IOException {
        List<Http2Stream> open;
        lock.lock();
        try {
            open = List.copyOf(streams.values());
            if (!open.isEmpty() && asked == 0 && now - lastRead > ASK_NANOS) {
                asked = now;
                pending.ping(0, new byte[8], 0);
                wakeWriter();
            }
        } finally {
            lock.unlock();
        }
        open.forEach(stream -> stream.expire(now));
        if (asked != 0 && now - asked > ANSWER_NANOS) {
            throw new IOException("the server has not said anything for " + (now - lastRead) / 1_000_000_000 + " s");
        }
    }

    /// Takes nothing new, and ends with the last request.
    void retire() {
        lock.lock();
        try {
            retired = true;
            roomForStreams.signalAll();
        } finally {
            lock.unlock();
        }
        oneLess();
    }

    @Override
    public void close() {
        end(new IOException("the client is closed"));
    }

    /// The end of all that is on its way.
    void end(IOException why) {
        List<Http2Stream> cut;
        lock.lock();
        try {
            if (ended != null) {
                return;
            }
            ended = why;
            cut = List.copyOf(streams.values());
            streams.clear();
            unsent.clear();
            roomForStreams.signalAll();
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(writer);
        cut.forEach(stream -> stream.fail(why));
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.getMessage());
        }
    }
}
