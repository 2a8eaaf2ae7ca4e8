package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.apiserver.discovery.DiscoveryVersion;
import io.gantry.apiserver.http.Indented;
import io.gantry.apiserver.http.Response;
import io.gantry.component.HealthCheck;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What `GET /` lists (upstream `k8s.io/apiserver/pkg/server/routes`, `Index`; the type `RootPaths` of `meta/v1`). A
/// path that nothing answers gets no list: kube-apiserver's last handler is behind the one that would give it.
final class RootPaths {
    private static final Set<String> INDEX = Set.of("/", "/index.html");
    private static final List<String> ALWAYS = List.of(
            "/.well-known/openid-configuration",
            "/api",
            "/apis",
            "/apis/",
            ProcessPages.FLAGZ,
            "/metrics",
            "/metrics/slis",
            "/openapi/v2",
            "/openapi/v3",
            "/openapi/v3/",
            "/openid/v1/jwks",
            ProcessPages.STATUSZ,
            "/version");

    private RootPaths() {}

    /// The answer to a path that is nothing else's: only the root has a list.
    static Response answer(String path, List<DiscoveryVersion> served, List<HealthCheck> checks) {
        if (!INDEX.contains(path)) {
            return Documents.noPage();
        }
        return Response.json(Indented.indent(Json.MAPPER.writeValueAsBytes(Map.of("paths", of(served, checks)))));
    }

    /// In alphabetical order.
    static Set<String> of(List<DiscoveryVersion> served, List<HealthCheck> checks) {
        Set<String> paths = new TreeSet<>(ALWAYS);
        for (DiscoveryVersion version : served) {
            if (!version.group().isEmpty()) {
                paths.add("/apis/" + version.group());
            }
            paths.add((version.group().isEmpty() ? "/api/" : "/apis/") + version.groupVersion());
        }
        for (String health : Documents.HEALTH) {
            paths.add("/" + health);
            Documents.chosen(health, checks).forEach(check -> paths.add("/" + health + "/" + check.name()));
        }
        return paths;
    }
}
