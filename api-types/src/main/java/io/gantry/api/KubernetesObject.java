package io.gantry.api;

import io.gantry.api.meta.v1.ObjectMeta;
import org.jspecify.annotations.Nullable;

/// What every kind has: type information and metadata.
public interface KubernetesObject {
    /// `v1` or `group/version`; absent on objects that a client builds and on list items of some servers.
    @Nullable
    String apiVersion();

    /// The kind in CamelCase, e.g. `Deployment`; absent where [#apiVersion()] is.
    @Nullable
    String kind();

    /// Never null: an object without metadata has empty metadata.
    ObjectMeta metadata();
}
