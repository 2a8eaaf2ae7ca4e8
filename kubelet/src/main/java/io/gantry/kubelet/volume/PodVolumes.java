package io.gantry.kubelet.volume;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.pod.ConfigMapProjection;
import io.gantry.api.core.v1.pod.ConfigMapVolumeSource;
import io.gantry.api.core.v1.pod.EmptyDirVolumeSource;
import io.gantry.api.core.v1.pod.HostPathVolumeSource;
import io.gantry.api.core.v1.pod.HostPathVolumeSourceBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ProjectedVolumeSource;
import io.gantry.api.core.v1.pod.SecretProjection;
import io.gantry.api.core.v1.pod.SecretVolumeSource;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.api.core.v1.pod.VolumeProjection;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.kubelet.cluster.Cluster;
import io.gantry.kubelet.cluster.SecretData;
import io.gantry.kubelet.csi.CsiVolumes;
import io.gantry.kubelet.plugin.DriverPaths;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.pod.PodFiles;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.spec.PodFacts;
import io.gantry.kubelet.spec.SpecFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets up the volumes of pods on disk and keeps those made from API objects current. Calls for one pod must not
/// overlap.
public final class PodVolumes implements PodFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PodVolumes.class);
    private static final int OPEN_TO_ALL = 0777;

    private final PodDirectories directories;
    private final ClaimedVolumes claimed;
    private final Cluster cluster;
    private final ServiceAccountTokens tokens;
    private final Mounts mounts = new Mounts();
    private final ImageVolumes images;
    private final EmptyDirs emptyDirs;
    private final CsiVolumes csi;
    private final Path logs;

    /// @param logs root of the pods' logs
    public PodVolumes(
            PodDirectories directories,
            NodeVolumes provisioned,
            Path logs,
            Cluster cluster,
            ContainerRuntime runtime,
            ServiceAccountTokens tokens,
            CsiVolumes csi) {
        this.images = new ImageVolumes(runtime, directories, mounts);
        this.emptyDirs = new EmptyDirs(directories, mounts);
        this.claimed = new ClaimedVolumes(
                new ClaimedVolumes.Claims(cluster::claim, cluster::volume),
                directories,
                provisioned,
                new HostBlockDevices(),
                csi::setUp);
        this.csi = csi;
        this.logs = logs;
        this.directories = directories;
        this.cluster = cluster;
        this.tokens = tokens;
    }

    /// Sets up or refreshes the volumes that containers use; returns where each is, by volume name.
    ///
    /// @throws VolumeFailure names the volume that cannot be set up
    @Override
    public Map<String, Path> setUp(Pod pod, PodFacts facts) throws VolumeFailure {
        Map<String, Path> paths = new LinkedHashMap<>();
        for (Volume volume : used(pod)) {
            try {
                paths.put(volume.name(), setUp(pod, volume, facts));
            } catch (SpecFailure | IOException | StatusException failure) {
                throw new VolumeFailure(
                        "MountVolume.SetUp",
                        volume.name(),
                        Objects.requireNonNullElse(failure.getMessage(), ""),
                        failure);
            }
        }
        return paths;
    }

    /// The volumes that some container has; nobody waits for the others (upstream
    /// `desired_state_of_world_populator.go`).
    static List<Volume> used(Pod pod) {
        List<PodContainer> containers = PodContainer.all(pod);
        return pod.spec().volumes().stream()
                .filter(volume -> containers.stream().anyMatch(container -> container.uses(volume.name())))
                .toList();
    }

    private Path setUp(Pod pod, Volume volume, PodFacts facts) throws SpecFailure, IOException, VolumeFailure {
        String namespace = PodIdentity.of(pod).namespace();
        ConfigMapVolumeSource configMap = volume.configMap();
        SecretVolumeSource secret = volume.secret();
        if (configMap != null) {
            boolean optional = Boolean.TRUE.equals(configMap.optional());
            return write(
                    pod,
                    "configmap",
                    volume.name(),
                    Payloads.select(
                            configMapData(namespace, configMap.name(), optional),
                            configMap.items(),
                            configMap.defaultMode(),
                            optional),
                    false);
        }
        if (secret != null) {
            boolean optional = Boolean.TRUE.equals(secret.optional());
            return write(
                    pod,
                    "secret",
                    volume.name(),
                    Payloads.select(
                            secretData(namespace, secret.secretName(), optional),
                            secret.items(),
                            secret.defaultMode(),
                            optional),
                    true);
        }
        if (volume.downwardAPI() != null) {
            return write(
                    pod,
                    "downward-api",
                    volume.name(),
                    Payloads.downward(
                            pod,
                            volume.downwardAPI().items(),
                            volume.downwardAPI().defaultMode(),
                            facts),
                    true);
        }
        if (volume.projected() != null) {
            return write(pod, "projected", volume.name(), projected(pod, volume.projected(), facts), true);
        }
        return plain(pod, volume);
    }

    private Path plain(Pod pod, Volume volume) throws SpecFailure, IOException, VolumeFailure {
        EmptyDirVolumeSource emptyDir = volume.emptyDir();
        if (emptyDir != null) {
            return emptyDirs.setUp(pod, volume.name(), emptyDir);
        }
        if (volume.hostPath() != null) {
            return HostPaths.prepare(onThisNode(volume.hostPath()));
        }
        if (volume.image() != null) {
            return images.prepare(PodIdentity.of(pod).uid(), volume.name());
        }
        if (volume.persistentVolumeClaim() != null) {
            return claimed.setUp(new ClaimedVolumes.Wanted(
                    pod,
                    volume.name(),
                    volume.persistentVolumeClaim().claimName(),
                    Boolean.TRUE.equals(volume.persistentVolumeClaim().readOnly())));
        }
        if (volume.ephemeral() != null) {
            String claim = pod.metadata().name() + "-" + volume.name();
            return claimed.setUp(new ClaimedVolumes.Wanted(pod, volume.name(), claim, false));
        }
        if (volume.csi() != null) {
            return csi.setUp(pod, volume);
        }
        throw new SpecFailure("no volume plugin matched");
    }

    /// Manifests of drivers name the kubelet's folder as upstream's is.
    private HostPathVolumeSource onThisNode(HostPathVolumeSource source) {
        Path path = new DriverPaths(directories.root()).onNode(source.path());
        return HostPathVolumeSourceBuilder.builder(source).path(path.toString()).build();
    }

    private Map<String, VolumeFile> projected(Pod pod, ProjectedVolumeSource source, PodFacts facts)
            throws SpecFailure {
        String namespace = PodIdentity.of(pod).namespace();
        Map<String, VolumeFile> files = new TreeMap<>();
        for (VolumeProjection projection : source.sources()) {
            ConfigMapProjection configMap = projection.configMap();
            SecretProjection secret = projection.secret();
            if (configMap != null) {
                boolean optional = Boolean.TRUE.equals(configMap.optional());
                files.putAll(Payloads.select(
                        configMapData(namespace, configMap.name(), optional),
                        configMap.items(),
                        source.defaultMode(),
                        optional));
            } else if (secret != null) {
                boolean optional = Boolean.TRUE.equals(secret.optional());
                files.putAll(Payloads.select(
                        secretData(namespace, secret.name(), optional),
                        secret.items(),
                        source.defaultMode(),
                        optional));
            } else if (projection.downwardAPI() != null) {
                files.putAll(Payloads.downward(pod, projection.downwardAPI().items(), source.defaultMode(), facts));
            } else if (projection.serviceAccountToken() != null) {
                files.put(
                        projection.serviceAccountToken().path(),
                        TokenFile.of(tokens.token(pod, projection.serviceAccountToken()), pod, source.defaultMode()));
            }
        }
        return files;
    }

    private Map<String, byte[]> configMapData(String namespace, @Nullable String name, boolean optional)
            throws SpecFailure {
        Optional<ConfigMap> found = cluster.configMap(namespace, Objects.requireNonNullElse(name, ""));
        if (found.isEmpty() && !optional) {
            throw new SpecFailure("configmap \"" + name + "\" not found");
        }
        return found.map(Payloads::data).orElse(Map.of());
    }

    private Map<String, byte[]> secretData(String namespace, @Nullable String name, boolean optional)
            throws SpecFailure {
        Optional<Secret> found = cluster.secret(namespace, Objects.requireNonNullElse(name, ""));
        if (found.isEmpty() && !optional) {
            throw new SpecFailure("secret \"" + name + "\" not found");
        }
        return found.map(SecretData::of).orElse(Map.of());
    }

    private Path write(Pod pod, String plugin, String name, Map<String, VolumeFile> files, boolean inMemory)
            throws IOException {
        Path path = directories.volume(PodIdentity.of(pod).uid(), plugin, name);
        if (inMemory) {
            mounts.tmpfs(path, "");
        } else {
            Files.createDirectories(path);
            FilePermissions.set(path, OPEN_TO_ALL);
        }
        Ownership ownership = Ownership.of(pod);
        new AtomicDirectory(path, folder -> ownership.apply(folder, true)).write(files);
        return path;
    }

    @Override
    public void mountImage(Pod pod, String volume, String image) throws IOException {
        images.mount(PodIdentity.of(pod).uid(), volume, image);
    }

    @Override
    public boolean refreshes(String podUid) {
        return csi.refreshes(podUid);
    }

    /// Removes everything of a pod from the disk.
    @Override
    public String metrics() {
        return images.metrics();
    }

    @Override
    public void tearDown(String podUid) throws IOException {
        tokens.forget(podUid);
        csi.tearDown(podUid);
        Path folder = directories.pod(podUid);
        for (Path mount : Mounts.below(folder)) {
            mounts.unmount(mount);
        }
        images.release(podUid);
        claimed.release(podUid);
        AtomicDirectory.delete(folder);
    }

    /// Removes a pod's logs.
    @Override
    public void removeLogs(String podUid) throws IOException {
        if (!Files.isDirectory(logs)) {
            return;
        }
        try (Stream<Path> folders = Files.list(logs)) {
            for (Path folder : folders.toList()) {
                if (folder.getFileName().toString().endsWith("_" + podUid)) {
                    AtomicDirectory.delete(folder);
                }
            }
        }
    }

    @Override
    public void createLogFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    @Override
    public int nextAttempt(Path containerLogs) throws IOException {
        if (!Files.isDirectory(containerLogs)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(containerLogs)) {
            return files.map(file -> file.getFileName().toString().split("\\.")[0])
                    .filter(name -> name.matches("\\d{1,9}"))
                    .mapToInt(name -> Integer.parseInt(name) + 1)
                    .max()
                    .orElse(0);
        }
    }

    @Override
    public void removeLog(String logPath) {
        if (logPath.isEmpty()) {
            return;
        }
        Path log = Path.of(logPath);
        try (Stream<Path> files = Files.list(log.getParent())) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith(log.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        } catch (IOException failure) {
            LOG.debug("log {} not removed: {}", logPath, failure.getMessage());
        }
    }
}
