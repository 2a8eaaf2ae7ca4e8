package io.gantry.apiserver.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Closes connections that hold a half-sent request too long or do nothing. Used on the event loop only.
final class ConnectionWatch {
    private final ChannelHandlerContext context;
    private final ScheduledFuture<?> timer;
    private int running;
    private long lastActiveNanos = System.nanoTime();
    private final java.util.Map<Integer, Long> partial = new java.util.HashMap<>();

    ConnectionWatch(ChannelHandlerContext context) {
        this.context = context;
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
        if (slow || idle) {
            context.close();
        }
    }
}
