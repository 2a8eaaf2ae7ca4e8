package io.gantry.kubelet.cri;

import io.gantry.kubelet.cri.v1.Container;
import io.gantry.kubelet.cri.v1.ContainerState;
import io.gantry.kubelet.cri.v1.ContainerStats;
import io.gantry.kubelet.cri.v1.ContainerStatus;
import io.gantry.kubelet.cri.v1.Image;
import io.gantry.kubelet.cri.v1.Mount;
import io.gantry.kubelet.cri.v1.MountPropagation;
import io.gantry.kubelet.cri.v1.NamespaceMode;
import io.gantry.kubelet.cri.v1.PodSandbox;
import io.gantry.kubelet.cri.v1.PodSandboxMetadata;
import io.gantry.kubelet.cri.v1.PodSandboxState;
import io.gantry.kubelet.cri.v1.PodSandboxStatus;
import io.gantry.kubelet.runtime.ContainerUsage;
import io.gantry.kubelet.runtime.MountSpec;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeImage;
import io.gantry.kubelet.runtime.RuntimeLabels;
import io.gantry.kubelet.runtime.Sandbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// CRI messages as the port's records.
final class CriViews {
    private static final long NANOS = 1_000_000_000L;

    private CriViews() {}

    static Sandbox sandbox(PodSandbox sandbox) {
        return new Sandbox(
                sandbox.getId(),
                pod(sandbox.getMetadata()),
                sandbox.getMetadata().getAttempt(),
                sandbox.getState() == PodSandboxState.SANDBOX_READY,
                time(sandbox.getCreatedAt()),
                List.of(),
                false,
                sandbox.getLabelsMap(),
                sandbox.getAnnotationsMap());
    }

    static Sandbox sandbox(PodSandboxStatus status) {
        List<String> ips = new ArrayList<>();
        if (!status.getNetwork().getIp().isEmpty()) {
            ips.add(status.getNetwork().getIp());
            status.getNetwork().getAdditionalIpsList().forEach(ip -> ips.add(ip.getIp()));
        }
        return new Sandbox(
                status.getId(),
                pod(status.getMetadata()),
                status.getMetadata().getAttempt(),
                status.getState() == PodSandboxState.SANDBOX_READY,
                time(status.getCreatedAt()),
                ips,
                status.getLinux().getNamespaces().getOptions().getNetwork() == NamespaceMode.NODE,
                status.getLabelsMap(),
                status.getAnnotationsMap());
    }

    private static PodIdentity pod(PodSandboxMetadata metadata) {
        return new PodIdentity(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    }

    static PodIdentity pod(Map<String, String> labels) {
        return new PodIdentity(
                labels.getOrDefault(RuntimeLabels.POD_NAMESPACE, ""),
                labels.getOrDefault(RuntimeLabels.POD_NAME, ""),
                labels.getOrDefault(RuntimeLabels.POD_UID, ""));
    }

    static RuntimeContainer container(Container container) {
        return new RuntimeContainer(
                container.getId(),
                container.getPodSandboxId(),
                pod(container.getLabelsMap()),
                container.getMetadata().getName(),
                container.getMetadata().getAttempt(),
                state(container.getState()),
                time(container.getCreatedAt()),
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                "",
                "",
                container.getImage().getImage(),
                container.getImageRef(),
                "",
                List.of(),
                container.getAnnotationsMap());
    }

    static RuntimeContainer container(ContainerStatus status) {
        return new RuntimeContainer(
                status.getId(),
                "",
                pod(status.getLabelsMap()),
                status.getMetadata().getName(),
                status.getMetadata().getAttempt(),
                state(status.getState()),
                time(status.getCreatedAt()),
                time(status.getStartedAt()),
                time(status.getFinishedAt()),
                status.getExitCode(),
                status.getReason(),
                status.getMessage(),
                status.getImage().getImage(),
                status.getImageRef(),
                status.getLogPath(),
                status.getMountsList().stream().map(CriViews::mount).toList(),
                status.getAnnotationsMap());
    }

    private static MountSpec mount(Mount mount) {
        MountSpec.Propagation propagation = MountSpec.Propagation.PRIVATE;
        if (mount.getPropagation() == MountPropagation.PROPAGATION_HOST_TO_CONTAINER) {
            propagation = MountSpec.Propagation.HOST_TO_CONTAINER;
        } else if (mount.getPropagation() == MountPropagation.PROPAGATION_BIDIRECTIONAL) {
            propagation = MountSpec.Propagation.BIDIRECTIONAL;
        }
        return new MountSpec(mount.getContainerPath(), mount.getHostPath(), mount.getReadonly(), propagation);
    }

    private static RunState state(ContainerState state) {
        return switch (state) {
            case CONTAINER_CREATED -> RunState.CREATED;
            case CONTAINER_RUNNING -> RunState.RUNNING;
            case CONTAINER_EXITED -> RunState.EXITED;
            case CONTAINER_UNKNOWN, UNRECOGNIZED -> RunState.UNKNOWN;
        };
    }

    static RuntimeImage image(Image image) {
        return new RuntimeImage(
                image.getId(),
                image.getRepoTagsList(),
                image.getRepoDigestsList(),
                image.getSize(),
                image.hasUid() ? OptionalLong.of(image.getUid().getValue()) : OptionalLong.empty(),
                image.getUsername(),
                image.getPinned());
    }

    static ContainerUsage usage(ContainerStats stats) {
        return new ContainerUsage(
                stats.getAttributes().getId(),
                pod(stats.getAttributes().getLabelsMap()),
                stats.getAttributes().getMetadata().getName(),
                time(stats.getCpu().getTimestamp()),
                stats.getCpu().getUsageCoreNanoSeconds().getValue(),
                stats.getMemory().getWorkingSetBytes().getValue(),
                stats.getMemory().getUsageBytes().getValue(),
                stats.getMemory().getRssBytes().getValue(),
                stats.getWritableLayer().getUsedBytes().getValue(),
                stats.getWritableLayer().getInodesUsed().getValue());
    }

    private static Instant time(long nanos) {
        return Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
    }
}
