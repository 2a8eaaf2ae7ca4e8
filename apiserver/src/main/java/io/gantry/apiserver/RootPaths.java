package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.apiserver.discovery.DiscoveryVersion;
import io.gantry.apiserver.http.Response;
import io.gantry.component.HealthCheck;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.ObjectWriter;

/// What `GET /` lists, and what a path that nothing answers gets with its 404 (upstream
/// `k8s.io/apiserver/pkg/server/routes`, `Index`; the type `RootPaths` of `meta/v1`).
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
    private static final ObjectWriter WRITER = Json.MAPPER.writerWithDefaultPrettyPrinter();

    private RootPaths() {}

    /// The answer to a path that is nothing else's.
    static Response answer(String path, List<DiscoveryVersion> served, List<HealthCheck> checks) {
        byte[] body = WRITER.writeValueAsBytes(Map.of("paths", of(served, checks)));
        return Response.of(INDEX.contains(path) ? 200 : 404, "application/json", body);
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
