package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.kind.Kind;
import io.gantry.api.networking.v1.servicecidr.ServiceCIDRKind;
import io.gantry.apiserver.endpoint.InternalWrites;
import io.gantry.component.VirtualThreads;
import io.gantry.store.Store;
import io.gantry.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes what every cluster has: the namespaces, the range of services, and the Service `kubernetes` with its
/// endpoints.
final class Bootstrap {
    private static final List<String> NAMESPACES = List.of("kube-system", "kube-public", "kube-node-lease", "default");
    private static final int SERVICE_PORT = 443;
    private static final Duration KEEP = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    private final InternalWrites objects;
    private final String serviceIp;
    private final String serviceCidr;
    private final int port;
    private final Optional<KubernetesEndpoints> endpoints;

    /// @param address under which other machines reach this server; empty makes no endpoint
    Bootstrap(
            InternalWrites objects,
            Store store,
            String serviceIp,
            String serviceCidr,
            Optional<String> address,
            int port) {
        this.objects = objects;
        this.serviceIp = serviceIp;
        this.serviceCidr = serviceCidr;
        this.port = port;
        // Endpoints may not hold loopback addresses: a server on loopback has none.
        this.endpoints = address.filter(ip -> !ip.startsWith("127."))
                .map(ip -> new KubernetesEndpoints(objects, store, ip, port));
    }

    /// Blocks until everything is there.
    void run() {
        NAMESPACES.forEach(this::namespace);
        serviceRange();
        service();
        endpoints.ifPresent(KubernetesEndpoints::reconcile);
    }

    /// Takes this server out of the endpoints of `kubernetes`, where other servers go on. Blocks.
    void leave() {
        endpoints.ifPresent(KubernetesEndpoints::leave);
    }

    /// Brings the `kubernetes` Service and its endpoint back when somebody deleted them, as upstream does every ten
    /// seconds.
    void keep(ScheduledExecutorService timer) {
        timer.scheduleWithFixedDelay(
                () -> {
                    if (!objects.isCached(ServiceKind.KIND, "default", "kubernetes")) {
                        again(this::run);
                    } else if (endpoints.map(KubernetesEndpoints::shared).orElse(false)) {
                        again(() -> endpoints.ifPresent(KubernetesEndpoints::reconcile));
                    }
                },
                KEEP.toMillis(),
                KEEP.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static void again(Runnable step) {
        VirtualThreads.background().name("kubernetes-service").start(() -> {
            try {
                step.run();
            } catch (StatusException | StoreException e) {
                LOG.warn("cannot make the kubernetes Service: {}", e.getMessage());
            }
        });
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

    /// The ServiceCIDR of the server's own range; another server, or an administrator, may have made it before.
    private void serviceRange() {
        if (objects.read(ServiceCIDRKind.KIND, "", "kubernetes").isPresent()) {
            return;
        }
        ObjectNode range = object("", "kubernetes");
        range.putObject("spec").putArray("cidrs").add(serviceCidr);
        try {
            ObjectNode made = objects.create(ServiceCIDRKind.KIND, range);
            made.putObject("status")
                    .putArray("conditions")
                    .addObject()
                    .put("type", "Ready")
                    .put("status", "True")
                    .put("reason", "")
                    .put("message", "Kubernetes default Service CIDR is ready")
                    .put(
                            "lastTransitionTime",
                            made.path("metadata").path("creationTimestamp").asString());
            objects.updateStatus(ServiceCIDRKind.KIND, made);
        } catch (StatusException e) {
            if (!e.isAlreadyExists() && !e.isConflict()) {
                throw e;
            }
        }
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
}
