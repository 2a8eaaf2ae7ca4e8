package io.gantry.ingress.endpoint;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A port of a Service with its endpoints of now, which take turns. Thread-safe.
public final class Backend {
    private final AtomicInteger next = new AtomicInteger();
    private volatile Endpoints endpoints = Endpoints.NONE;

    public Endpoints endpoints() {
        return endpoints;
    }

    public void set(Endpoints fresh) {
        endpoints = fresh;
    }

    /// The endpoints in the order in which a request tries them.
    ///
    /// @param limit of tries
    public Turn turn(int limit) {
        List<InetSocketAddress> addresses = endpoints.addresses();
        int start = Math.floorMod(next.getAndIncrement(), Math.max(1, addresses.size()));
        return new Turn(addresses, start, Math.min(limit, addresses.size()));
    }

    /// One request's way through the endpoints. Not thread-safe.
    public static final class Turn {
        private final List<InetSocketAddress> addresses;
        private final int start;
        private final int limit;
        private int taken;

        private Turn(List<InetSocketAddress> addresses, int start, int limit) {
            this.addresses = addresses;
            this.start = start;
            this.limit = limit;
        }

        public boolean hasNext() {
            return taken < limit;
        }

        /// @throws IndexOutOfBoundsException when there is none
        public InetSocketAddress next() {
            return addresses.get((start + taken++) % addresses.size());
        }
    }
}
