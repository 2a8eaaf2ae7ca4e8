package io.gantry.kubelet.pod;

import io.gantry.kubelet.cgroup.PodCgroups;
import io.gantry.kubelet.cluster.Cluster;
import io.gantry.kubelet.cluster.PodEvents;
import io.gantry.kubelet.image.ImagePuller;
import io.gantry.kubelet.probe.Probers;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.spec.ContainerSpecs;
import io.gantry.kubelet.spec.PodFacts;
import io.gantry.kubelet.spec.SandboxSpecs;
import java.time.Clock;
import java.util.List;

/// What pod loops share. Every part is thread-safe.
public record PodContext(
        ContainerRuntime runtime,
        Cluster cluster,
        PodEvents events,
        PodFiles files,
        ImagePuller images,
        Probers probers,
        SandboxSpecs sandboxSpecs,
        ContainerSpecs containerSpecs,
        PodCgroups cgroups,
        PodAllocations allocations,
        PodDevices devices,
        NodeFacts node,
        AllowedSysctls sysctls,
        Hooks hooks,
        Neighbours neighbours,
        Clock clock) {

    /// What the specs of a pod's containers and volumes say of it and its node.
    PodFacts facts(List<String> podIps) {
        return new PodFacts(podIps, node.addresses(), node.allocatable());
    }
}
