package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerBuilder;
import io.gantry.api.core.v1.pod.EnvVar;
import io.gantry.api.core.v1.pod.EphemeralContainer;
import io.gantry.api.core.v1.pod.Pod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// One container of a pod's spec with the part it plays.
///
/// @param target an ephemeral container's target; empty for none
public record PodContainer(Container spec, Role role, String target) {
    /// The part a container plays.
    public enum Role {
        /// Runs to its end before the next one starts.
        INIT,
        /// An init container that goes on running beside the others.
        SIDECAR,
        REGULAR,
        EPHEMERAL
    }

    public String name() {
        return spec.name();
    }

    /// All containers: init containers and sidecars in their order, then the regular, then the ephemeral ones.
    public static List<PodContainer> all(Pod pod) {
        List<PodContainer> all = new ArrayList<>(initial(pod));
        all.addAll(regular(pod));
        all.addAll(ephemeral(pod));
        return all;
    }

    public static List<PodContainer> initial(Pod pod) {
        return pod.spec().initContainers().stream()
                .map(c -> new PodContainer(c, "Always".equals(c.restartPolicy()) ? Role.SIDECAR : Role.INIT, ""))
                .toList();
    }

    public static List<PodContainer> regular(Pod pod) {
        return pod.spec().containers().stream()
                .map(c -> new PodContainer(c, Role.REGULAR, ""))
                .toList();
    }

    public static List<PodContainer> ephemeral(Pod pod) {
        return pod.spec().ephemeralContainers().stream().map(PodContainer::of).toList();
    }

    /// Whether the container mounts a volume.
    public boolean mounts(String volume) {
        return spec.volumeMounts().stream().anyMatch(mount -> volume.equals(mount.name()));
    }

    /// Whether the container has a volume as a device.
    public boolean hasDevice(String volume) {
        return spec.volumeDevices().stream().anyMatch(device -> volume.equals(device.name()));
    }

    /// Whether the container has a volume in any way.
    public boolean uses(String volume) {
        return mounts(volume) || hasDevice(volume) || spec.env().stream().anyMatch(variable -> reads(variable, volume));
    }

    private static boolean reads(EnvVar variable, String volume) {
        return variable.valueFrom() != null
                && variable.valueFrom().fileKeyRef() != null
                && volume.equals(variable.valueFrom().fileKeyRef().volumeName());
    }

    /// The images it needs to start, as the pod's author wrote them: its own and those of its volumes.
    public Stream<String> images(Pod pod) {
        Stream<String> volumes = pod.spec().volumes().stream()
                .filter(volume -> volume.image() != null && mounts(volume.name()))
                .map(volume -> volume.image().reference());
        return Stream.concat(Stream.of(spec.image()), volumes).filter(Objects::nonNull);
    }

    public static Optional<PodContainer> find(Pod pod, String name) {
        return all(pod).stream().filter(c -> c.name().equals(name)).findFirst();
    }

    private static PodContainer of(EphemeralContainer c) {
        Container spec = ContainerBuilder.builder()
                .name(c.name())
                .image(c.image())
                .command(c.command())
                .args(c.args())
                .workingDir(c.workingDir())
                .env(c.env())
                .envFrom(c.envFrom())
                .resources(c.resources())
                .volumeMounts(c.volumeMounts())
                .volumeDevices(c.volumeDevices())
                .terminationMessagePath(c.terminationMessagePath())
                .terminationMessagePolicy(c.terminationMessagePolicy())
                .imagePullPolicy(c.imagePullPolicy())
                .securityContext(c.securityContext())
                .stdin(c.stdin())
                .stdinOnce(c.stdinOnce())
                .tty(c.tty())
                .build();
        return new PodContainer(spec, Role.EPHEMERAL, c.targetContainerName() == null ? "" : c.targetContainerName());
    }

    /// Changes with what, when changed, needs the container to be started anew: its name and image.
    public String hash() {
        CRC32 crc = new CRC32();
        String text = spec.name() + "\n" + (spec.image() == null ? "" : spec.image());
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    /// Where events about this container point.
    public String fieldPath() {
        return switch (role) {
            case INIT, SIDECAR -> "spec.initContainers{" + name() + "}";
            case REGULAR -> "spec.containers{" + name() + "}";
            case EPHEMERAL -> "spec.ephemeralContainers{" + name() + "}";
        };
    }
}
