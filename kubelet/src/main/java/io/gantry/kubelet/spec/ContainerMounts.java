package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.api.core.v1.pod.VolumeMount;
import io.gantry.kubelet.runtime.MountSpec;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.volume.PodDirectories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The mounts of a container: its volumes, its hosts file and its termination message; makes the files that are
/// mounted.
public final class ContainerMounts implements MountSource {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerMounts.class);
    static final String DEFAULT_MESSAGE_PATH = "/dev/termination-log";
    private static final String HOSTS = "/etc/hosts";
    private static final int FOR_ALL = 0666;

    private final PodDirectories directories;
    private final String clusterDomain;
    private final RandomGenerator random;

    public ContainerMounts(PodDirectories directories, String clusterDomain, RandomGenerator random) {
        this.directories = directories;
        this.clusterDomain = clusterDomain;
        this.random = random;
    }

    @Override
    public List<MountSpec> of(ContainerSpecs.Start start, Map<String, String> env) throws SpecFailure {
        List<MountSpec> mounts = new ArrayList<>();
        for (VolumeMount mount : start.container().spec().volumeMounts()) {
            mounts.add(volume(start, mount, env));
        }
        try {
            if (mounts.stream().noneMatch(m -> m.containerPath().equals(HOSTS))) {
                mounts.add(MountSpec.of(HOSTS, hostsFile(start).toString(), false));
            }
            mounts.add(terminationLog(start));
        } catch (IOException failure) {
            throw new SpecFailure(failure);
        }
        return mounts;
    }

    private MountSpec volume(ContainerSpecs.Start start, VolumeMount mount, Map<String, String> env)
            throws SpecFailure {
        Path volume = start.volumes().get(mount.name());
        if (volume == null) {
            throw new SpecFailure("cannot find volume \"" + mount.name() + "\" to mount into container \""
                    + start.container().name() + "\"");
        }
        RecursiveReadOnly.requirePossible(mount);
        Path source = subPath(start.container().spec(), mount, volume, env);
        MountSpec.Propagation propagation = switch (Objects.requireNonNullElse(mount.mountPropagation(), "None")) {
            case "HostToContainer" -> MountSpec.Propagation.HOST_TO_CONTAINER;
            case "Bidirectional" -> MountSpec.Propagation.BIDIRECTIONAL;
            default -> MountSpec.Propagation.PRIVATE;
        };
        boolean readOnly = Boolean.TRUE.equals(mount.readOnly()) || alwaysReadOnly(start.pod(), mount.name());
        String target = mount.mountPath().startsWith("/") ? mount.mountPath() : "/" + mount.mountPath();
        return new MountSpec(target, source.toString(), readOnly, propagation);
    }

    /// Volumes that the kubelet writes are not for containers to write, nor are claims that the pod only reads.
    private static boolean alwaysReadOnly(Pod pod, String name) {
        return pod.spec().volumes().stream()
                .anyMatch(v -> v.name().equals(name)
                        && (v.configMap() != null
                                || v.secret() != null
                                || v.image() != null
                                || v.projected() != null
                                || v.downwardAPI() != null
                                || (v.csi() != null
                                        && Boolean.TRUE.equals(v.csi().readOnly()))
                                || readOnlyClaim(v)));
    }

    static boolean readOnlyClaim(Volume volume) {
        return volume.persistentVolumeClaim() != null
                && Boolean.TRUE.equals(volume.persistentVolumeClaim().readOnly());
    }

    /// Resolves the sub path, making it a folder where it is not there; it may not lead out of the volume.
    private static Path subPath(Container container, VolumeMount mount, Path volume, Map<String, String> env)
            throws SpecFailure {
        String expression = mount.subPathExpr();
        String given = mount.subPath();
        String sub = given == null ? "" : given;
        if (expression != null && !expression.isEmpty()) {
            sub = Expansion.expand(expression, env);
            if (sub.contains("$(")) {
                throw new SpecFailure("failed to expand subPath for volumeMount \"" + mount.name()
                        + "\" of container \"" + container.name() + "\"");
            }
        }
        if (sub.isEmpty()) {
            return volume;
        }
        try {
            return SubPaths.resolve(volume, sub);
        } catch (IOException failure) {
            LOG.warn("subPath {} of volume {}: {}", sub, mount.name(), failure.toString());
            throw new SpecFailure("failed to prepare subPath for volumeMount \"" + mount.name() + "\" of container \""
                    + container.name() + "\"");
        }
    }

    private Path hostsFile(ContainerSpecs.Start start) throws IOException {
        Pod pod = start.pod();
        Path file = directories.hosts(PodIdentity.of(pod).uid());
        boolean hostNetwork = Boolean.TRUE.equals(pod.spec().hostNetwork());
        String text = hostNetwork
                ? HostsFile.onHostNetwork(pod, Files.readString(Path.of(HOSTS)))
                : HostsFile.of(pod, start.facts().podIps(), Hostnames.of(pod, clusterDomain));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setAttribute(file, "unix:mode", 0644);
        return file;
    }

    private MountSpec terminationLog(ContainerSpecs.Start start) throws IOException {
        Path folder = directories.container(
                PodIdentity.of(start.pod()).uid(), start.container().name());
        Files.createDirectories(folder);
        Path file = folder.resolve(String.format("%08x", random.nextInt()));
        Files.write(file, "".getBytes(StandardCharsets.UTF_8));
        Files.setAttribute(file, "unix:mode", FOR_ALL);
        String path =
                Objects.requireNonNullElse(start.container().spec().terminationMessagePath(), DEFAULT_MESSAGE_PATH);
        return MountSpec.of(path, file.toString(), false);
    }
}
