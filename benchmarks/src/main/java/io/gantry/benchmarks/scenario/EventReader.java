package io.gantry.benchmarks.scenario;

import io.gantry.benchmarks.http.Receiver;
import io.gantry.benchmarks.measure.Latencies;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// One watcher. Reads the marker that each event of the measurement carries at its end, and checks that every event of
/// every object comes once and in order. Runs on one event loop.
///
/// A marker is `zz<object, 4 digits>.<number, 9 digits>.<nanoseconds, 19 digits>`; it is the last value of the object.
final class EventReader implements Receiver {
    static final int MARKER = 2 + 4 + 1 + 9 + 1 + 19;
    /// From the marker's start to the end of the line: `"}}}` and the line's end.
    private static final int TAIL = MARKER + 4;

    private final long[] last;
    private final Latencies latencies = new Latencies();
    private final byte[] tail = new byte[TAIL];
    private int kept;
    private volatile long events;
    private volatile long errors;
    private volatile String problem = "";
    private volatile boolean measuring;
    private long known;
    private long wrong;

    EventReader(int objects) {
        last = new long[objects];
        Arrays.fill(last, -1);
    }

    static String marker(int object, long number, long nanos) {
        return "zz%04d.%09d.%019d".formatted(object, number, nanos);
    }

    /// Latencies count from now on.
    void measure() {
        measuring = true;
    }

    long events() {
        return events;
    }

    long errors() {
        return errors;
    }

    String problem() {
        return problem;
    }

    /// Read it when the watch is over.
    Latencies latencies() {
        return latencies;
    }

    @Override
    public void head(int status) {
        if (status != 200) {
            problem = "a watch was answered with " + status;
            errors = ++wrong;
        }
    }

    @Override
    public void data(ByteBuf bytes) {
        long now = System.nanoTime();
        int from = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (from < end) {
            int line = bytes.indexOf(from, end, (byte) '\n');
            if (line < 0) {
                keep(bytes, from, end);
                break;
            }
            keep(bytes, from, line);
            event(now);
            kept = 0;
            from = line + 1;
        }
        events = known;
        errors = wrong;
    }

    /// Keeps the last bytes of a line that is not over.
    private void keep(ByteBuf bytes, int from, int to) {
        int added = Math.min(to - from, TAIL);
        int stay = Math.min(kept, TAIL - added);
        System.arraycopy(tail, kept - stay, tail, 0, stay);
        bytes.getBytes(to - added, tail, stay, added);
        kept = stay + added;
    }

    private void event(long now) {
        int start = 0;
        while (start < kept - MARKER && !(tail[start] == 'z' && tail[start + 1] == 'z')) {
            start++;
        }
        if (kept < MARKER || tail[start] != 'z') {
            return; // not an event of the measurement: a bookmark, or the object before it
        }
        int object = (int) number(start + 2, 4);
        long count = number(start + 7, 9);
        known++;
        if (last[object] >= 0 && count != last[object] + 1) {
            wrong++;
            problem = "object " + object + ": event " + count + " after " + last[object];
        }
        last[object] = count;
        if (measuring) {
            latencies.record(now - number(start + 17, 19));
        }
    }

    private long number(int from, int digits) {
        long value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value * 10 + (tail[i] - '0');
        }
        return value;
    }

    @Override
    public void end() {
        // The server may end a watch; what is missing then shows in the count.
    }

    @Override
    public void failed(String why) {
        problem = why;
        errors = ++wrong;
    }
}
