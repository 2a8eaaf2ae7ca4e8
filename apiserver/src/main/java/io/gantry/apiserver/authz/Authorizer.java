package io.gantry.apiserver.authz;

/// Decides. Runs on the event loop for cached reads: it must not block.
public interface Authorizer {
    Decision decide(Attributes attributes);

    /// Allows everything: for tests and an insecure test cluster.
    static Authorizer allowAll() {
        return attributes -> Decision.allow("");
    }
}
