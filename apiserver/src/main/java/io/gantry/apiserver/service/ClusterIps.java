package io.gantry.apiserver.service;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.schema.GoTimes;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.registry.Stored;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Gives each cluster IP once, however many API servers there are: whose it is says an IPAddress object, which only one
/// can create (KEP-1880). Thread-safe; blocks.
final class ClusterIps {
    static final String MANAGED_BY = "ipaddress.kubernetes.io/managed-by";
    static final String ALLOCATOR = "ipallocator.k8s.io";
    private static final String FAMILY = "ipaddress.kubernetes.io/ip-family";
    private static final int ATTEMPTS = 50;

    private final ServiceRanges ranges;
    private final ResourceStorage addresses;
    private final ResourceStorage services;
    private final InstantSource clock;

    ClusterIps(ServiceRanges ranges, ResourceStorage addresses, ResourceStorage services, InstantSource clock) {
        this.ranges = ranges;
        this.addresses = addresses;
        this.services = services;
        this.clock = clock;
    }

    /// What came of taking an address.
    enum Taken {
        /// It is the Service's now.
        NEWLY,
        /// It was the Service's already: an attempt to create it was cut short, or another is under way.
        BEFORE,
        /// It is another's.
        BY_ANOTHER
    }

    boolean isServed(String ip) {
        return ranges.contains(ip);
    }

    Taken take(String ip, ServiceKey service) {
        try {
            addresses.create(ip, object(ip, service), 0);
            return Taken.NEWLY;
        } catch (StatusException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
            return owner(ip).filter(service::equals).isPresent() ? Taken.BEFORE : Taken.BY_ANOTHER;
        }
    }

    /// Takes any free address; empty when every range is full.
    Optional<String> takeNext(ServiceKey service) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<String> ip = peekNext();
            if (ip.isEmpty() || take(ip.get(), service) == Taken.NEWLY) {
                return ip;
            }
        }
        return Optional.empty();
    }

    /// A free address that is not taken, for dry runs.
    Optional<String> peekNext() {
        addresses.cache().load();
        return ranges.all().stream()
                .flatMap(range ->
                        range.find(ip -> addresses.cache().get(ip) == null, ThreadLocalRandom.current()).stream())
                .findFirst();
    }

    boolean isTaken(String ip) {
        return addresses.read(ip).isPresent();
    }

    /// Gives an address back, unless the Service has it (again).
    void release(String ip, ServiceKey service) {
        Optional<Stored> address = addresses.read(ip);
        if (address.isEmpty() || !owner(address.get().object()).equals(Optional.of(service))) {
            return;
        }
        boolean held = services.read(service.key())
                .map(stored -> Held.of(stored.object()).ips().contains(ip))
                .orElse(false);
        if (!held) {
            // Somebody who writes it at the same time keeps it.
            addresses.delete(address.get());
        }
    }

    private Optional<ServiceKey> owner(String ip) {
        return addresses.read(ip).flatMap(stored -> owner(stored.object()));
    }

    /// The Service of an IPAddress; empty when it is something else's.
    static Optional<ServiceKey> owner(JsonNode address) {
        JsonNode parent = address.path("spec").path("parentRef");
        return parent.path("resource").asString("").equals("services")
                ? Optional.of(new ServiceKey(
                        parent.path("namespace").asString(""),
                        parent.path("name").asString("")))
                : Optional.empty();
    }

    private ObjectNode object(String ip, ServiceKey service) {
        ObjectNode address = Json.MAPPER.createObjectNode();
        ObjectNode metadata = address.putObject("metadata");
        metadata.put("name", ip)
                .put("uid", UUID.randomUUID().toString())
                .put("creationTimestamp", GoTimes.seconds(clock.instant()));
        metadata.putObject("labels").put(FAMILY, "IPv4").put(MANAGED_BY, ALLOCATOR);
        address.putObject("spec")
                .putObject("parentRef")
                .put("resource", "services")
                .put("namespace", service.namespace())
                .put("name", service.name());
        return address;
    }
}
