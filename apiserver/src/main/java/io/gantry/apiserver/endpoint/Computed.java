package io.gantry.apiserver.endpoint;

import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Selection;
import java.util.List;

/// The objects of a resource of which nothing is stored: they are made when somebody reads them. Thread-safe; blocks.
public interface Computed {
    /// One object.
    ///
    /// @param namespace empty for a cluster-scoped one
    /// @throws io.gantry.api.StatusException 404 when it is not there
    CachedObject get(String namespace, String name) throws InterruptedException;

    /// All that are selected, in the order of their keys; others may be among them.
    List<CachedObject> list(Selection selection) throws InterruptedException;
}
