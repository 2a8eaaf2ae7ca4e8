package io.gantry.apiserver.discovery;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.Subresource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What discovery shows of the built-in kinds.
public final class BuiltInDiscovery {
    /// Kinds without a collection of their own: they are posted to a subresource of another kind.
    private static final Set<String> SUBRESOURCE_KINDS = Set.of("Scale", "Eviction", "TokenRequest");

    private static final List<String> PROXY_VERBS = List.of("create", "delete", "get", "patch", "update");
    private static final List<String> CONNECT_VERBS = List.of("create", "get");

    private BuiltInDiscovery() {}

    /// One entry a group and version, groups in the kinds' order.
    public static List<DiscoveryVersion> versions(Collection<KindDefinition<?>> kinds) {
        Map<String, Map<String, List<DiscoveryResource>>> resources = new LinkedHashMap<>();
        for (KindDefinition<?> definition : kinds) {
            Kind<?> kind = definition.kind();
            if (!SUBRESOURCE_KINDS.contains(kind.name())) {
                resources
                        .computeIfAbsent(kind.group(), group -> new TreeMap<>(VersionOrder.INSTANCE))
                        .computeIfAbsent(kind.version(), version -> new ArrayList<>())
                        .add(resource(definition));
            }
        }
        return resources.entrySet().stream()
                .flatMap(group -> group.getValue().entrySet().stream()
                        .map(version ->
                                new DiscoveryVersion(group.getKey(), version.getKey(), version.getValue(), true)))
                .toList();
    }

    /// One kind.
    public static DiscoveryResource resource(KindDefinition<?> definition) {
        Kind<?> kind = definition.kind();
        return new DiscoveryResource(
                kind.plural(),
                kind.singular(),
                kind.name(),
                kind.namespaced(),
                definition.verbs(),
                kind.shortNames(),
                kind.categories(),
                definition.stored() ? storageVersionHash(kind) : "",
                definition.subresources().stream()
                        .sorted(Comparator.comparing(Subresource::path))
                        .map(subresource -> subresource(kind, subresource))
                        .toList());
    }

    /// Events are stored in the core group's version, autoscalers in the newest.
    private static String storageVersionHash(Kind<?> kind) {
        return switch (kind.group()) {
            case "events.k8s.io" -> DiscoveryResource.hashOf("", "v1", kind.name());
            case "autoscaling" -> DiscoveryResource.hashOf("autoscaling", "v2", kind.name());
            default -> DiscoveryResource.hashOf(kind.group(), kind.version(), kind.name());
        };
    }

    private static DiscoverySubresource subresource(Kind<?> kind, Subresource subresource) {
        String path = subresource.path();
        return switch (subresource) {
            case STATUS, EPHEMERALCONTAINERS, RESIZE, APPROVAL ->
                own(kind, path, kind.name(), DiscoverySubresource.PART_VERBS);
            case SCALE -> new DiscoverySubresource(path, "autoscaling", "v1", "Scale", DiscoverySubresource.PART_VERBS);
            case FINALIZE -> own(kind, path, kind.name(), List.of("update"));
            case EVICTION -> new DiscoverySubresource(path, "policy", "v1", "Eviction", List.of("create"));
            case BINDING -> own(kind, path, "Binding", List.of("create"));
            case LOG -> own(kind, path, kind.name(), List.of("get"));
            case EXEC -> own(kind, path, "PodExecOptions", CONNECT_VERBS);
            case ATTACH -> own(kind, path, "PodAttachOptions", CONNECT_VERBS);
            case PORTFORWARD -> own(kind, path, "PodPortForwardOptions", CONNECT_VERBS);
            case PROXY -> own(kind, path, kind.name() + "ProxyOptions", PROXY_VERBS);
            case TOKEN ->
                new DiscoverySubresource(path, "authentication.k8s.io", "v1", "TokenRequest", List.of("create"));
        };
    }

    private static DiscoverySubresource own(Kind<?> kind, String path, String name, List<String> verbs) {
        return new DiscoverySubresource(path, kind.group(), kind.version(), name, verbs);
    }
}
