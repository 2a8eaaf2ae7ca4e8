package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.api.kind.Kind;
import io.gantry.apiserver.proxy.Backend;
import io.gantry.apiserver.proxy.ProxyObjects;
import io.gantry.apiserver.proxy.ProxyTargets;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.Stored;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.WatchCache;
import io.gantry.apiserver.webhook.ServiceResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The objects that say where requests go, from the watch caches.
record CachedObjects(Resources resources) implements ProxyObjects, ServiceResolver {
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    @Override
    public Optional<JsonNode> pod(String namespace, String name) {
        return read(PodKind.KIND, namespace, name);
    }

    @Override
    public Optional<JsonNode> node(String name) {
        return read(NodeKind.KIND, "", name);
    }

    @Override
    public Optional<JsonNode> service(String namespace, String name) {
        return read(ServiceKind.KIND, namespace, name);
    }

    private Optional<JsonNode> read(Kind<?> kind, String namespace, String name) {
        return resources
                .storage(kind)
                .readCached(ResourceStorage.key(namespace, name))
                .map(Stored::object);
    }

    @Override
    public List<JsonNode> endpointSlices(String namespace, String service) {
        WatchCache cache = resources.storage(EndpointSliceKind.KIND).cache();
        cache.load();
        List<JsonNode> slices = new ArrayList<>();
        String prefix = namespace + "/";
        for (CachedObject slice : cache.snapshot().objects().range(prefix, prefix)) {
            if (service.equals(slice.labels().get(SERVICE_LABEL))) {
                slices.add(Json.MAPPER.readTree(slice.json()));
            }
        }
        return slices;
    }

    /// A ready endpoint: it is in reach of this host with and without kube-proxy. An external name is its own address.
    @Override
    public Backend resolve(String namespace, String name, int port) {
        JsonNode spec = service(namespace, name)
                .orElseThrow(() -> StatusException.notFound("", "service", name))
                .path("spec");
        String external = spec.path("externalName").asString("");
        if (!external.isEmpty() && spec.path("type").asString("").equals("ExternalName")) {
            return new Backend(external, port, Backend.Security.UNVERIFIED, "/");
        }
        return new ProxyTargets(this).service(namespace, name + ":" + port, "/");
    }
}
