package io.gantry.ingress.proxy;

/// How requests of a connection came.
///
/// @param client the address of who sent them
/// @param port of ours that they came to
/// @param tls whether over TLS
/// @param stream whether over HTTP/2
record Arrival(String client, int port, boolean tls, boolean stream) {
    String scheme() {
        return tls ? "https" : "http";
    }
}
