package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.api.kind.Kind;
import io.gantry.apiserver.endpoint.Call;
import io.gantry.apiserver.endpoint.Verbs;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.proxy.ProxyObjects;
import io.gantry.apiserver.proxy.SubresourceProxy;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.Stored;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.WatchCache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/// The subresources that lead out of the server (logs, exec, proxy…), over the objects of the caches. Thread-safe.
final class ProxySubresources implements AutoCloseable {
    private static final List<String> NAMES = List.of(
            "pods/log", "pods/exec", "pods/attach", "pods/portforward", "pods/proxy", "services/proxy", "nodes/proxy");

    private final Lazy<SubresourceProxy> proxy;

    /// @param kubelets TLS toward kubelets
    ProxySubresources(Resources resources, SSLContext kubelets) {
        proxy = Lazy.of(() -> new SubresourceProxy(new CachedObjects(resources), kubelets));
    }

    /// Answers by resource and subresource.
    Map<String, Verbs.Subresource> all() {
        Map<String, Verbs.Subresource> all = new HashMap<>();
        NAMES.forEach(name -> all.put(name, this::answer));
        return all;
    }

    private Answer answer(Call call) {
        return Answer.later(() -> proxy.get()
                .answer(
                        call.request(),
                        call.info().plural(),
                        call.info().subresource(),
                        call.info().namespace(),
                        call.info().name()));
    }

    @Override
    public void close() {
        proxy.ifMade(SubresourceProxy::close);
    }

    private record CachedObjects(Resources resources) implements ProxyObjects {
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
    }
}
