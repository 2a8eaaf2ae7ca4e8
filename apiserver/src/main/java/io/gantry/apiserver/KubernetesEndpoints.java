package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.endpoints.EndpointsKind;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.api.kind.Kind;
import io.gantry.apiserver.endpoint.InternalWrites;
import io.gantry.store.Store;
import io.gantry.store.StoreException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Keeps the endpoints of the Service `kubernetes`: this server, and on a shared store every server that lives. Blocks.
final class KubernetesEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesEndpoints.class);

    private final InternalWrites objects;
    private final ServerLeases.Server self;
    private final Optional<ServerLeases> leases;
    private boolean left;

    KubernetesEndpoints(InternalWrites objects, Store store, String ip, int port) {
        this.objects = objects;
        this.self = new ServerLeases.Server(ip, port);
        this.leases = store.shared() ? Optional.of(new ServerLeases(store, self)) : Optional.empty();
    }

    /// Whether other servers may be there.
    boolean shared() {
        return leases.isPresent();
    }

    /// Renews this server's lease and brings the endpoints in line with who lives.
    synchronized void reconcile() {
        if (left) {
            return;
        }
        leases.ifPresent(ServerLeases::renew);
        write(leases.map(ServerLeases::live).filter(live -> !live.isEmpty()).orElse(List.of(self)));
    }

    /// Takes this server out, where others go on.
    synchronized void leave() {
        left = true;
        try {
            if (leases.isPresent()) {
                leases.get().end();
                List<ServerLeases.Server> rest = leases.get().live();
                if (!rest.isEmpty()) {
                    write(rest);
                }
            }
        } catch (StatusException | StoreException e) {
            LOG.warn("cannot take this server out of the endpoints, its lease will end: {}", e.getMessage());
        }
    }

    /// All servers are taken to listen on one port, as upstream has it.
    private void write(List<ServerLeases.Server> servers) {
        int port = servers.getFirst().port();
        ObjectNode endpoints = object("endpointslice.kubernetes.io/skip-mirror", "true");
        ObjectNode subset = endpoints.putArray("subsets").addObject();
        ArrayNode addresses = subset.putArray("addresses");
        ObjectNode slice = object("kubernetes.io/service-name", "kubernetes");
        slice.put("addressType", "IPv4");
        ArrayNode entries = slice.putArray("endpoints");
        for (ServerLeases.Server server : servers) {
            addresses.addObject().put("ip", server.ip());
            ObjectNode entry = entries.addObject();
            entry.putArray("addresses").add(server.ip());
            entry.putObject("conditions").put("ready", true);
        }
        port(subset.putArray("ports"), port);
        port(slice.putArray("ports"), port);
        replace(EndpointsKind.KIND, "subsets", endpoints);
        replace(EndpointSliceKind.KIND, "endpoints", slice);
    }

    private static void port(ArrayNode ports, int port) {
        ports.addObject().put("name", "https").put("port", port).put("protocol", "TCP");
    }

    private static ObjectNode object(String label, String value) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        object.putObject("metadata")
                .put("name", "kubernetes")
                .put("namespace", "default")
                .putObject("labels")
                .put(label, value);
        return object;
    }

    private void replace(Kind<?> kind, String field, ObjectNode wanted) {
        Optional<ObjectNode> found = objects.read(kind, "default", "kubernetes");
        try {
            if (found.isEmpty()) {
                objects.create(kind, wanted);
            } else if (!found.get().path(field).equals(wanted.path(field))
                    || !found.get().path("ports").equals(wanted.path("ports"))) {
                objects.update(kind, wanted);
            }
        } catch (StatusException e) {
            // Another server writes the same.
            if (!e.isAlreadyExists() && !e.isConflict()) {
                throw e;
            }
        }
    }
}
