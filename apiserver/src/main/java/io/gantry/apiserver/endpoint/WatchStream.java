package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.protobuf.ProtobufEncoder;
import io.gantry.apiserver.http.ResponseStream;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Description;
import io.gantry.apiserver.watch.EventType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One watch on its way to its client: first the objects there are, then events from a bounded queue. A client that
/// falls behind the queue's bound is cut off; nobody waits for it.
final class WatchStream implements WatchStart {
    private static final Logger LOG = LoggerFactory.getLogger(WatchStream.class);
    private static final int MAX_QUEUE = 16 * 1024;
    /// So many events wait for no beat.
    private static final int MAX_HELD = 256;
    private static final int MIN_OBJECT = 512;

    /// How a client tells events apart.
    enum Framing {
        /// Each says where it ends, so that many leave together.
        STREAM(64 * 1024),
        /// Each is a message of its own.
        MESSAGES(1);

        /// Events are sent together up to this size.
        private final int batchBytes;

        Framing(int batchBytes) {
            this.batchBytes = batchBytes;
        }
    }

    private static final byte[] END = {'}', '\n'};
    /// What an event needs around its object, with some room.
    static final int AROUND = 40;

    /// Writes the `object` of an event.
    interface ObjectForm {
        /// Whether objects, and so the events around them, are protobuf.
        boolean protobuf();

        byte[] bytes(CachedObject object);

        /// Writes [#bytes], or less of them.
        void write(ByteBuf target, CachedObject object);

        /// The Status that ends a watch which cannot go on.
        byte[] error(StatusException failure);

        /// A bookmark's object.
        byte[] bookmark(long revision, boolean initialEventsEnd);
    }

    private record Queued(EventType type, CachedObject object, long revision, boolean initialEnd) {}

    private static final CachedObject NO_OBJECT = new CachedObject("", new byte[0], 0, Description.Known.NONE);

    private final ResponseStream stream;
    private final ObjectForm form;
    private final boolean bookmarks;
    private final Framing framing;
    private final Pulse.Pace pace;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Queued> queue = new ArrayDeque<>();
    private Iterator<CachedObject> initial = Collections.emptyIterator();
    private long initialEnd = -1;
    private boolean over;
    private boolean ending;
    /// Whether what is queued may leave.
    private boolean due;
    /// Whether the event loop was asked to send it.
    private boolean leaving;

    WatchStream(ResponseStream stream, ObjectForm form, boolean bookmarks, Framing framing, Pulse pulse) {
        this.pace = pulse.pace(this::drain);
        this.framing = framing;
        this.stream = stream;
        this.form = form;
        this.bookmarks = bookmarks;
    }

    @Override
    public void begin(Iterator<CachedObject> objects, long bookmarkRevision) {
        lock.lock();
        try {
            initial = objects;
            initialEnd = bookmarkRevision;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void event(EventType type, CachedObject object) {
        offer(new Queued(type, object, object.revision(), false));
    }

    @Override
    public void progress(long revision) {
        if (bookmarks) {
            offer(new Queued(EventType.BOOKMARK, NO_OBJECT, revision, false));
            depart();
        }
    }

    @Override
    public void restarted() {
        end();
    }

    /// Ends the stream, after what is queued, with an error that tells the client why.
    void fail(StatusException failure) {
        byte[] status = form.error(failure);
        offer(new Queued(EventType.ERROR, new CachedObject("", status, 0, Description.Known.NONE), 0, false));
        end();
    }

    private void offer(Queued event) {
        lock.lock();
        try {
            if (over || ending) {
                return;
            }
            if (queue.size() >= MAX_QUEUE) {
                over = true;
                queue.clear();
                LOG.info("a watcher fell behind by {} events and was cut off", MAX_QUEUE);
                stream.end();
                return;
            }
            queue.add(event);
            due = due || leaving || queue.size() >= MAX_HELD || pace.now();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void depart() {
        lock.lock();
        try {
            if (!due || leaving) {
                return;
            }
            leaving = true;
        } finally {
            lock.unlock();
        }
        drain();
    }

    /// Ends the stream after what is queued.
    void end() {
        lock.lock();
        try {
            ending = true;
        } finally {
            lock.unlock();
        }
        drain();
    }

    /// Sends what the stream takes, soon. Never blocks.
    void drain() {
        stream.soon(this::send);
    }

    /// On the event loop only: what two threads wrote could change places on their way there.
    private void send() {
        lock.lock();
        try {
            leaving = false;
            due = false;
            pace.sent();
            while (!over && stream.isWritable()) {
                if (isDrained()) {
                    if (ending) {
                        over = true;
                        stream.end();
                    }
                    return;
                }
                stream.write(batch());
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isDrained() {
        return queue.isEmpty() && initialEnd < 0 && !initial.hasNext();
    }

    private ByteBuf batch() {
        ByteBuf batch = Unpooled.buffer(expectedBytes());
        while (batch.readableBytes() < framing.batchBytes) {
            if (initial.hasNext()) {
                write(batch, EventType.ADDED, initial.next());
            } else if (initialEnd >= 0) {
                write(batch, EventType.BOOKMARK, form.bookmark(initialEnd, true));
                initialEnd = -1;
            } else {
                Queued next = queue.poll();
                if (next == null) {
                    break;
                }
                write(batch, next);
            }
        }
        return batch;
    }

    /// Enough for one event, so that its buffer does not grow while it is written.
    private int expectedBytes() {
        Queued next = queue.peek();
        return 2 * AROUND
                + (next == null
                        ? MIN_OBJECT
                        : Math.max(MIN_OBJECT, next.object().json().length));
    }

    private void write(ByteBuf target, Queued event) {
        switch (event.type()) {
            case ADDED, MODIFIED, DELETED -> write(target, event.type(), event.object());
            case BOOKMARK -> write(target, event.type(), form.bookmark(event.revision(), event.initialEnd()));
            case ERROR -> write(target, event.type(), event.object().json());
        }
    }

    private void write(ByteBuf target, EventType type, CachedObject object) {
        if (form.protobuf()) {
            write(target, type, form.bytes(object));
            return;
        }
        target.writeBytes(START[type.ordinal()]);
        form.write(target, object);
        target.writeBytes(END);
    }

    private void write(ByteBuf target, EventType type, byte[] object) {
        if (form.protobuf()) {
            byte[] event = ProtobufEncoder.event(type.name(), object);
            int start = framing == Framing.STREAM ? 0 : ProtobufEncoder.LENGTH_BYTES;
            target.writeBytes(event, start, event.length - start);
            return;
        }
        target.ensureWritable(object.length + AROUND);
        target.writeBytes(START[type.ordinal()]);
        target.writeBytes(object);
        target.writeBytes(END);
    }

    private static final byte[][] START = starts();

    private static byte[][] starts() {
        byte[][] starts = new byte[EventType.values().length][];
        for (EventType type : EventType.values()) {
            starts[type.ordinal()] = ("{\"type\":\"" + type.name() + "\",\"object\":").getBytes(StandardCharsets.UTF_8);
        }
        return starts;
    }
}
