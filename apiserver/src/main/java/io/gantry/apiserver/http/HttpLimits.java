package io.gantry.apiserver.http;

import java.time.Duration;

/// The named limits of the HTTP layer.
final class HttpLimits {
    /// Upstream's limit of a request body.
    static final int BODY_BYTES = 3 * 1024 * 1024;

    /// Upstream's limit of a header (Go's `DefaultMaxHeaderBytes`): selectors of many names are long.
    static final int HEADER_BYTES = 1024 * 1024;

    static final int REQUEST_LINE_BYTES = 1024 * 1024;
    static final int HTTP2_STREAMS = 250;

    /// Streams that a client may break off in a while before its connection is closed: a Go client with many watches
    /// breaks off hundreds when its work ends, an attacker (rapid reset) wants millions.
    static final int HTTP2_RESETS = 5_000;

    static final int HTTP2_RESETS_WINDOW_SECONDS = 30;
    static final int HTTP2_WINDOW_BYTES = 256 * 1024;
    static final int HTTP2_CONNECTION_WINDOW_BYTES = 1024 * 1024;

    /// Messages kept of a client that pipelines before reading stops.
    static final int PIPELINED_MESSAGES = 64;

    /// A request must be whole after this time.
    static final Duration REQUEST_READ = Duration.ofSeconds(60);

    /// A connection without requests is closed after this time.
    static final Duration IDLE = Duration.ofMinutes(5);

    /// How long a connection whose client was sent away stays open without requests.
    static final Duration LINGER = Duration.ofSeconds(1);

    /// As [#LINGER], when the server stops.
    static final Duration LINGER_STOPPING = Duration.ofMillis(200);

    /// How long what a refused client still sends is taken and forgotten.
    static final Duration REFUSED = Duration.ofMillis(500);

    /// A client that takes nothing of what waits for it for so long is let go: what waits would stay in memory.
    static final Duration WRITE_STALL = Duration.ofMinutes(2);

    static final Duration CHECK = Duration.ofSeconds(15);
    static final Duration TLS_HANDSHAKE = Duration.ofSeconds(10);

    private HttpLimits() {}
}
