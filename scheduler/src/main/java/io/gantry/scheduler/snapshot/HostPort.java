package io.gantry.scheduler.snapshot;

/// A port of the node that a pod takes.
///
/// @param protocol `TCP`, `UDP` or `SCTP`
/// @param address the node address, `0.0.0.0` for all
/// @param port the port
public record HostPort(String protocol, String address, int port) {
    private static final String ALL = "0.0.0.0";

    /// Whether both cannot be held at once.
    public boolean conflictsWith(HostPort other) {
        return port == other.port
                && protocol.equals(other.protocol)
                && (address.equals(ALL) || other.address.equals(ALL) || address.equals(other.address));
    }
}
