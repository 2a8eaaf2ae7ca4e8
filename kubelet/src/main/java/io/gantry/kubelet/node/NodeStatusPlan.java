package io.gantry.kubelet.node;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.ContainerImage;
import io.gantry.api.core.v1.node.DaemonEndpoint;
import io.gantry.api.core.v1.node.NodeAddress;
import io.gantry.api.core.v1.node.NodeDaemonEndpoints;
import io.gantry.api.core.v1.node.NodeFeatures;
import io.gantry.api.core.v1.node.NodeStatus;
import io.gantry.api.core.v1.node.NodeStatusBuilder;
import io.gantry.api.core.v1.node.NodeSystemInfo;
import io.gantry.api.core.v1.node.NodeSystemInfoBuilder;
import io.gantry.api.core.v1.pod.NodeFeatureNeeds;
import io.gantry.api.core.v1.pod.ResourceValidation;
import io.gantry.api.resource.Quantity;
import io.gantry.kubelet.runtime.RuntimeImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// A node's status (upstream `pkg/kubelet/nodestatus/setters.go`). Pure.
public final class NodeStatusPlan {
    static final String VERSION = "v1.36.0";
    private static final int MAX_IMAGES = 50;
    private static final int MAX_IMAGE_NAMES = 5;
    private static final long EVICTION_MEMORY_BYTES = 100L << 20;
    private static final long PERCENT_OF_DISK = 90;

    /// What does not change.
    ///
    /// @param reserved resources that pods may not use, by name
    public record Fixed(
            MachineFacts machine,
            String nodeName,
            List<String> addresses,
            int port,
            int maxPods,
            Map<String, Quantity> reserved) {}

    private final Fixed fixed;

    public NodeStatusPlan(Fixed fixed) {
        this.fixed = fixed;
    }

    /// What the status says is allocatable and is neither this machine's nor a plugin's: somebody else's count.
    Map<String, Quantity> foreign(NodeStatus status, NodeObservation observed) {
        Map<String, Quantity> others = new LinkedHashMap<>(status.allocatable());
        others.keySet().removeAll(allocatable().keySet());
        others.keySet().removeAll(observed.plugins().capacity().keySet());
        others.keySet().removeAll(observed.plugins().removed());
        return others;
    }

    /// The status after what was reported before; resources of others are kept.
    public NodeStatus of(NodeStatus before, NodeObservation observed, Instant now) {
        Map<String, Quantity> capacity = new LinkedHashMap<>(before.capacity());
        capacity.putAll(capacity());
        capacity.putAll(observed.plugins().capacity());
        // Not taken away: that it is none says that a plugin had it (upstream `setters.go`).
        observed.plugins().removed().forEach(name -> capacity.put(name, Quantity.ZERO));
        Map<String, Quantity> allocatable = new LinkedHashMap<>(before.allocatable());
        capacity.forEach((name, amount) -> {
            if (!capacity().containsKey(name)) {
                allocatable.put(name, amount);
            }
        });
        allocatable.putAll(allocatable());
        allocatable.putAll(observed.plugins().allocatable());
        return NodeStatusBuilder.builder(before)
                .capacity(capacity)
                .allocatable(allocatable)
                .addresses(addresses())
                .daemonEndpoints(new NodeDaemonEndpoints(new DaemonEndpoint(fixed.port())))
                .nodeInfo(info(observed))
                .images(images(observed.images()))
                .declaredFeatures(NodeFeatureNeeds.MET)
                .features(
                        observed.health().strictGroups().map(NodeFeatures::new).orElse(before.features()))
                .volumesInUse(observed.volumesInUse())
                .conditions(new NodeConditions(before.conditions(), now).of(observed))
                .build();
    }

    /// The status of a node that was made anew since: it has nothing of vendors until their plugins say so.
    static NodeStatus withoutExtended(NodeStatus before) {
        return NodeStatusBuilder.builder(before)
                .capacity(withoutExtended(before.capacity()))
                .allocatable(withoutExtended(before.allocatable()))
                .build();
    }

    private static Map<String, Quantity> withoutExtended(Map<String, Quantity> amounts) {
        Map<String, Quantity> none = new LinkedHashMap<>(amounts);
        none.replaceAll((name, amount) -> ResourceValidation.isExtendedName(name) ? Quantity.ZERO : amount);
        return none;
    }

    /// What the node writes of its status: all but what is attached, which is the controller's. That
    /// nothing is in use any more is said by name, since a field that is absent is left as it was.
    static ObjectNode written(NodeStatus before, NodeStatus now) {
        ObjectNode body = Json.MAPPER.valueToTree(
                NodeStatusBuilder.builder(now).volumesAttached(List.of()).build());
        if (now.volumesInUse().isEmpty() && !before.volumesInUse().isEmpty()) {
            body.putNull("volumesInUse");
        }
        return body;
    }

    String architecture() {
        return fixed.machine().architecture();
    }

    public Map<String, Quantity> capacity() {
        Map<String, Quantity> capacity = new LinkedHashMap<>();
        capacity.put("cpu", Quantity.of(fixed.machine().cpus()));
        capacity.put("ephemeral-storage", kibi(fixed.machine().diskBytes()));
        capacity.put("hugepages-1Gi", Quantity.ZERO);
        capacity.put("hugepages-2Mi", Quantity.ZERO);
        capacity.put("memory", kibi(fixed.machine().memoryBytes()));
        capacity.put("pods", Quantity.of(fixed.maxPods()));
        return capacity;
    }

    public Map<String, Quantity> allocatable() {
        Map<String, Quantity> allocatable = new LinkedHashMap<>(capacity());
        allocatable.put("ephemeral-storage", Quantity.of(fixed.machine().diskBytes() / 100 * PERCENT_OF_DISK));
        allocatable.put("memory", kibi(fixed.machine().memoryBytes() - EVICTION_MEMORY_BYTES));
        fixed.reserved().forEach((name, amount) -> allocatable.computeIfPresent(name, (k, had) -> had.minus(amount)));
        return allocatable;
    }

    private static Quantity kibi(long bytes) {
        return Quantity.parse((bytes >> 10) + "Ki");
    }

    private List<NodeAddress> addresses() {
        List<NodeAddress> addresses = new ArrayList<>();
        fixed.addresses().forEach(ip -> addresses.add(new NodeAddress("InternalIP", ip)));
        addresses.add(new NodeAddress("Hostname", fixed.nodeName()));
        return addresses;
    }

    private NodeSystemInfo info(NodeObservation observed) {
        MachineFacts machine = fixed.machine();
        return NodeSystemInfoBuilder.builder()
                .machineID(machine.machineId())
                .systemUUID(machine.systemUuid())
                .bootID(machine.bootId())
                .kernelVersion(machine.kernelVersion())
                .osImage(machine.osImage())
                .containerRuntimeVersion(observed.version().url())
                .kubeletVersion(VERSION)
                .kubeProxyVersion("")
                .operatingSystem("linux")
                .architecture(machine.architecture())
                .build();
    }

    private static List<ContainerImage> images(List<RuntimeImage> images) {
        return images.stream()
                .filter(image -> !image.tags().isEmpty() || !image.digests().isEmpty())
                .sorted(Comparator.comparingLong(RuntimeImage::sizeBytes)
                        .reversed()
                        .thenComparing(RuntimeImage::id))
                .limit(MAX_IMAGES)
                .map(image -> {
                    List<String> names = new ArrayList<>(image.digests());
                    names.addAll(image.tags());
                    return new ContainerImage(
                            names.subList(0, Math.min(names.size(), MAX_IMAGE_NAMES)), image.sizeBytes());
                })
                .toList();
    }
}
