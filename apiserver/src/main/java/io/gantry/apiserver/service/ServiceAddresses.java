package io.gantry.apiserver.service;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.networking.v1.ipaddress.IPAddressKind;
import io.gantry.api.networking.v1.servicecidr.ServiceCIDRKind;
import io.gantry.api.validation.References;
import io.gantry.apiserver.endpoint.Call;
import io.gantry.apiserver.endpoint.WriteHook;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.component.VirtualThreads;
import io.gantry.store.Store;
import io.gantry.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Gives Services their cluster IPs and node ports (upstream `registry/core/service/storage/alloc.go`). What is taken
/// is in the store, so that it is right with several API servers and after every restart. Thread-safe; blocks.
public final class ServiceAddresses implements WriteHook {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceAddresses.class);
    private static final Duration REPAIR = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final IpRange range;
    private final ClusterIps ips;
    private final NodePorts ports;
    private final AllocationRepair repair;
    private final Store store;
    private final CacheFeed feed;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean repaired;

    /// @param cidr IPv4
    /// @param portRange `first-last`
    /// @throws IllegalArgumentException when they cannot be read
    public ServiceAddresses(
            String cidr, String portRange, Resources resources, Store store, CacheFeed feed, InstantSource clock) {
        ResourceStorage services = resources.storage(ServiceKind.KIND);
        ResourceStorage addresses = resources.storage(IPAddressKind.KIND);
        this.range = IpRange.parse(cidr);
        ServiceRanges ranges =
                new ServiceRanges(range, resources.storage(ServiceCIDRKind.KIND).cache());
        this.ips = new ClusterIps(ranges, addresses, services, clock);
        this.ports = new NodePorts(store, PortRange.parse(portRange));
        this.repair = new AllocationRepair(services, addresses, ips, ports, clock);
        this.store = store;
        this.feed = feed;
    }

    /// The address of the `kubernetes` Service.
    public String first() {
        return range.first();
    }

    /// One write of one Service, with what undoes its allocations.
    private record Allocation(
            ServiceKey service,
            Held before,
            boolean dryRun,
            Set<Integer> mine,
            List<Runnable> undo,
            FieldErrors errors) {
        void undoAll() {
            undo.forEach(Runnable::run);
        }
    }

    @Override
    public Completion before(Call call, ObjectNode object, Optional<ObjectNode> old, boolean dryRun) {
        ensureRepaired();
        Allocation allocation = new Allocation(
                ServiceKey.of(object),
                old.map(Held::of).orElse(Held.NOTHING),
                dryRun,
                new HashSet<>(),
                new ArrayList<>(),
                new FieldErrors());
        try {
            old.ifPresent(service -> Carried.over(object, service));
            clusterIp(object, allocation);
            nodePorts(object, allocation);
            if (!allocation.errors().isEmpty()) {
                throw StatusException.invalid(
                        "",
                        "Service",
                        allocation.service().name(),
                        allocation.errors().all());
            }
        } catch (StatusException | StoreException e) {
            allocation.undoAll();
            throw e;
        }
        Held after = Held.of(object);
        return written -> finish(written, allocation, after);
    }

    private void finish(boolean written, Allocation allocation, Held after) {
        if (!written) {
            allocation.undoAll();
            return;
        }
        free(
                allocation.service(),
                new Held(
                        minus(allocation.before().ips(), after.ips()),
                        minus(allocation.before().ports(), after.ports())));
    }

    private static <T> Set<T> minus(Set<T> all, Set<T> without) {
        Set<T> rest = new HashSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    @Override
    public void deleted(ObjectNode object) {
        free(ServiceKey.of(object), Held.of(object));
    }

    /// What cannot be freed now is found by the repair.
    private void free(ServiceKey service, Held held) {
        try {
            held.ips().forEach(ip -> ips.release(ip, service));
            ports.free(held.ports());
        } catch (StatusException | StoreException e) {
            LOG.warn("service {}: its addresses are freed later: {}", service.key(), e.getMessage());
        }
    }

    private void ensureRepaired() {
        if (repaired) {
            return;
        }
        lock.lock();
        try {
            if (!repaired) {
                repair.run(true);
                repaired = true;
                feed.timer()
                        .scheduleWithFixedDelay(
                                () -> VirtualThreads.background()
                                        .name("service-repair")
                                        .start(this::repairAgain),
                                REPAIR.toMillis(),
                                REPAIR.toMillis(),
                                TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private void repairAgain() {
        lock.lock();
        try {
            repair.run(false);
        } catch (StatusException | StoreException e) {
            LOG.warn("cannot look after the services' addresses now: {}", e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private void clusterIp(ObjectNode service, Allocation allocation) {
        ObjectNode spec = service.withObject("spec");
        if (spec.path("type").asString("").equals("ExternalName")) {
            return;
        }
        ServiceFamilies.check(spec, allocation.errors());
        if (!allocation.errors().isEmpty()) {
            return;
        }
        String ip = spec.path("clusterIP").asString("");
        if (ip.isEmpty() && spec.path("clusterIPs").size() > 0) {
            ip = spec.path("clusterIPs").get(0).asString("");
        }
        if (ip.isEmpty()) {
            ip = anyIp(allocation);
        } else if (!ip.equals(Held.NONE) && !allocation.before().ips().contains(ip) && References.isIpv4(ip)) {
            takeIp(ip, allocation);
        }
        setIp(spec, ip);
    }

    private String anyIp(Allocation allocation) {
        Optional<String> found = allocation.dryRun() ? ips.peekNext() : ips.takeNext(allocation.service());
        String ip = found.orElseThrow(() -> StatusException.internal("failed to allocate a serviceIP: range is full"));
        if (!allocation.dryRun()) {
            allocation.undo().add(() -> ips.release(ip, allocation.service()));
        }
        return ip;
    }

    private void takeIp(String ip, Allocation allocation) {
        if (!isServed(ip)) {
            refuse(ip, "the provided network does not match the current range", allocation);
            return;
        }
        if (allocation.dryRun()) {
            if (ips.isTaken(ip)) {
                refuse(ip, "provided IP is already allocated", allocation);
            }
            return;
        }
        switch (ips.take(ip, allocation.service())) {
            case NEWLY -> allocation.undo().add(() -> ips.release(ip, allocation.service()));
            case BEFORE ->
                LOG.debug("service {} has {} already", allocation.service().key(), ip);
            case BY_ANOTHER -> refuse(ip, "provided IP is already allocated", allocation);
        }
    }

    private static void refuse(String ip, String why, Allocation allocation) {
        allocation.errors().invalid("spec.clusterIPs", List.of(ip), "failed to allocate IP " + ip + ": " + why);
    }

    /// A ServiceCIDR that was made a moment ago counts.
    private boolean isServed(String ip) {
        if (ips.isServed(ip)) {
            return true;
        }
        try {
            return feed.await(store.currentRevision(), PATIENCE) && ips.isServed(ip);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void setIp(ObjectNode spec, String ip) {
        spec.put("clusterIP", ip);
        if (spec.path("clusterIPs").isEmpty()) {
            spec.putArray("clusterIPs").add(ip);
        }
        ServiceFamilies.fill(spec);
    }

    private void nodePorts(ObjectNode service, Allocation allocation) {
        ObjectNode spec = service.withObject("spec");
        String type = spec.path("type").asString("ClusterIP");
        boolean balancer = type.equals("LoadBalancer");
        if (!balancer && !type.equals("NodePort")) {
            return;
        }
        boolean allocate =
                !balancer || spec.path("allocateLoadBalancerNodePorts").asBoolean(true);
        if (spec.get("ports") instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                int given = list.get(i).path("nodePort").asInt(0);
                if (given != 0) {
                    take(given, "spec.ports[" + i + "].nodePort", allocation);
                }
            }
            for (JsonNode port : list) {
                if (allocate
                        && port instanceof ObjectNode entry
                        && entry.path("nodePort").asInt(0) == 0) {
                    entry.put("nodePort", sameAcrossProtocols(list, entry).orElseGet(() -> fresh(allocation)));
                }
            }
        }
        boolean local = spec.path("externalTrafficPolicy").asString("").equals("Local");
        if (balancer && local) {
            int given = spec.path("healthCheckNodePort").asInt(0);
            if (given == 0) {
                spec.put("healthCheckNodePort", fresh(allocation));
            } else {
                take(given, "spec.healthCheckNodePort", allocation);
            }
        }
    }

    /// Ports that differ in the protocol only share a node port.
    private static Optional<Integer> sameAcrossProtocols(ArrayNode list, JsonNode entry) {
        for (JsonNode other : list) {
            if (other.path("port").equals(entry.path("port"))
                    && !other.path("protocol").equals(entry.path("protocol"))
                    && other.path("nodePort").asInt(0) != 0) {
                return Optional.of(other.path("nodePort").asInt());
            }
        }
        return Optional.empty();
    }

    private int fresh(Allocation allocation) {
        Optional<Integer> found = allocation.dryRun() ? ports.peekNext() : ports.takeNext();
        int port = found.orElseThrow(() -> StatusException.internal("failed to allocate a nodePort: range is full"));
        allocation.mine().add(port);
        if (!allocation.dryRun()) {
            allocation.undo().add(() -> ports.free(List.of(port)));
        }
        return port;
    }

    private void take(int port, String path, Allocation allocation) {
        if (allocation.before().ports().contains(port) || allocation.mine().contains(port)) {
            allocation.mine().add(port);
            return;
        }
        PortRange all = ports.range();
        if (!all.contains(port)) {
            allocation
                    .errors()
                    .invalid(
                            path,
                            port,
                            "provided port is not in the valid range. The range of valid ports is " + all.text());
        } else if (allocation.dryRun() ? ports.isTaken(port) : !ports.take(port)) {
            allocation.errors().invalid(path, port, "provided port is already allocated");
        } else {
            allocation.mine().add(port);
            if (!allocation.dryRun()) {
                allocation.undo().add(() -> ports.free(List.of(port)));
            }
        }
    }
}
