package io.gantry.client;

import io.gantry.api.KubernetesObject;

/// The identity of an object within its kind.
///
/// @param namespace empty for cluster-scoped kinds
public record ObjectKey(String namespace, String name) {
    public ObjectKey {
        namespace = namespace == null ? "" : namespace;
        name = name == null ? "" : name;
    }

    /// The key of an object.
    public static ObjectKey of(KubernetesObject object) {
        String namespace = object.metadata().namespace();
        String name = object.metadata().name();
        return new ObjectKey(namespace == null ? "" : namespace, name == null ? "" : name);
    }

    /// `namespace/name`, or the name alone for cluster-scoped objects: how logs name an object.
    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
