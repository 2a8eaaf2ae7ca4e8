package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.endpoints.EndpointsKind;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.api.kind.Kind;
import io.gantry.apiserver.endpoint.InternalWrites;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes what every cluster has: the namespaces, and the Service `kubernetes` with its endpoint.
final class Bootstrap {
    private static final List<String> NAMESPACES = List.of("kube-system", "kube-public", "kube-node-lease", "default");
    private static final int SERVICE_PORT = 443;
    private static final Duration KEEP = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    private final InternalWrites objects;
    private final String serviceIp;
    private final Optional<String> address;
    private final int port;

    /// @param address under which other machines reach this server; empty makes no endpoint
    Bootstrap(InternalWrites objects, String serviceIp, Optional<String> address, int port) {
        this.objects = objects;
        this.serviceIp = serviceIp;
        this.address = address;
        this.port = port;
    }

    /// Blocks until everything is there.
    void run() {
        NAMESPACES.forEach(this::namespace);
        service();
        // Endpoints may not hold loopback addresses: a server on loopback has none.
        address.filter(ip -> !ip.startsWith("127.")).ifPresent(ip -> {
            endpoints(ip);
            slice(ip);
        });
    }

    /// Brings the `kubernetes` Service and its endpoint back when somebody deleted them, as upstream does every ten
    /// seconds.
    void keep(ScheduledExecutorService timer) {
        timer.scheduleWithFixedDelay(
                () -> {
                    if (!objects.isCached(ServiceKind.KIND, "default", "kubernetes")) {
                        Thread.ofVirtual().name("kubernetes-service").start(this::again);
                    }
                },
                KEEP.toMillis(),
                KEEP.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void again() {
        try {
            run();
        } catch (RuntimeException e) {
            LOG.warn("cannot make the kubernetes Service: {}", e.getMessage());
        }
    }

    private void namespace(String name) {
        ensure(NamespaceKind.KIND, "", name, object("", name));
    }

    private static ObjectNode object(String namespace, String name) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return object;
    }

    private void service() {
        ObjectNode service = object("default", "kubernetes");
        service.withObject("metadata")
                .putObject("labels")
                .put("component", "apiserver")
                .put("provider", "kubernetes");
        ObjectNode spec = service.putObject("spec");
        spec.put("type", "ClusterIP").put("clusterIP", serviceIp).put("sessionAffinity", "None");
        spec.putArray("clusterIPs").add(serviceIp);
        spec.putArray("ports")
                .addObject()
                .put("name", "https")
                .put("port", SERVICE_PORT)
                .put("protocol", "TCP")
                .put("targetPort", port);
        ensure(ServiceKind.KIND, "default", "kubernetes", service);
    }

    private void endpoints(String ip) {
        ObjectNode endpoints = object("default", "kubernetes");
        endpoints.withObject("metadata").putObject("labels").put("endpointslice.kubernetes.io/skip-mirror", "true");
        ObjectNode subset = endpoints.putArray("subsets").addObject();
        subset.putArray("addresses").addObject().put("ip", ip);
        subset.putArray("ports")
                .addObject()
                .put("name", "https")
                .put("port", port)
                .put("protocol", "TCP");
        replace(EndpointsKind.KIND, "subsets", endpoints);
    }

    private void slice(String ip) {
        ObjectNode slice = object("default", "kubernetes");
        slice.withObject("metadata").putObject("labels").put("kubernetes.io/service-name", "kubernetes");
        slice.put("addressType", "IPv4");
        ObjectNode endpoint = slice.putArray("endpoints").addObject();
        endpoint.putArray("addresses").add(ip);
        endpoint.putObject("conditions").put("ready", true);
        slice.putArray("ports")
                .addObject()
                .put("name", "https")
                .put("port", port)
                .put("protocol", "TCP");
        replace(EndpointSliceKind.KIND, "endpoints", slice);
    }

    private void ensure(Kind<?> kind, String namespace, String name, ObjectNode object) {
        if (objects.read(kind, namespace, name).isPresent()) {
            return;
        }
        try {
            objects.create(kind, object);
        } catch (StatusException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
        }
    }

    private void replace(Kind<?> kind, String field, ObjectNode wanted) {
        Optional<ObjectNode> found = objects.read(kind, "default", "kubernetes");
        if (found.isEmpty()) {
            ensure(kind, "default", "kubernetes", wanted);
        } else if (!found.get().path(field).equals(wanted.path(field))
                || !found.get().path("ports").equals(wanted.path("ports"))) {
            objects.update(kind, wanted);
        }
    }
}
