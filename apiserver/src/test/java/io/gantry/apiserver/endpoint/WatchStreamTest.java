package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.StatusException;
import io.gantry.apiserver.http.ResponseStream;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Description;
import io.gantry.apiserver.watch.EventType;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchStreamTest {
    /// Remembers what was scheduled, and runs it when told.
    private static final class HandTimer extends ScheduledThreadPoolExecutor {
        private final List<Runnable> scheduled = new ArrayList<>();

        HandTimer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            assertEquals(Pulse.PERIOD_MILLIS, unit.toMillis(delay));
            scheduled.add(task);
            return super.schedule(() -> {}, 0, unit);
        }

        void run() {
            List<Runnable> due = List.copyOf(scheduled);
            scheduled.clear();
            due.forEach(Runnable::run);
        }
    }

    private static final class Sent implements ResponseStream {
        private final List<String> pieces = new ArrayList<>();
        private final List<Runnable> soon = new ArrayList<>();
        private boolean writable = true;
        private boolean busy;
        private boolean ended;

        void run() {
            List<Runnable> due = List.copyOf(soon);
            soon.clear();
            due.forEach(Runnable::run);
        }

        @Override
        public void write(ByteBuf bytes) {
            pieces.add(bytes.toString(StandardCharsets.UTF_8));
            bytes.release();
        }

        @Override
        public void soon(Runnable action) {
            soon.add(action);
            if (!busy) {
                run();
            }
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public boolean awaitWritable() {
            return writable;
        }

        @Override
        public void onClosed(Runnable action) {}

        @Override
        public void onWritable(Runnable action) {}

        @Override
        public boolean isClosed() {
            return ended;
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void abort() {
            ended = true;
        }
    }

    private static final class Plain implements WatchStream.ObjectForm {
        @Override
        public boolean protobuf() {
            return false;
        }

        @Override
        public byte[] bytes(CachedObject object) {
            return object.json();
        }

        @Override
        public void write(ByteBuf target, CachedObject object) {
            target.writeBytes(object.json());
        }

        @Override
        public byte[] error(StatusException failure) {
            return new byte[0];
        }

        @Override
        public byte[] bookmark(long revision, boolean initialEventsEnd) {
            return new byte[0];
        }
    }

    private final HandTimer timer = new HandTimer();
    private final Sent sent = new Sent();
    private long nanos;
    private final WatchStream stream =
            new WatchStream(sent, new Plain(), false, WatchStream.Framing.STREAM, new Pulse(timer, () -> nanos));
    private int revision;

    @AfterEach
    void stop() {
        timer.close();
    }

    private void events(int count) {
        for (int i = 0; i < count; i++) {
            revision++;
            byte[] json = Integer.toString(revision).getBytes(StandardCharsets.UTF_8);
            stream.event(EventType.ADDED, new CachedObject("a/b", json, revision, Description.Known.NONE));
            stream.depart();
        }
    }

    private static long lines(String piece) {
        return piece.lines().count();
    }

    private void pass(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void fewEventsLeaveAtOnceAndManyTogether() {
        events(Pulse.BURST);
        assertEquals(Pulse.BURST, sent.pieces.size());
        events(7);
        assertEquals(Pulse.BURST, sent.pieces.size());
        assertEquals(1, timer.scheduled.size());
        pass(Pulse.PERIOD_MILLIS);
        timer.run();
        assertEquals(Pulse.BURST + 1, sent.pieces.size());
        assertEquals(7, lines(sent.pieces.getLast()));
        events(3);
        pass(Pulse.PERIOD_MILLIS);
        timer.run();
        assertEquals(3, lines(sent.pieces.getLast()));
        assertTrue(String.join("", sent.pieces)
                .endsWith("{\"type\":\"ADDED\",\"object\":" + (revision - 1) + "}\n{\"type\":\"ADDED\",\"object\":"
                        + revision + "}\n"));
    }

    @Test
    void aQuietWatchMaySendAtOnceAgain() {
        events(Pulse.BURST + 1);
        pass(Pulse.PERIOD_MILLIS);
        timer.run();
        pass(Pulse.PERIOD_MILLIS * 3);
        int before = sent.pieces.size();
        events(3);
        assertEquals(before + 3, sent.pieces.size());
        events(1);
        assertEquals(before + 3, sent.pieces.size());
    }

    @Test
    void aHeapOfEventsAndTheEndWaitForNothing() {
        events(Pulse.BURST + 300);
        assertTrue(sent.pieces.size() > Pulse.BURST);
        events(5);
        stream.end();
        assertTrue(sent.ended);
        assertEquals(Pulse.BURST + 305, lines(String.join("", sent.pieces)));
    }

    @Test
    void whatComesWhileTheLoopIsBusyLeavesTogether() {
        sent.busy = true;
        events(3);
        assertEquals(0, sent.pieces.size());
        assertEquals(1, sent.soon.size(), "asked once");
        sent.run();
        assertEquals(1, sent.pieces.size());
        assertEquals(3, lines(sent.pieces.getFirst()));
        events(1);
        sent.run();
        assertEquals(2, sent.pieces.size());
    }

    @Test
    void whatAClientDoesNotTakeStaysUntilItDoes() {
        sent.writable = false;
        events(Pulse.BURST + 5);
        timer.run();
        assertEquals(0, sent.pieces.size());
        sent.writable = true;
        stream.drain();
        assertEquals(1, sent.pieces.size());
        assertEquals(Pulse.BURST + 5, lines(sent.pieces.getFirst()));
    }
}
