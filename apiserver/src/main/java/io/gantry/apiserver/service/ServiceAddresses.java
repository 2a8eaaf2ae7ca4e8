package io.gantry.apiserver.service;

import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldErrors;
import io.gantry.apiserver.endpoint.Call;
import io.gantry.apiserver.endpoint.WriteHook;
import io.gantry.apiserver.registry.ResourceStorage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Gives Services their cluster IPs and node ports (upstream `registry/core/service/storage/alloc.go`). What is taken
/// is read from the Services themselves at the first write, so that it is right after every restart. Thread-safe: one
/// allocation at a time.
public final class ServiceAddresses implements WriteHook {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceAddresses.class);
    private static final String NONE = "None";

    private final IpRange ips;
    private final PortRange ports;
    private final Supplier<ResourceStorage> services;
    private final Object lock = new Object();
    private boolean loaded;

    /// @param cidr IPv4
    /// @param portRange `first-last`
    /// @throws IllegalArgumentException when they cannot be read
    public ServiceAddresses(String cidr, String portRange, Supplier<ResourceStorage> services) {
        this.ips = IpRange.parse(cidr);
        this.ports = PortRange.parse(portRange);
        this.services = services;
    }

    /// The address of the `kubernetes` Service.
    public String first() {
        return ips.first();
    }

    /// What a Service has.
    private record Held(Set<String> ips, List<Integer> ports) {
        static Held of(JsonNode service) {
            JsonNode spec = service.path("spec");
            Set<String> addresses = new HashSet<>();
            if (!spec.path("type").asString("").equals("ExternalName")) {
                spec.path("clusterIPs").forEach(ip -> addresses.add(ip.asString("")));
                addresses.add(spec.path("clusterIP").asString(""));
            }
            addresses.removeAll(List.of("", NONE));
            Set<Integer> numbers = new HashSet<>();
            spec.path("ports").forEach(port -> numbers.add(port.path("nodePort").asInt(0)));
            numbers.add(spec.path("healthCheckNodePort").asInt(0));
            numbers.remove(0);
            return new Held(addresses, List.copyOf(numbers));
        }
    }

    @Override
    public Completion before(Call call, ObjectNode object, Optional<ObjectNode> old, boolean dryRun) {
        synchronized (lock) {
            load();
            Held before = old.map(Held::of).orElse(new Held(Set.of(), List.of()));
            List<Runnable> undo = new ArrayList<>();
            try {
                old.ifPresent(service -> Carried.over(object, service));
                FieldErrors errors = new FieldErrors();
                clusterIp(object, before, undo, errors);
                nodePorts(object, before, undo, errors);
                if (!errors.isEmpty()) {
                    throw StatusException.invalid(
                            "", "Service", object.path("metadata").path("name").asString(""), errors.all());
                }
            } catch (StatusException e) {
                undo.forEach(Runnable::run);
                throw e;
            }
            Held after = Held.of(object);
            return written -> finish(written, before, after, undo);
        }
    }

    private void finish(boolean written, Held before, Held after, List<Runnable> undo) {
        synchronized (lock) {
            if (!written) {
                undo.forEach(Runnable::run);
                return;
            }
            before.ips().stream().filter(ip -> !after.ips().contains(ip)).forEach(ips::free);
            before.ports().stream()
                    .filter(port -> !after.ports().contains(port))
                    .forEach(ports::free);
        }
    }

    @Override
    public void deleted(ObjectNode object) {
        synchronized (lock) {
            if (loaded) {
                Held held = Held.of(object);
                held.ips().forEach(ips::free);
                held.ports().forEach(ports::free);
            }
        }
    }

    private void load() {
        if (loaded) {
            return;
        }
        ResourceStorage storage = services.get();
        storage.cache().load();
        storage.cache()
                .snapshot()
                .objects()
                .all()
                .forEach(cached ->
                        storage.read(cached.key()).ifPresent(stored -> hold(cached.key(), Held.of(stored.object()))));
        loaded = true;
    }

    private void hold(String key, Held held) {
        for (String ip : held.ips()) {
            if (!ips.contains(ip)) {
                LOG.warn("service {}: cluster IP {} is outside the service range", key, ip);
            } else if (!ips.take(ip)) {
                LOG.warn("service {}: cluster IP {} is used by two services", key, ip);
            }
        }
        held.ports().forEach(ports::take);
    }

    private void clusterIp(ObjectNode service, Held before, List<Runnable> undo, FieldErrors errors) {
        ObjectNode spec = service.withObject("spec");
        if (spec.path("type").asString("").equals("ExternalName")) {
            spec.remove(List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy"));
            return;
        }
        String ip = spec.path("clusterIP").asString("");
        if (ip.isEmpty() && spec.path("clusterIPs").size() > 0) {
            ip = spec.path("clusterIPs").get(0).asString("");
        }
        if (ip.isEmpty()) {
            ip = ips.next(random())
                    .orElseThrow(() -> StatusException.internal("failed to allocate a serviceIP: range is full"));
            String allocated = ip;
            undo.add(() -> ips.free(allocated));
        } else if (!ip.equals(NONE) && !before.ips().contains(ip)) {
            takeIp(ip, undo, errors);
        }
        setIp(spec, ip);
    }

    private void takeIp(String ip, List<Runnable> undo, FieldErrors errors) {
        if (!IpRange.isIpv4(ip)) {
            return;
        }
        if (!ips.contains(ip)) {
            errors.invalid(
                    "spec.clusterIPs",
                    List.of(ip).toString().replace("[", "[\"").replace("]", "\"]"),
                    "failed to allocate IP " + ip + ": the provided IP is not in the valid range.");
        } else if (!ips.take(ip)) {
            errors.invalid(
                    "spec.clusterIPs",
                    List.of(ip).toString().replace("[", "[\"").replace("]", "\"]"),
                    "failed to allocate IP " + ip + ": provided IP is already allocated");
        } else {
            undo.add(() -> ips.free(ip));
        }
    }

    private static void setIp(ObjectNode spec, String ip) {
        spec.put("clusterIP", ip);
        if (spec.path("clusterIPs").isEmpty()) {
            spec.putArray("clusterIPs").add(ip);
        }
        if (spec.path("ipFamilyPolicy").asString("").isEmpty()) {
            spec.put("ipFamilyPolicy", "SingleStack");
        }
        if (spec.path("ipFamilies").isEmpty()) {
            spec.putArray("ipFamilies").add("IPv4");
        }
    }

    private void nodePorts(ObjectNode service, Held before, List<Runnable> undo, FieldErrors errors) {
        ObjectNode spec = service.withObject("spec");
        String type = spec.path("type").asString("ClusterIP");
        boolean balancer = type.equals("LoadBalancer");
        if (!balancer && !type.equals("NodePort")) {
            return;
        }
        boolean allocate =
                !balancer || spec.path("allocateLoadBalancerNodePorts").asBoolean(true);
        Set<Integer> mine = new HashSet<>();
        if (spec.get("ports") instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                int given = list.get(i).path("nodePort").asInt(0);
                if (given != 0) {
                    take(given, "spec.ports[" + i + "].nodePort", before, mine, undo, errors);
                }
            }
            for (JsonNode port : list) {
                if (allocate
                        && port instanceof ObjectNode entry
                        && entry.path("nodePort").asInt(0) == 0) {
                    entry.put("nodePort", sameAcrossProtocols(list, entry).orElseGet(() -> fresh(mine, undo)));
                }
            }
        }
        boolean local = spec.path("externalTrafficPolicy").asString("").equals("Local");
        if (balancer && local) {
            int given = spec.path("healthCheckNodePort").asInt(0);
            if (given == 0) {
                spec.put("healthCheckNodePort", fresh(mine, undo));
            } else {
                take(given, "spec.healthCheckNodePort", before, mine, undo, errors);
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

    private int fresh(Set<Integer> mine, List<Runnable> undo) {
        int port = ports.next(random())
                .orElseThrow(() -> StatusException.internal("failed to allocate a nodePort: range is full"));
        mine.add(port);
        undo.add(() -> ports.free(port));
        return port;
    }

    private void take(int port, String path, Held before, Set<Integer> mine, List<Runnable> undo, FieldErrors errors) {
        if (before.ports().contains(port) || mine.contains(port)) {
            mine.add(port);
            return;
        }
        if (!ports.contains(port)) {
            errors.invalid(
                    path, port, "provided port is not in the valid range. The range of valid ports is " + ports.text());
        } else if (ports.isTaken(port)) {
            errors.invalid(path, port, "provided port is already allocated");
        } else {
            ports.take(port);
            mine.add(port);
            undo.add(() -> ports.free(port));
        }
    }

    private static RandomGenerator random() {
        return ThreadLocalRandom.current();
    }
}
