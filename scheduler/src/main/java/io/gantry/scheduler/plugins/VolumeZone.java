package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.PodVolumes;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A bound volume that carries zone or region labels is used on nodes with the same labels only. Nodes
/// without any such label take part in no zone.
final class VolumeZone implements FilterPlugin {
    private static final Verdict CONFLICT = Verdict.unresolvable("node(s) had no available volume zone");
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String REGION = "topology.kubernetes.io/region";
    private static final Map<String, String> OLD_NAMES =
            Map.of("failure-domain.beta.kubernetes.io/zone", ZONE, "failure-domain.beta.kubernetes.io/region", REGION);
    private static final List<String> LABELS =
            List.of("failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region", ZONE, REGION);

    private final ClusterView cluster;

    VolumeZone(ClusterView cluster) {
        this.cluster = cluster;
    }

    @Override
    public String name() {
        return "VolumeZone";
    }

    /// A label that the node must have with one of the values.
    private record Topology(String key, Set<String> values) {
        boolean holdsOn(NodeInfo node) {
            String value = node.labels().get(key);
            if (value == null) {
                value = node.labels().get(OLD_NAMES.getOrDefault(key, key));
            }
            return value != null && values.contains(value);
        }
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        List<Topology> topologies = new ArrayList<>();
        for (String name : PodVolumes.claimNames(pod)) {
            Optional<PersistentVolumeClaim> claim = cluster.claim(pod.namespace(), name);
            String volume = claim.map(found -> found.spec().volumeName()).orElse("");
            cluster.volume(volume).ifPresent(found -> addTopologies(found, topologies));
        }
        return topologies.isEmpty() ? Preparation.SKIP : Preparation.each(node -> check(topologies, node));
    }

    /// A label may name several zones: `a__b`.
    private static void addTopologies(PersistentVolume volume, List<Topology> topologies) {
        for (String key : LABELS) {
            String value = volume.metadata().labels().get(key);
            if (value != null) {
                topologies.add(new Topology(key, new HashSet<>(List.of(value.split("__")))));
            }
        }
    }

    private static Verdict check(List<Topology> topologies, NodeInfo node) {
        if (LABELS.stream().noneMatch(node.labels()::containsKey)) {
            return Verdict.FITS;
        }
        return topologies.stream().allMatch(topology -> topology.holdsOn(node)) ? Verdict.FITS : CONFLICT;
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        return switch (event) {
            case ClusterEvent.NodeAdded _ -> true;
            case ClusterEvent.NodeChanged changed -> changed.relabelled();
            case ClusterEvent.ClaimChanged claim -> PodVolumes.uses(pod, claim.after());
            case ClusterEvent.VolumeChanged changed ->
                changed.before()
                        .filter(before -> topologies(before).equals(topologies(changed.after())))
                        .isEmpty();
            case ClusterEvent.ClassChanged changed ->
                changed.before().isEmpty()
                        && "WaitForFirstConsumer".equals(changed.after().volumeBindingMode());
            case ClusterEvent.CsiNodeChanged _,
                    ClusterEvent.VolumeRoomEvent _,
                    ClusterEvent.PodGone _,
                    ClusterEvent.PodPlaced _,
                    ClusterEvent.PodItself _,
                    ClusterEvent.NodeGone _,
                    ClusterEvent.DeviceEvent _,
                    ClusterEvent.NamespaceChanged _ -> false;
        };
    }

    private static List<Topology> topologies(PersistentVolume volume) {
        List<Topology> topologies = new ArrayList<>();
        addTopologies(volume, topologies);
        return topologies;
    }
}
