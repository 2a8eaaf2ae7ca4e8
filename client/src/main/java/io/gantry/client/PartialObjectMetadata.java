package io.gantry.client;

import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An object of any kind reduced to its metadata: what the garbage collector and namespace deletion read. Requests for
/// it ask the server for `PartialObjectMetadata`.
public record PartialObjectMetadata(
        @Nullable String apiVersion, @Nullable String kind, ObjectMeta metadata) implements KubernetesObject {
    public PartialObjectMetadata {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
    }

    /// The metadata view of any resource, built in or custom.
    public static Kind<PartialObjectMetadata> kind(
            String group, String version, String name, String plural, boolean namespaced) {
        return new Kind<>(PartialObjectMetadata.class, group, version, name, plural, namespaced, List.of(), List.of());
    }

    /// The metadata view of a built-in kind.
    public static Kind<PartialObjectMetadata> kind(Kind<?> kind) {
        return kind(kind.group(), kind.version(), kind.name(), kind.plural(), kind.namespaced());
    }
}
