package io.gantry.kubelet.simulated;

import io.gantry.api.StatusException;
import io.gantry.api.coordination.v1.lease.Lease;
import io.gantry.api.coordination.v1.lease.LeaseBuilder;
import io.gantry.api.coordination.v1.lease.LeaseSpecBuilder;
import io.gantry.api.core.v1.node.DaemonEndpoint;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeAddress;
import io.gantry.api.core.v1.node.NodeBuilder;
import io.gantry.api.core.v1.node.NodeCondition;
import io.gantry.api.core.v1.node.NodeConditionBuilder;
import io.gantry.api.core.v1.node.NodeDaemonEndpoints;
import io.gantry.api.core.v1.node.NodeSpecBuilder;
import io.gantry.api.core.v1.node.NodeStatus;
import io.gantry.api.core.v1.node.NodeStatusBuilder;
import io.gantry.api.core.v1.node.NodeSystemInfoBuilder;
import io.gantry.api.core.v1.pod.NodeFeatureNeeds;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.meta.v1.OwnerReferenceBuilder;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.kubelet.volume.NodeVolumes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one simulated node tells the API server: itself, its lease, its status. Blocks; used by one
/// thread at a time.
final class NodeHeartbeat {
    private static final String LEASES = "kube-node-lease";
    private static final int LEASE_SECONDS = 40;
    private static final String VERSION = "v1.36.0";
    private static final List<String[]> CONDITIONS = List.of(
            new String[] {
                "MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"
            },
            new String[] {"DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"},
            new String[] {"PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"},
            new String[] {"Ready", "True", "KubeletReady", "kubelet is posting ready status"});

    private final SimulatedNode spec;
    private final NodeSlot slot;
    private final int port;
    private final Resource<Node> nodes;
    private final Resource<Lease> leases;
    private final Clock clock;
    private Optional<Lease> latest = Optional.empty();
    private String uid = "";

    NodeHeartbeat(
            SimulatedNode spec, NodeSlot slot, int port, Resource<Node> nodes, Resource<Lease> leases, Clock clock) {
        this.spec = spec;
        this.slot = slot;
        this.port = port;
        this.nodes = nodes;
        this.leases = leases;
        this.clock = clock;
    }

    /// Creates the Node, or tells the status of the one that is there.
    void register() {
        try {
            uid = Optional.ofNullable(nodes.create(node()).metadata().uid()).orElse("");
        } catch (StatusException failure) {
            if (failure.code() != 409) {
                throw failure;
            }
            Node found = nodes.get("", spec.name());
            uid = Optional.ofNullable(found.metadata().uid()).orElse("");
            nodes.patch(
                    "", spec.name(), Patch.strategic(Map.of("status", status())).subresource("status"));
        }
    }

    /// Tells that every condition still holds.
    void tellStatus() {
        tellStatus(false);
    }

    /// Tells that every condition holds again, after somebody said that nothing was known of the node.
    void tellReturn() {
        tellStatus(true);
    }

    private void tellStatus(boolean isChange) {
        List<Map<String, String>> conditions = new ArrayList<>();
        for (String[] c : CONDITIONS) {
            Map<String, String> condition = new LinkedHashMap<>();
            condition.put("type", c[0]);
            condition.put("status", c[1]);
            condition.put("reason", c[2]);
            condition.put("message", c[3]);
            condition.put("lastHeartbeatTime", now().toString());
            if (isChange) {
                condition.put("lastTransitionTime", now().toString());
            }
            conditions.add(condition);
        }
        nodes.patch(
                "",
                spec.name(),
                Patch.strategic(Map.of("status", Map.of("conditions", conditions)))
                        .subresource("status"));
    }

    /// Answers what the node is asked about its volumes.
    ///
    /// @param node as it was seen last
    void tellVolumes(Node node) {
        Map<String, String> answers = SimulatedVolumes.answers(node);
        if (!answers.isEmpty()) {
            nodes.patch("", spec.name(), Patch.merge(Map.of("metadata", Map.of("annotations", answers))));
        }
    }

    /// Renews the lease.
    void renew() {
        try {
            latest = Optional.of(latest.isPresent() ? leases.update(renewed(latest.get())) : findOrCreate());
        } catch (StatusException failure) {
            latest = Optional.empty();
            throw failure;
        }
    }

    private Lease findOrCreate() {
        try {
            return leases.create(renewed(LeaseBuilder.builder()
                    .metadata(ObjectMetaBuilder.builder()
                            .name(spec.name())
                            .namespace(LEASES)
                            .ownerReferences(List.of(OwnerReferenceBuilder.builder()
                                    .apiVersion("v1")
                                    .kind("Node")
                                    .name(spec.name())
                                    .uid(uid)
                                    .build()))
                            .build())
                    .spec(LeaseSpecBuilder.builder().build())
                    .build()));
        } catch (StatusException failure) {
            if (failure.code() != 409) {
                throw failure;
            }
            return leases.update(renewed(leases.get(LEASES, spec.name())));
        }
    }

    private Lease renewed(Lease lease) {
        return LeaseBuilder.builder(lease)
                .spec(LeaseSpecBuilder.builder(lease.spec())
                        .holderIdentity(spec.name())
                        .leaseDurationSeconds(LEASE_SECONDS)
                        .renewTime(clock.instant().truncatedTo(ChronoUnit.MICROS))
                        .build())
                .build();
    }

    private Node node() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("kubernetes.io/hostname", spec.name());
        labels.put("kubernetes.io/os", "linux");
        labels.put("kubernetes.io/arch", "amd64");
        labels.put("beta.kubernetes.io/os", "linux");
        labels.put("beta.kubernetes.io/arch", "amd64");
        labels.put("type", "simulated");
        labels.putAll(spec.labels());
        return NodeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(spec.name())
                        .labels(labels)
                        .annotations(Map.of(
                                "simulated.gantry.io/node", "true", NodeVolumes.DIRECTORY, SimulatedVolumes.DIRECTORY))
                        .build())
                .spec(NodeSpecBuilder.builder()
                        .podCIDR(slot.podCidr())
                        .podCIDRs(List.of(slot.podCidr()))
                        .taints(spec.taints())
                        .build())
                .status(status())
                .build();
    }

    private NodeStatus status() {
        List<NodeCondition> conditions = new ArrayList<>();
        for (String[] c : CONDITIONS) {
            conditions.add(NodeConditionBuilder.builder()
                    .type(c[0])
                    .status(c[1])
                    .reason(c[2])
                    .message(c[3])
                    .lastHeartbeatTime(now())
                    .lastTransitionTime(now())
                    .build());
        }
        return NodeStatusBuilder.builder()
                .capacity(spec.capacity())
                .allocatable(spec.capacity())
                .conditions(conditions)
                .addresses(List.of(
                        new NodeAddress("InternalIP", slot.address()), new NodeAddress("Hostname", spec.name())))
                .daemonEndpoints(new NodeDaemonEndpoints(new DaemonEndpoint(port)))
                .declaredFeatures(NodeFeatureNeeds.MET)
                .nodeInfo(NodeSystemInfoBuilder.builder()
                        .machineID("simulated")
                        .systemUUID("simulated")
                        .bootID("simulated")
                        .kernelVersion("simulated")
                        .osImage("simulated")
                        .containerRuntimeVersion("simulated://1")
                        .kubeletVersion(VERSION)
                        .kubeProxyVersion("")
                        .operatingSystem("linux")
                        .architecture("amd64")
                        .build())
                .build();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
