package io.gantry.client.http2;

import java.time.Duration;

/// How long a connection waits.
///
/// @param connect for a connection, and again for its TLS handshake
/// @param silence until a server that says nothing is asked whether it is there
/// @param answer how long it has to say so
/// @param look how often all this, and the deadlines of requests, are looked at
record Patience(Duration connect, Duration silence, Duration answer, Duration look) {
    /// client-go's.
    static Patience usual(Duration connect) {
        return new Patience(connect, Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofSeconds(2));
    }
}
