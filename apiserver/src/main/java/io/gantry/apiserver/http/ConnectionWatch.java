package io.gantry.apiserver.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// Closes connections that hold a half-sent request too long, take nothing of what is sent, or do nothing. Used on the
/// event loop only.
final class ConnectionWatch {
    private final ChannelHandlerContext context;
    private final ScheduledFuture<?> timer;
    private int running;
    private long lastActiveNanos = System.nanoTime();
    private final Map<Integer, Long> partial = new HashMap<>();

    private final LongConsumer also;
    private long waitingBytes;
    private long movedNanos;

    ConnectionWatch(ChannelHandlerContext context) {
        this(context, now -> {});
    }

    /// @param also what else is looked at each time, given [System#nanoTime()]
    ConnectionWatch(ChannelHandlerContext context, LongConsumer also) {
        this.context = context;
        this.also = also;
        long seconds = HttpLimits.CHECK.toSeconds();
        this.timer = context.executor().scheduleAtFixedRate(this::check, seconds, seconds, TimeUnit.SECONDS);
    }

    void requestStarted(int id) {
        partial.put(id, System.nanoTime());
    }

    void requestComplete(int id) {
        partial.remove(id);
        running++;
    }

    void requestAbandoned(int id) {
        partial.remove(id);
    }

    void responseDone() {
        running--;
        lastActiveNanos = System.nanoTime();
    }

    void stop() {
        timer.cancel(false);
    }

    private void check() {
        long now = System.nanoTime();
        boolean slow = partial.values().stream().anyMatch(since -> now - since > HttpLimits.REQUEST_READ.toNanos());
        boolean idle = running == 0 && partial.isEmpty() && now - lastActiveNanos > HttpLimits.IDLE.toNanos();
        if (slow || idle || stalled(now)) {
            context.close();
        } else {
            also.accept(now);
        }
    }

    /// Whether nothing of what waits for the socket went out since long.
    private boolean stalled(long now) {
        ChannelOutboundBuffer out = context.channel().unsafe().outboundBuffer();
        long waiting = out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress();
        if (waiting == 0 || waiting != waitingBytes) {
            waitingBytes = waiting;
            movedNanos = now;
        }
        return now - movedNanos > HttpLimits.WRITE_STALL.toNanos();
    }
}
