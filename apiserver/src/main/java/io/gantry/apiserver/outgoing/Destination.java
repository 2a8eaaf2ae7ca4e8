package io.gantry.apiserver.outgoing;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/// A server that is called.
///
/// @param host the address that is dialled
/// @param name for the `Host` field, and what the server's certificate must be made for
/// @param namedPort the port behind `name`; a Service's port where `port` is its endpoint's
/// @param tls empty for plain HTTP
public record Destination(String host, int port, String name, int namedPort, Optional<SSLContext> tls) {
    /// One whose address is its name.
    public static Destination of(String host, int port, Optional<SSLContext> tls) {
        return new Destination(host, port, host, port, tls);
    }

    /// `name:port`, an IPv6 address in brackets.
    public String authority() {
        return join(name, namedPort);
    }

    /// `host:port` as it is dialled.
    public String address() {
        return join(host, port);
    }

    private static String join(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
