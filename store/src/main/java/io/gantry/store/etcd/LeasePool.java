package io.gantry.store.etcd;

import io.etcd.jetcd.Lease;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Leases for keys with a time to live. One lease serves the keys written in a short span, for thousands of
/// events with a lease each are a burden to etcd; each lives a little longer than asked for.
final class LeasePool {
    private static final int MAX_KEYS = 1_000;
    private static final long MAX_SPAN_SECONDS = 60;
    private static final int SPAN_PERCENT = 5;

    private record Open(long id, long untilMillis, int keys) {}

    private final Lease leases;
    private final InstantSource clock;
    private final Map<Long, Open> open = new HashMap<>();

    LeasePool(Lease leases, InstantSource clock) {
        this.leases = leases;
        this.clock = clock;
    }

    /// A lease under which a key lives at least so long from now. May block for etcd.
    synchronized long lease(long ttlSeconds) {
        Open found = open.get(ttlSeconds);
        if (found == null || clock.millis() >= found.untilMillis() || found.keys() >= MAX_KEYS) {
            found = grant(ttlSeconds);
        }
        open.put(ttlSeconds, new Open(found.id(), found.untilMillis(), found.keys() + 1));
        return found.id();
    }

    private Open grant(long ttlSeconds) {
        long span = Math.min(MAX_SPAN_SECONDS, ttlSeconds * SPAN_PERCENT / 100);
        long id = EtcdCalls.await(leases.grant(ttlSeconds + span)).getID();
        return new Open(id, clock.millis() + span * 1000, 0);
    }
}
