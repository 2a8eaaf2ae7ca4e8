package io.gantry.kubelet.cri;

import static io.gantry.kubelet.cri.CriConnection.call;

import io.gantry.kubelet.cri.v1.NetworkConfig;
import io.gantry.kubelet.cri.v1.RuntimeCondition;
import io.gantry.kubelet.cri.v1.RuntimeConfig;
import io.gantry.kubelet.cri.v1.StatusRequest;
import io.gantry.kubelet.cri.v1.StatusResponse;
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
import io.gantry.kubelet.runtime.RuntimeHealth;
import io.gantry.kubelet.runtime.RuntimeImage;
import io.gantry.kubelet.runtime.RuntimeVersion;
import io.gantry.kubelet.runtime.Sandbox;
import io.gantry.kubelet.runtime.SandboxSpec;
import io.gantry.kubelet.runtime.StreamOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The runtime port over CRI v1.
public final class CriRuntime implements ContainerRuntime {
    private final CriConnection connection;
    private final CriEvents events;
    private final CriSandboxes sandboxes;
    private final CriContainers containers;
    private final CriImages images;

    /// @param endpoint `unix:///path/to/socket`
    public CriRuntime(URI endpoint) {
        this.connection = new CriConnection(endpoint);
        this.events = new CriEvents(connection);
        this.sandboxes = new CriSandboxes(connection);
        this.containers = new CriContainers(connection, this::version);
        this.images = new CriImages(connection);
    }

    @Override
    public String metrics() {
        return connection.figures().text();
    }

    @Override
    public RuntimeVersion version() {
        VersionResponse version = call(() -> connection
                .runtime()
                .version(VersionRequest.newBuilder().setVersion("v1").build()));
        return new RuntimeVersion(version.getRuntimeName(), version.getRuntimeVersion());
    }

    @Override
    public RuntimeHealth health() {
        StatusResponse response = call(() -> connection.runtime().status(StatusRequest.getDefaultInstance()));
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
        return sandboxes.list(podUid);
    }

    @Override
    public Optional<Sandbox> sandbox(String sandboxId) {
        return sandboxes.find(sandboxId);
    }

    @Override
    public String runSandbox(SandboxSpec spec) {
        return sandboxes.run(spec);
    }

    @Override
    public void stopSandbox(String sandboxId) {
        sandboxes.stop(sandboxId);
    }

    @Override
    public void removeSandbox(String sandboxId) {
        sandboxes.remove(sandboxId);
    }

    @Override
    public URI portForward(String sandboxId, List<Integer> ports) {
        return sandboxes.portForward(sandboxId, ports);
    }

    @Override
    public List<RuntimeContainer> containers(String podUid) {
        return containers.list(podUid);
    }

    @Override
    public Optional<RuntimeContainer> container(String containerId) {
        return containers.find(containerId);
    }

    @Override
    public String createContainer(String sandboxId, ContainerSpec spec, SandboxSpec sandbox) {
        return containers.create(sandboxId, spec, sandbox);
    }

    @Override
    public void startContainer(String containerId) {
        containers.start(containerId);
    }

    @Override
    public void stopContainer(String containerId, Duration timeout) {
        containers.stop(containerId, timeout);
    }

    @Override
    public void removeContainer(String containerId) {
        containers.remove(containerId);
    }

    @Override
    public void updateResources(String containerId, LinuxResources resources) {
        containers.update(containerId, resources);
    }

    @Override
    public void reopenLog(String containerId) {
        containers.reopenLog(containerId);
    }

    @Override
    public ExecOutcome exec(String containerId, List<String> command, Duration timeout) {
        return containers.exec(containerId, command, timeout);
    }

    @Override
    public URI exec(String containerId, List<String> command, StreamOptions options) {
        return containers.exec(containerId, command, options);
    }

    @Override
    public URI attach(String containerId, StreamOptions options) {
        return containers.attach(containerId, options);
    }

    @Override
    public List<ContainerUsage> usage() {
        return containers.usage();
    }

    @Override
    public List<RuntimeImage> images() {
        return images.list();
    }

    @Override
    public Optional<RuntimeImage> image(String reference) {
        return images.find(reference);
    }

    @Override
    public String pullImage(String reference, Optional<RegistryLogin> login, SandboxSpec sandbox) {
        return images.pull(reference, login, sandbox);
    }

    @Override
    public void removeImage(String reference) {
        images.remove(reference);
    }

    @Override
    public ImageView viewImage(String reference, String key) {
        return images.view(reference, key);
    }

    @Override
    public void releaseImageView(String key) {
        images.releaseView(key);
    }

    @Override
    public ImageFilesystem imageFilesystem() {
        return images.filesystem();
    }

    @Override
    public void podCidr(String cidr) {
        UpdateRuntimeConfigRequest request = UpdateRuntimeConfigRequest.newBuilder()
                .setRuntimeConfig(RuntimeConfig.newBuilder()
                        .setNetworkConfig(NetworkConfig.newBuilder().setPodCidr(cidr)))
                .build();
        call(() -> connection.runtime().updateRuntimeConfig(request));
    }

    @Override
    public Optional<AutoCloseable> onChange(Runnable listener) {
        return Optional.of(events.subscribe(listener));
    }

    @Override
    public void close() {
        connection.close();
    }
}
