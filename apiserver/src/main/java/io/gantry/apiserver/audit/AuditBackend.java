package io.gantry.apiserver.audit;

import java.util.List;

/// Where events go (upstream `k8s.io/apiserver/pkg/audit.Backend`). Events are JSON objects without `kind` and
/// `apiVersion`, as lists of events have them. What fails is counted by the backend. Thread-safe.
interface AuditBackend extends AutoCloseable {
    /// Takes events; blocks until they are there, save where a backend buffers.
    ///
    /// @return whether they are not lost yet
    boolean take(List<byte[]> events);

    /// There is little time left: pauses end, and what failed is tried once more. Does not block.
    void hurry();

    /// Nothing comes any more. Blocks until what it has is written, for a while at most.
    @Override
    void close();
}
