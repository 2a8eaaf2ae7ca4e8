package io.gantry.apiserver.service;

import io.gantry.api.Json;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.SortedObjects;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Makes the allocations agree with the Services: what Services have is noted, what a server that died between two
/// writes left behind is freed. Run before the first allocation and every few minutes. One thread at a time.
final class AllocationRepair {
    private static final Logger LOG = LoggerFactory.getLogger(AllocationRepair.class);
    /// A write may lie between an address and its Service.
    private static final Duration IN_FLIGHT = Duration.ofSeconds(60);
    /// How often a port must be found unused before it is freed.
    private static final int SIGHTINGS = 3;

    private final ResourceStorage services;
    private final ResourceStorage addresses;
    private final ClusterIps ips;
    private final NodePorts ports;
    private final InstantSource clock;
    private final Map<Integer, Integer> unused = new HashMap<>();
    private SortedObjects seenServices = SortedObjects.EMPTY;
    private SortedObjects seenAddresses = SortedObjects.EMPTY;
    private boolean settled;

    AllocationRepair(
            ResourceStorage services, ResourceStorage addresses, ClusterIps ips, NodePorts ports, InstantSource clock) {
        this.services = services;
        this.addresses = addresses;
        this.ips = ips;
        this.ports = ports;
        this.clock = clock;
    }

    /// Blocks.
    ///
    /// @param first whether ports that nobody uses may be noted anew at once, for nothing was allocated yet
    void run(boolean first) {
        services.cache().load();
        addresses.cache().load();
        SortedObjects nowServices = services.cache().snapshot().objects();
        SortedObjects nowAddresses = addresses.cache().snapshot().objects();
        if (settled && nowServices == seenServices && nowAddresses == seenAddresses) {
            return;
        }
        seenServices = nowServices;
        seenAddresses = nowAddresses;
        Set<Integer> usedPorts = new HashSet<>();
        Map<String, ServiceKey> usedIps = new HashMap<>();
        for (CachedObject cached : nowServices.all()) {
            JsonNode service = Json.MAPPER.readTree(cached.json());
            Held held = Held.of(service);
            usedPorts.addAll(held.ports());
            held.ips().forEach(ip -> usedIps.put(ip, ServiceKey.of(service)));
        }
        usedIps.forEach((ip, service) -> note(nowAddresses, ip, service));
        boolean young = freeAddresses(nowAddresses, usedIps);
        repairPorts(usedPorts, first && !ports.isNoted());
        settled = !young && unused.isEmpty();
    }

    private void note(SortedObjects known, String ip, ServiceKey service) {
        if (known.get(ip) != null) {
            return;
        }
        if (!ips.isServed(ip)) {
            LOG.warn("service {}: cluster IP {} is outside the service ranges", service.key(), ip);
        } else if (ips.take(ip, service) == ClusterIps.Taken.BY_ANOTHER) {
            LOG.warn("service {}: cluster IP {} is used by two services", service.key(), ip);
        }
    }

    /// @return whether some are too young to be judged
    private boolean freeAddresses(SortedObjects known, Map<String, ServiceKey> used) {
        boolean young = false;
        Instant before = clock.instant().minus(IN_FLIGHT);
        for (CachedObject cached : known.all()) {
            if (!used.containsKey(cached.name())
                    && ClusterIps.ALLOCATOR.equals(cached.labels().get(ClusterIps.MANAGED_BY))) {
                JsonNode address = Json.MAPPER.readTree(cached.json());
                String made = address.path("metadata").path("creationTimestamp").asString("");
                if (!made.isEmpty() && Instant.parse(made).isAfter(before)) {
                    young = true;
                } else {
                    ClusterIps.owner(address).ifPresent(service -> ips.release(cached.name(), service));
                }
            }
        }
        return young;
    }

    private void repairPorts(Set<Integer> used, boolean anew) {
        PortRange range = ports.range();
        BitSet wanted = new BitSet(range.size());
        used.stream().filter(range::contains).forEach(port -> wanted.set(port - range.first()));
        if (anew) {
            ports.replace(noted -> wanted);
            return;
        }
        Map<Integer, Integer> before = Map.copyOf(unused);
        ports.replace(noted -> {
            BitSet kept = (BitSet) wanted.clone();
            unused.clear();
            noted.stream().filter(index -> !wanted.get(index)).forEach(index -> {
                int sightings = before.getOrDefault(index, 0) + 1;
                if (sightings < SIGHTINGS) {
                    kept.set(index);
                    unused.put(index, sightings);
                }
            });
            return kept;
        });
    }
}
