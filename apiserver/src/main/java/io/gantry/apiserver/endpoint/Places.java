package io.gantry.apiserver.endpoint;

import io.gantry.apiserver.registry.ServedResource;
import java.util.Set;

/// Which paths a resource has. One of the whole cluster is below no namespace: who may do everything in a namespace
/// would else reach it through that namespace's path, which is what was authorized.
public final class Places {
    private static final Set<String> ACROSS_NAMESPACES = Set.of("list", "watch");

    private Places() {}

    /// Whether the resource is where the request looks for it.
    public static boolean has(ServedResource resource, RequestInfo info) {
        if (resource.is("", "namespaces")) {
            return info.namespace().isEmpty() || info.namespace().equals(info.name());
        }
        if (!resource.namespaced()) {
            return info.namespace().isEmpty();
        }
        return !info.namespace().isEmpty() || ACROSS_NAMESPACES.contains(info.verb()) || collection(resource, info);
    }

    /// The path of all objects is that of a list, so other methods are there and not allowed; those of custom
    /// resources are looked for by their verb (upstream `customresource_handler.go`).
    private static boolean collection(ServedResource resource, RequestInfo info) {
        return info.name().isEmpty() && resource.storage().isPresent() && !resource.custom();
    }
}
