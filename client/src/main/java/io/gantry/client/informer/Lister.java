package io.gantry.client.informer;

import java.util.List;
import java.util.Optional;

/// Reads from an informer's cache; what it returns can be a moment old. Never blocks for I/O.
public interface Lister<T> {
    /// The object; empty when the cache has none.
    ///
    /// @param namespace empty for cluster-scoped kinds
    Optional<T> get(String namespace, String name);

    /// A snapshot of everything.
    List<T> all();

    /// How many there are.
    default int size() {
        return all().size();
    }

    /// A snapshot of the objects of one namespace.
    List<T> inNamespace(String namespace);

    /// The objects for which the index function gave `value`.
    ///
    /// @throws IllegalArgumentException when there is no such index
    List<T> byIndex(String index, String value);
}
