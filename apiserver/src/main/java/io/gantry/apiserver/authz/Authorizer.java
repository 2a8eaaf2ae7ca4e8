package io.gantry.apiserver.authz;

/// Decides. Runs on the event loop for cached reads: it must not block once it [#isReady].
public interface Authorizer {
    /// Whether it has what it decides by. Before, [#decide] may wait for it, and is called on a virtual thread.
    default boolean isReady() {
        return true;
    }

    Decision decide(Attributes attributes);

    /// What it counts, in Prometheus' text format.
    default String metrics() {
        return "";
    }

    /// Allows everything: for tests and an insecure test cluster.
    static Authorizer allowAll() {
        return attributes -> Decision.allow("");
    }
}
