package io.gantry.ingress.proxy;

import java.time.Duration;

/// The named limits of the data plane.
final class ProxyLimits {
    static final int REQUEST_LINE_BYTES = 16 * 1024;
    static final int HEADER_BYTES = 64 * 1024;

    /// A piece of a body that is handed on at once.
    static final int PIECE_BYTES = 32 * 1024;

    /// What waits for a socket before its source is no longer read, and when it is read again.
    static final int HIGH_WATER_BYTES = 128 * 1024;

    static final int LOW_WATER_BYTES = 32 * 1024;

    /// Connections of clients; one more is closed at once.
    static final int CLIENTS = 8192;

    static final int HTTP2_STREAMS = 128;
    static final int HTTP2_WINDOW_BYTES = 256 * 1024;

    /// Connections to one endpoint that wait for use, an event loop each.
    static final int IDLE_CONNECTIONS = 64;

    /// Endpoints that a request tries.
    static final int TRIES = 3;

    static final int EVENT_LOOPS = 2;
    static final int BACKLOG = 1024;

    static final Duration TLS_HANDSHAKE = Duration.ofSeconds(10);

    /// A request's head must be there after this time.
    static final Duration HEAD = Duration.ofSeconds(60);

    /// Between two reads of a request's body.
    static final Duration BODY = Duration.ofSeconds(60);

    /// A client or an endpoint that takes nothing of what waits for it is let go.
    static final Duration SEND = Duration.ofSeconds(60);

    /// A client's connection without requests.
    static final Duration KEEP_ALIVE = Duration.ofSeconds(75);

    /// An endpoint's connection without requests: shorter than servers commonly have it, so that it is rarely they who
    /// close it.
    static final Duration IDLE = Duration.ofSeconds(30);

    /// A connection that waited longer is not used for a request that could not be sent again: the endpoint
    /// may be about to close it. Five seconds are the shortest time that servers in use wait by default.
    static final Duration SURELY_OPEN = Duration.ofSeconds(2);

    /// How long what a refused client still sends is taken and forgotten: a connection closed before would lose the
    /// refusal.
    static final Duration LINGER = Duration.ofSeconds(1);

    /// What running requests have when the process ends.
    static final Duration DRAIN = Duration.ofSeconds(8);

    private ProxyLimits() {}
}
