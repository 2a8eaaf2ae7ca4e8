package io.gantry.client.work;

/// Brings the world of one key nearer to what is wanted. Level-triggered: it reads the state now, may be called for no
/// reason, and may be called twice. Never called for the same key by two workers at once.
@FunctionalInterface
public interface Reconciler<K> {
    /// @throws Exception for any failure: the key comes back after a growing back-off
    Result reconcile(K key) throws Exception;
}
