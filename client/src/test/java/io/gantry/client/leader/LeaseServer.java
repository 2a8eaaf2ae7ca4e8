package io.gantry.client.leader;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.client.http.Call;
import io.gantry.client.http.Exchange;
import io.gantry.client.http.Reply;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ObjectNode;

/// One Lease in memory, which may answer late or not at all.
final class LeaseServer implements Exchange {
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch never = new CountDownLatch(1);
    private ObjectNode lease;
    private int version;
    private volatile Duration firstDelay = Duration.ZERO;
    private volatile boolean away;

    /// The first call is answered this much later.
    LeaseServer slowAtFirst(Duration delay) {
        firstDelay = delay;
        return this;
    }

    void goAway() {
        away = true;
    }

    String holder() {
        lock.lock();
        try {
            return lease == null
                    ? ""
                    : lease.path("spec").path("holderIdentity").asString("");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Reply send(Call call) {
        delay();
        if (away) {
            throw StatusException.unavailable("away");
        }
        lock.lock();
        try {
            return new Reply.Whole(Json.MAPPER.writeValueAsBytes(answer(call)));
        } finally {
            lock.unlock();
        }
    }

    private void delay() {
        Duration wait = firstDelay;
        firstDelay = Duration.ZERO;
        try {
            if (!wait.isZero() && never.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StatusException.unavailable("interrupted");
        }
    }

    private ObjectNode answer(Call call) {
        if (call.method().equals("GET")) {
            if (lease == null) {
                throw StatusException.notFound("coordination.k8s.io", "leases", "l");
            }
            return lease;
        }
        ObjectNode body = (ObjectNode) Json.MAPPER.readTree(call.body());
        boolean stale = lease != null
                && !body.path("metadata").path("resourceVersion").asString("").equals(Integer.toString(version));
        if (stale) {
            throw StatusException.conflict("coordination.k8s.io", "leases", "l", "changed");
        }
        ((ObjectNode) body.path("metadata")).put("resourceVersion", Integer.toString(++version));
        lease = body;
        return lease;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void close() {
        never.countDown();
    }
}
