package io.gantry.kubelet.spec;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.VolumeDevice;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.runtime.ContainerDevices;
import io.gantry.kubelet.runtime.ContainerSpec;
import io.gantry.kubelet.runtime.ContainerSpec.DeviceSpec;
import io.gantry.kubelet.runtime.ContainerSpec.EnvEntry;
import io.gantry.kubelet.runtime.LinuxResources;
import io.gantry.kubelet.runtime.MountSpec;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeImage;
import io.gantry.kubelet.runtime.RuntimeLabels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Container specs of pods (upstream `kuberuntime_container.go`).
public final class ContainerSpecs {
    private final Environment environment;
    private final MountSource mounts;
    private final Security security;
    private final long memoryCapacityBytes;

    public ContainerSpecs(Environment environment, MountSource mounts, Security security, long memoryCapacityBytes) {
        this.environment = environment;
        this.mounts = mounts;
        this.security = security;
        this.memoryCapacityBytes = memoryCapacityBytes;
    }

    /// What a start needs besides the spec.
    ///
    /// @param volumes where the pod's volumes are
    /// @param devices what its devices bring
    /// @param targetId container whose process namespace an ephemeral container joins; empty for none
    public record Start(
            Pod pod,
            PodContainer container,
            int attempt,
            RuntimeImage image,
            PodFacts facts,
            Map<String, Path> volumes,
            ContainerDevices devices,
            String targetId) {}

    public ContainerSpec of(Start start) throws SpecFailure {
        Container spec = start.container().spec();
        security.requireNonRoot(start.pod(), start.container(), start.image());
        List<EnvEntry> env = new ArrayList<>(start.devices().environment());
        env.addAll(environment.of(start.pod(), spec, start.facts(), start.volumes()));
        Map<String, String> values =
                env.stream().collect(Collectors.toMap(EnvEntry::name, EnvEntry::value, (a, b) -> b));
        List<MountSpec> mounted = new ArrayList<>(start.devices().mounts());
        mounted.addAll(mounts.of(start, values));
        return new ContainerSpec(
                spec.name(),
                start.attempt(),
                start.image().id(),
                Objects.requireNonNullElse(spec.image(), ""),
                expand(spec.command(), values),
                expand(spec.args(), values),
                Objects.requireNonNullElse(spec.workingDir(), ""),
                env,
                mounted,
                devices(start),
                start.devices().cdiNames(),
                labels(start),
                annotations(start),
                spec.name() + "/" + start.attempt() + ".log",
                Boolean.TRUE.equals(spec.stdin()),
                Boolean.TRUE.equals(spec.stdinOnce()),
                Boolean.TRUE.equals(spec.tty()),
                resources(start.pod(), start.container()),
                security.container(start.pod(), start.container(), start.image(), start.targetId()));
    }

    /// The container's devices, and the volumes that it has as such.
    private static List<DeviceSpec> devices(Start start) throws SpecFailure {
        List<DeviceSpec> devices = new ArrayList<>(start.devices().devices());
        for (VolumeDevice device : start.container().spec().volumeDevices()) {
            Path path = start.volumes().get(device.name());
            if (path == null) {
                throw new SpecFailure("cannot find volume \"" + device.name() + "\" to pass into container \""
                        + start.container().name() + "\"");
            }
            boolean readOnly = start.pod().spec().volumes().stream()
                    .anyMatch(v -> v.name().equals(device.name()) && ContainerMounts.readOnlyClaim(v));
            devices.add(new DeviceSpec(device.devicePath(), path.toString(), readOnly ? "r" : "mrw"));
        }
        return devices;
    }

    /// The limits of a container's cgroup.
    public LinuxResources resources(Pod pod, PodContainer container) {
        return Resources.of(pod, container.spec(), memoryCapacityBytes);
    }

    private static List<String> expand(List<String> words, Map<String, String> values) {
        return words.stream().map(word -> Expansion.expand(word, values)).toList();
    }

    private static Map<String, String> labels(Start start) {
        PodIdentity id = PodIdentity.of(start.pod());
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(RuntimeLabels.POD_NAME, id.name());
        labels.put(RuntimeLabels.POD_NAMESPACE, id.namespace());
        labels.put(RuntimeLabels.POD_UID, id.uid());
        labels.put(RuntimeLabels.CONTAINER_NAME, start.container().name());
        return labels;
    }

    private static Map<String, String> annotations(Start start) {
        Container spec = start.container().spec();
        Pod pod = start.pod();
        Map<String, String> annotations = new LinkedHashMap<>(start.devices().annotations());
        annotations.put(RuntimeLabels.ROLE, start.container().role().name());
        annotations.put(RuntimeLabels.HASH, start.container().hash());
        annotations.put(RuntimeLabels.RESTART_COUNT, Integer.toString(start.attempt()));
        annotations.put(
                RuntimeLabels.TERMINATION_MESSAGE_PATH,
                Objects.requireNonNullElse(spec.terminationMessagePath(), ContainerMounts.DEFAULT_MESSAGE_PATH));
        annotations.put(
                RuntimeLabels.TERMINATION_MESSAGE_POLICY,
                Objects.requireNonNullElse(spec.terminationMessagePolicy(), "File"));
        if (pod.spec().terminationGracePeriodSeconds() != null) {
            annotations.put(
                    RuntimeLabels.POD_GRACE_PERIOD,
                    pod.spec().terminationGracePeriodSeconds().toString());
        }
        if (spec.lifecycle() != null && spec.lifecycle().preStop() != null) {
            annotations.put(
                    RuntimeLabels.PRE_STOP_HANDLER,
                    Json.MAPPER.writeValueAsString(spec.lifecycle().preStop()));
        }
        if (spec.resources() != null) {
            annotations.put(RuntimeLabels.RESOURCES, Json.MAPPER.writeValueAsString(spec.resources()));
        }
        if (!spec.ports().isEmpty()) {
            annotations.put(RuntimeLabels.PORTS, Json.MAPPER.writeValueAsString(spec.ports()));
        }
        return annotations;
    }
}
