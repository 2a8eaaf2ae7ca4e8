package io.gantry.kubelet.cri;

import static io.gantry.kubelet.cri.CriConnection.call;

import io.gantry.kubelet.cri.v1.AttachRequest;
import io.gantry.kubelet.cri.v1.AuthConfig;
import io.gantry.kubelet.cri.v1.ContainerFilter;
import io.gantry.kubelet.cri.v1.ContainerStatusRequest;
import io.gantry.kubelet.cri.v1.CreateContainerRequest;
import io.gantry.kubelet.cri.v1.ExecRequest;
import io.gantry.kubelet.cri.v1.ExecSyncRequest;
import io.gantry.kubelet.cri.v1.ExecSyncResponse;
import io.gantry.kubelet.cri.v1.ImageFsInfoRequest;
import io.gantry.kubelet.cri.v1.ImageFsInfoResponse;
import io.gantry.kubelet.cri.v1.ImageSpec;
import io.gantry.kubelet.cri.v1.ImageStatusRequest;
import io.gantry.kubelet.cri.v1.ImageStatusResponse;
import io.gantry.kubelet.cri.v1.ListContainerStatsRequest;
import io.gantry.kubelet.cri.v1.ListContainersRequest;
import io.gantry.kubelet.cri.v1.ListImagesRequest;
import io.gantry.kubelet.cri.v1.ListPodSandboxRequest;
import io.gantry.kubelet.cri.v1.NetworkConfig;
import io.gantry.kubelet.cri.v1.PodSandboxFilter;
import io.gantry.kubelet.cri.v1.PodSandboxStatusRequest;
import io.gantry.kubelet.cri.v1.PortForwardRequest;
import io.gantry.kubelet.cri.v1.PullImageRequest;
import io.gantry.kubelet.cri.v1.RemoveContainerRequest;
import io.gantry.kubelet.cri.v1.RemoveImageRequest;
import io.gantry.kubelet.cri.v1.RemovePodSandboxRequest;
import io.gantry.kubelet.cri.v1.ReopenContainerLogRequest;
import io.gantry.kubelet.cri.v1.RunPodSandboxRequest;
import io.gantry.kubelet.cri.v1.RuntimeCondition;
import io.gantry.kubelet.cri.v1.RuntimeConfig;
import io.gantry.kubelet.cri.v1.StartContainerRequest;
import io.gantry.kubelet.cri.v1.StatusRequest;
import io.gantry.kubelet.cri.v1.StatusResponse;
import io.gantry.kubelet.cri.v1.StopContainerRequest;
import io.gantry.kubelet.cri.v1.StopPodSandboxRequest;
import io.gantry.kubelet.cri.v1.UpdateContainerResourcesRequest;
import io.gantry.kubelet.cri.v1.UpdateRuntimeConfigRequest;
import io.gantry.kubelet.cri.v1.VersionRequest;
import io.gantry.kubelet.cri.v1.VersionResponse;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.ContainerSpec;
import io.gantry.kubelet.runtime.ContainerUsage;
import io.gantry.kubelet.runtime.ExecOutcome;
import io.gantry.kubelet.runtime.ImageFilesystem;
import io.gantry.kubelet.runtime.ImageView;
import io.gantry.kubelet.runtime.LinuxResources;
import io.gantry.kubelet.runtime.RegistryLogin;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.RuntimeHealth;
import io.gantry.kubelet.runtime.RuntimeImage;
import io.gantry.kubelet.runtime.RuntimeLabels;
import io.gantry.kubelet.runtime.RuntimeVersion;
import io.gantry.kubelet.runtime.Sandbox;
import io.gantry.kubelet.runtime.SandboxSpec;
import io.gantry.kubelet.runtime.StreamOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The runtime port over CRI v1.
public final class CriRuntime implements ContainerRuntime {
    private static final Pattern BEFORE_CDI = Pattern.compile("^v?(0\\.|1\\.[0-6]\\b)");

    /// Upstream's runtimeRequestTimeout.
    private static final Duration CALL = Duration.ofMinutes(2);

    private static final Duration SANDBOX = Duration.ofMinutes(4);
    private static final Duration FOREVER = Duration.ofDays(365);

    private final CdiSpecs cdi = new CdiSpecs();
    private final CriConnection connection;
    private final CriEvents events;
    private final ImageViews views;

    /// @param endpoint `unix:///path/to/socket`
    public CriRuntime(URI endpoint) {
        this.connection = new CriConnection(endpoint);
        this.events = new CriEvents(connection);
        this.views = new ImageViews(connection);
    }

    @Override
    public String metrics() {
        return connection.figures().text();
    }

    @Override
    public RuntimeVersion version() {
        VersionResponse version = call(() -> connection
                .runtime(CALL)
                .version(VersionRequest.newBuilder().setVersion("v1").build()));
        return new RuntimeVersion(version.getRuntimeName(), version.getRuntimeVersion());
    }

    @Override
    public RuntimeHealth health() {
        StatusResponse response = call(() -> connection.runtime(CALL).status(StatusRequest.getDefaultInstance()));
        return new RuntimeHealth(
                condition(response, "RuntimeReady"),
                condition(response, "NetworkReady"),
                response.hasFeatures()
                        ? Optional.of(response.getFeatures().getSupplementalGroupsPolicy())
                        : Optional.empty());
    }

    private static RuntimeHealth.Condition condition(StatusResponse response, String type) {
        for (RuntimeCondition condition : response.getStatus().getConditionsList()) {
            if (condition.getType().equals(type)) {
                return new RuntimeHealth.Condition(
                        condition.getStatus(), condition.getReason(), condition.getMessage());
            }
        }
        return new RuntimeHealth.Condition(false, "Missing", "the runtime does not report " + type);
    }

    @Override
    public List<Sandbox> sandboxes(String podUid) {
        PodSandboxFilter.Builder filter = PodSandboxFilter.newBuilder();
        if (!podUid.isEmpty()) {
            filter.putLabelSelector(RuntimeLabels.POD_UID, podUid);
        }
        ListPodSandboxRequest request =
                ListPodSandboxRequest.newBuilder().setFilter(filter).build();
        return call(() -> connection.runtime(CALL).listPodSandbox(request)).getItemsList().stream()
                .map(CriViews::sandbox)
                .sorted(Comparator.comparing(Sandbox::createdAt).reversed())
                .toList();
    }

    @Override
    public Optional<Sandbox> sandbox(String sandboxId) {
        PodSandboxStatusRequest request =
                PodSandboxStatusRequest.newBuilder().setPodSandboxId(sandboxId).build();
        return found(() -> CriViews.sandbox(
                connection.runtime(CALL).podSandboxStatus(request).getStatus()));
    }

    @Override
    public String runSandbox(SandboxSpec spec) {
        RunPodSandboxRequest request = RunPodSandboxRequest.newBuilder()
                .setConfig(CriSpecs.sandbox(spec))
                .setRuntimeHandler(spec.runtimeHandler())
                .build();
        return call(() -> connection.runtime(SANDBOX).runPodSandbox(request)).getPodSandboxId();
    }

    @Override
    public void stopSandbox(String sandboxId) {
        StopPodSandboxRequest request =
                StopPodSandboxRequest.newBuilder().setPodSandboxId(sandboxId).build();
        found(() -> connection.runtime(CALL).stopPodSandbox(request));
    }

    @Override
    public void removeSandbox(String sandboxId) {
        RemovePodSandboxRequest request =
                RemovePodSandboxRequest.newBuilder().setPodSandboxId(sandboxId).build();
        found(() -> connection.runtime(CALL).removePodSandbox(request));
    }

    @Override
    public List<RuntimeContainer> containers(String podUid) {
        ContainerFilter.Builder filter = ContainerFilter.newBuilder();
        if (!podUid.isEmpty()) {
            filter.putLabelSelector(RuntimeLabels.POD_UID, podUid);
        }
        ListContainersRequest request =
                ListContainersRequest.newBuilder().setFilter(filter).build();
        return call(() -> connection.runtime(CALL).listContainers(request)).getContainersList().stream()
                .map(CriViews::container)
                .sorted(Comparator.comparing(RuntimeContainer::createdAt).reversed())
                .toList();
    }

    @Override
    public Optional<RuntimeContainer> container(String containerId) {
        ContainerStatusRequest request =
                ContainerStatusRequest.newBuilder().setContainerId(containerId).build();
        return found(() -> CriViews.container(
                connection.runtime(CALL).containerStatus(request).getStatus()));
    }

    @Override
    public String createContainer(String sandboxId, ContainerSpec spec, SandboxSpec sandbox) {
        CreateContainerRequest request = CreateContainerRequest.newBuilder()
                .setPodSandboxId(sandboxId)
                .setConfig(CriSpecs.container(known(spec)))
                .setSandboxConfig(CriSpecs.sandbox(sandbox))
                .build();
        return call(() -> connection.runtime(CALL).createContainer(request)).getContainerId();
    }

    /// containerd reads what drivers say of devices from 1.7 on; for an older one it is done here.
    private ContainerSpec known(ContainerSpec spec) {
        if (spec.cdiDevices().isEmpty()) {
            return spec;
        }
        RuntimeVersion version = version();
        boolean knowsCdi = !version.name().equals("containerd")
                || !BEFORE_CDI.matcher(version.version()).find();
        return knowsCdi ? spec : cdi.apply(spec);
    }

    @Override
    public void startContainer(String containerId) {
        StartContainerRequest request =
                StartContainerRequest.newBuilder().setContainerId(containerId).build();
        call(() -> connection.runtime(CALL).startContainer(request));
    }

    @Override
    public void stopContainer(String containerId, Duration timeout) {
        StopContainerRequest request = StopContainerRequest.newBuilder()
                .setContainerId(containerId)
                .setTimeout(timeout.toSeconds())
                .build();
        found(() -> connection.runtime(CALL.plus(timeout)).stopContainer(request));
    }

    @Override
    public void removeContainer(String containerId) {
        RemoveContainerRequest request =
                RemoveContainerRequest.newBuilder().setContainerId(containerId).build();
        found(() -> connection.runtime(CALL).removeContainer(request));
    }

    @Override
    public void updateResources(String containerId, LinuxResources resources) {
        UpdateContainerResourcesRequest request = UpdateContainerResourcesRequest.newBuilder()
                .setContainerId(containerId)
                .setLinux(CriSpecs.resources(resources))
                .build();
        call(() -> connection.runtime(CALL).updateContainerResources(request));
    }

    @Override
    public void reopenLog(String containerId) {
        ReopenContainerLogRequest request = ReopenContainerLogRequest.newBuilder()
                .setContainerId(containerId)
                .build();
        call(() -> connection.runtime(CALL).reopenContainerLog(request));
    }

    @Override
    public ExecOutcome exec(String containerId, List<String> command, Duration timeout) {
        ExecSyncRequest request = ExecSyncRequest.newBuilder()
                .setContainerId(containerId)
                .addAllCmd(command)
                .setTimeout(timeout.toSeconds())
                .build();
        Duration deadline = timeout.isZero() ? FOREVER : timeout.plus(CALL);
        ExecSyncResponse response = call(() -> connection.runtime(deadline).execSync(request));
        return new ExecOutcome(
                response.getExitCode(),
                response.getStdout().toStringUtf8(),
                response.getStderr().toStringUtf8());
    }

    @Override
    public URI exec(String containerId, List<String> command, StreamOptions options) {
        ExecRequest request = ExecRequest.newBuilder()
                .setContainerId(containerId)
                .addAllCmd(command)
                .setTty(options.tty())
                .setStdin(options.stdin())
                .setStdout(options.stdout())
                .setStderr(options.stderr())
                .build();
        return URI.create(call(() -> connection.runtime(CALL).exec(request)).getUrl());
    }

    @Override
    public URI attach(String containerId, StreamOptions options) {
        AttachRequest request = AttachRequest.newBuilder()
                .setContainerId(containerId)
                .setTty(options.tty())
                .setStdin(options.stdin())
                .setStdout(options.stdout())
                .setStderr(options.stderr())
                .build();
        return URI.create(call(() -> connection.runtime(CALL).attach(request)).getUrl());
    }

    @Override
    public URI portForward(String sandboxId, List<Integer> ports) {
        PortForwardRequest request = PortForwardRequest.newBuilder()
                .setPodSandboxId(sandboxId)
                .addAllPort(ports)
                .build();
        return URI.create(
                call(() -> connection.runtime(CALL).portForward(request)).getUrl());
    }

    @Override
    public List<RuntimeImage> images() {
        return call(() -> connection.images(CALL).listImages(ListImagesRequest.getDefaultInstance()))
                .getImagesList()
                .stream()
                .map(CriViews::image)
                .toList();
    }

    @Override
    public Optional<RuntimeImage> image(String reference) {
        ImageStatusRequest request =
                ImageStatusRequest.newBuilder().setImage(imageSpec(reference)).build();
        ImageStatusResponse response = call(() -> connection.images(CALL).imageStatus(request));
        return response.hasImage() ? Optional.of(CriViews.image(response.getImage())) : Optional.empty();
    }

    @Override
    public String pullImage(String reference, Optional<RegistryLogin> login, SandboxSpec sandbox) {
        PullImageRequest.Builder request = PullImageRequest.newBuilder()
                .setImage(imageSpec(reference))
                .setSandboxConfig(CriSpecs.sandbox(sandbox));
        login.ifPresent(auth -> request.setAuth(AuthConfig.newBuilder()
                .setUsername(auth.username())
                .setPassword(auth.password())
                .setIdentityToken(auth.identityToken())
                .setRegistryToken(auth.registryToken())));
        return call(() -> connection.imagesUnbounded().pullImage(request.build()))
                .getImageRef();
    }

    @Override
    public void removeImage(String reference) {
        RemoveImageRequest request =
                RemoveImageRequest.newBuilder().setImage(imageSpec(reference)).build();
        found(() -> connection.images(CALL).removeImage(request));
    }

    @Override
    public ImageView viewImage(String reference, String key) {
        return views.make(reference, key);
    }

    @Override
    public void releaseImageView(String key) {
        views.remove(key);
    }

    private static ImageSpec imageSpec(String reference) {
        return ImageSpec.newBuilder().setImage(reference).build();
    }

    @Override
    public ImageFilesystem imageFilesystem() {
        ImageFsInfoResponse info =
                call(() -> connection.images(CALL).imageFsInfo(ImageFsInfoRequest.getDefaultInstance()));
        return info.getImageFilesystemsList().stream()
                .findFirst()
                .map(usage -> new ImageFilesystem(
                        usage.getFsId().getMountpoint(),
                        usage.getUsedBytes().getValue(),
                        usage.getInodesUsed().getValue()))
                .orElse(new ImageFilesystem("", 0, 0));
    }

    @Override
    public List<ContainerUsage> usage() {
        return call(() -> connection.runtime(CALL).listContainerStats(ListContainerStatsRequest.getDefaultInstance()))
                .getStatsList()
                .stream()
                .map(CriViews::usage)
                .toList();
    }

    @Override
    public void podCidr(String cidr) {
        UpdateRuntimeConfigRequest request = UpdateRuntimeConfigRequest.newBuilder()
                .setRuntimeConfig(RuntimeConfig.newBuilder()
                        .setNetworkConfig(NetworkConfig.newBuilder().setPodCidr(cidr)))
                .build();
        call(() -> connection.runtime(CALL).updateRuntimeConfig(request));
    }

    @Override
    public Optional<AutoCloseable> onChange(Runnable listener) {
        return Optional.of(events.subscribe(listener));
    }

    private static <T> Optional<T> found(Supplier<T> request) {
        try {
            return Optional.of(call(request));
        } catch (RuntimeFailure failure) {
            if (failure.code() == RuntimeFailure.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
