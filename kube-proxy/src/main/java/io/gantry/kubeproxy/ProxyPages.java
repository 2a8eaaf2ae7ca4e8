package io.gantry.kubeproxy;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.Node;
import io.gantry.component.HealthServer;
import io.gantry.component.HealthServer.Page;
import io.gantry.component.Metrics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// What kube-proxy says of itself, as upstream's does (`pkg/proxy/healthcheck/proxy_health.go`, `serveMetrics`).
/// Thread-safe.
///
/// @param node this node, where it is known
/// @param problem why rules are not in force; empty while they are
record ProxyPages(Supplier<Optional<Node>> node, Supplier<Optional<String>> problem, InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyPages.class);
    private static final String MODE = "nftables";
    private static final String SCALED_DOWN = "ToBeDeletedByClusterAutoscaler";

    /// Serves metrics and the proxy's mode; empty where the address is taken, which upstream's bears too.
    Optional<HealthServer> serveStatus(String address, Metrics metrics) {
        try {
            return Optional.of(
                    HealthServer.start(address, List.of(), metrics).serve("/proxyMode", () -> Page.text(MODE)));
        } catch (IOException taken) {
            LOG.warn("no metrics and no /proxyMode: {}", taken.getMessage());
            return Optional.empty();
        }
    }

    /// For load balancers: whether this node is to get new connections.
    Page health() {
        boolean eligible = node.get().filter(ProxyPages::isLeaving).isEmpty();
        ObjectNode health = common();
        health.put("nodeEligible", eligible);
        return page(health, eligible);
    }

    /// Whether the proxy works.
    Page liveness() {
        return page(common(), true);
    }

    private ObjectNode common() {
        boolean healthy = problem.get().isEmpty();
        String now = clock.instant().toString();
        ObjectNode health = Json.MAPPER.createObjectNode();
        health.put("lastUpdated", now);
        health.put("currentTime", now);
        health.put("healthy", healthy);
        ObjectNode family = health.putObject("status").putObject("IPv4");
        family.put("lastUpdated", now);
        family.put("healthy", healthy);
        return health;
    }

    private static Page page(ObjectNode health, boolean eligible) {
        boolean good = eligible && health.path("healthy").asBoolean();
        return new Page(good ? 200 : 503, "application/json", health.toString());
    }

    private static boolean isLeaving(Node node) {
        return node.metadata().deletionTimestamp() != null
                || node.spec().taints().stream().anyMatch(taint -> SCALED_DOWN.equals(taint.key()));
    }
}
