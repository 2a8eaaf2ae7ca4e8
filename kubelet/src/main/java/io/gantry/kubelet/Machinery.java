package io.gantry.kubelet;

import io.gantry.kubelet.cgroup.CgroupTree;
import io.gantry.kubelet.cgroup.PodCgroups;
import io.gantry.kubelet.cri.CriRuntime;
import io.gantry.kubelet.image.PullRecords;
import io.gantry.kubelet.network.BridgeNeighbours;
import io.gantry.kubelet.node.CniConfig;
import io.gantry.kubelet.pod.Neighbours;
import io.gantry.kubelet.pod.PodAllocations;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.simulated.SimulatedRuntime;
import io.gantry.kubelet.spec.ContainerMounts;
import io.gantry.kubelet.spec.MountSource;
import io.gantry.kubelet.volume.AllocationFiles;
import io.gantry.kubelet.volume.Mounts;
import io.gantry.kubelet.volume.PodDirectories;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What pods run on: a container runtime and what the machine under it has, or a clock and nothing else.
///
/// @param runtime closed by whoever closes the kubelet
/// @param pulls which images were pulled with which credentials
/// @param mounts what containers find beside their volumes
/// @param allocations where it is kept what was let in
record Machinery(
        ContainerRuntime runtime,
        PullRecords pulls,
        MountSource mounts,
        PodCgroups cgroups,
        PodAllocations.Memory allocations,
        Neighbours neighbours) {
    private static final Logger LOG = LoggerFactory.getLogger(Machinery.class);

    static Machinery of(KubeletConfig config, Clock clock) throws IOException {
        return config.simulated() ? simulated(config, clock) : real(config, clock);
    }

    private static Machinery simulated(KubeletConfig config, Clock clock) {
        ContainerRuntime runtime = new SimulatedRuntime(clock);
        return new Machinery(
                runtime,
                PullRecords.none(config.imagePolicy(), runtime, clock),
                (start, env) -> List.of(),
                PodCgroups.none(),
                PodAllocations.Memory.none(),
                Neighbours.none());
    }

    private static Machinery real(KubeletConfig config, Clock clock) throws IOException {
        shareRoot(config.rootDir());
        PodDirectories directories = new PodDirectories(config.rootDir().toAbsolutePath());
        ContainerRuntime runtime = new CriRuntime(config.runtimeEndpoint());
        return new Machinery(
                runtime,
                PullRecords.under(config.rootDir(), config.imagePolicy(), runtime, clock),
                new ContainerMounts(directories, config.clusterDomain(), RandomGenerator.getDefault()),
                new CgroupTree(Path.of("/sys/fs/cgroup"), config.cgroupRoot()),
                new AllocationFiles(directories),
                new BridgeNeighbours(CniConfig.BRIDGE));
    }

    private static void shareRoot(Path root) {
        try {
            if (new Mounts().share(root)) {
                LOG.info("{} is a shared mount of itself, for its file system is mounted privately", root);
            }
        } catch (IOException failure) {
            LOG.warn("containers that mount volumes for the host (Bidirectional) will not start", failure);
        }
    }
}
