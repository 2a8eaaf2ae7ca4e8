package io.gantry.store.etcd;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How to reach etcd.
///
/// @param endpoints `http://` or `https://` addresses of the members
/// @param tls needed for `https://`
/// @param compactionInterval how long a revision stays readable, at least; zero leaves compaction to others
public record EtcdOptions(List<URI> endpoints, Optional<Tls> tls, Duration compactionInterval) {
    /// As upstream's API server has it.
    public static final Duration DEFAULT_COMPACTION_INTERVAL = Duration.ofMinutes(5);

    public EtcdOptions {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no etcd endpoint given");
        }
    }

    /// PEM files.
    ///
    /// @param certificate and `key`: the client certificate, where etcd asks for one
    public record Tls(Path ca, Optional<Path> certificate, Optional<Path> key) {}

    public static EtcdOptions of(List<URI> endpoints) {
        return new EtcdOptions(endpoints, Optional.empty(), DEFAULT_COMPACTION_INTERVAL);
    }

    public EtcdOptions withTls(Tls newTls) {
        return new EtcdOptions(endpoints, Optional.of(newTls), compactionInterval);
    }
}
