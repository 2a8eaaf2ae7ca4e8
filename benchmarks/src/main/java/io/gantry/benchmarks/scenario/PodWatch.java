package io.gantry.benchmarks.scenario;

import io.gantry.benchmarks.http.Receiver;
import io.gantry.benchmarks.measure.Latencies;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Reads the watch of a scenario's pods, `pod-0` and on: when each is bound (once, to one node for good), runs and is
/// gone.
final class PodWatch implements Receiver {
    private static final String NAME = "\"name\":\"pod-";
    private static final String NODE = "\"nodeName\":\"";
    private static final String DELETED = "{\"type\":\"DELETED\"";
    private static final String RUNNING = "\"phase\":\"Running\"";

    private final Map<String, Long> created = new ConcurrentHashMap<>();
    private final Map<String, String> nodes = new ConcurrentHashMap<>();
    private final Map<String, Boolean> running = new ConcurrentHashMap<>();
    private final CountDownLatch unbound;
    private final CountDownLatch notRunning;
    private final CountDownLatch notGone;
    private final Latencies binds = new Latencies();
    private final AtomicLong errors = new AtomicLong();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private volatile long lastBind;

    PodWatch(int pods) {
        unbound = new CountDownLatch(pods);
        notRunning = new CountDownLatch(pods);
        notGone = new CountDownLatch(pods);
    }

    /// A pod is about to be created.
    void creating(String name) {
        created.put(name, System.nanoTime());
    }

    CountDownLatch unbound() {
        return unbound;
    }

    CountDownLatch notRunning() {
        return notRunning;
    }

    CountDownLatch notGone() {
        return notGone;
    }

    /// From a pod's creation to its bind; read it when all are bound.
    Latencies binds() {
        return binds;
    }

    /// When the last bind was seen, by [System#nanoTime].
    long lastBind() {
        return lastBind;
    }

    /// Watches that broke, and pods that changed their node.
    long errors() {
        return errors.get();
    }

    /// Waits until a count is down to nothing, or no longer goes down; returns what is left.
    static long await(CountDownLatch latch, Duration patience) throws InterruptedException {
        long before;
        do {
            before = latch.getCount();
        } while (!latch.await(patience.toMillis(), TimeUnit.MILLISECONDS) && latch.getCount() < before);
        return latch.getCount();
    }

    @Override
    public void head(int status) {
        if (status != 200) {
            failed("HTTP " + status);
        }
    }

    @Override
    public void data(ByteBuf bytes) {
        int from = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (from < end) {
            int stop = bytes.indexOf(from, end, (byte) '\n');
            byte[] piece = new byte[(stop < 0 ? end : stop) - from];
            bytes.getBytes(from, piece);
            line.writeBytes(piece);
            if (stop < 0) {
                return;
            }
            event(line.toString(StandardCharsets.ISO_8859_1));
            line.reset();
            from = stop + 1;
        }
    }

    private void event(String event) {
        int at = event.indexOf(NAME);
        if (at < 0) {
            return;
        }
        String name = value(event, at + "\"name\":\"".length());
        if (event.startsWith(DELETED)) {
            notGone.countDown();
            return;
        }
        int node = event.indexOf(NODE);
        if (node >= 0) {
            bound(name, value(event, node + NODE.length()));
        }
        if (!running.containsKey(name) && event.contains(RUNNING)) {
            running.put(name, true);
            notRunning.countDown();
        }
    }

    private void bound(String name, String node) {
        String before = nodes.putIfAbsent(name, node);
        if (before != null && !before.equals(node)) {
            failed(name + " was bound to " + before + " and is on " + node);
        }
        Long begun = before == null ? created.remove(name) : null;
        if (begun != null) {
            lastBind = System.nanoTime();
            binds.record(lastBind - begun);
            unbound.countDown();
        }
    }

    private static String value(String event, int start) {
        return event.substring(start, event.indexOf('"', start));
    }

    @Override
    public void end() {
        failed("the server ended the watch");
    }

    @Override
    public void failed(String why) {
        errors.incrementAndGet();
        System.err.println("the watch of the pods: " + why);
    }
}
