package io.gantry.kubelet.cri;

import static io.gantry.kubelet.cri.CriConnection.call;
import static io.gantry.kubelet.cri.CriConnection.found;

import io.gantry.kubelet.cri.v1.AttachRequest;
import io.gantry.kubelet.cri.v1.ContainerFilter;
import io.gantry.kubelet.cri.v1.ContainerStatusRequest;
import io.gantry.kubelet.cri.v1.CreateContainerRequest;
import io.gantry.kubelet.cri.v1.ExecRequest;
import io.gantry.kubelet.cri.v1.ExecSyncRequest;
import io.gantry.kubelet.cri.v1.ExecSyncResponse;
import io.gantry.kubelet.cri.v1.ListContainerStatsRequest;
import io.gantry.kubelet.cri.v1.ListContainersRequest;
import io.gantry.kubelet.cri.v1.RemoveContainerRequest;
import io.gantry.kubelet.cri.v1.ReopenContainerLogRequest;
import io.gantry.kubelet.cri.v1.StartContainerRequest;
import io.gantry.kubelet.cri.v1.StopContainerRequest;
import io.gantry.kubelet.cri.v1.UpdateContainerResourcesRequest;
import io.gantry.kubelet.runtime.ContainerSpec;
import io.gantry.kubelet.runtime.ContainerUsage;
import io.gantry.kubelet.runtime.ExecOutcome;
import io.gantry.kubelet.runtime.LinuxResources;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeLabels;
import io.gantry.kubelet.runtime.RuntimeVersion;
import io.gantry.kubelet.runtime.SandboxSpec;
import io.gantry.kubelet.runtime.StreamOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Containers over CRI, and what is run in them. What goes in, comes out and fails is as [ContainerRuntime] has it.
/// Thread-safe.
final class CriContainers {
    private static final Pattern BEFORE_CDI = Pattern.compile("^v?(0\\.|1\\.[0-6]\\b)");
    /// What runs without a timeout; calls have a deadline in any case.
    private static final Duration FOREVER = Duration.ofDays(365);

    private final CdiSpecs cdi = new CdiSpecs();
    private final CriConnection connection;
    private final Supplier<RuntimeVersion> version;

    /// @param version of the runtime
    CriContainers(CriConnection connection, Supplier<RuntimeVersion> version) {
        this.connection = connection;
        this.version = version;
    }

    List<RuntimeContainer> list(String podUid) {
        ContainerFilter.Builder filter = ContainerFilter.newBuilder();
        if (!podUid.isEmpty()) {
            filter.putLabelSelector(RuntimeLabels.POD_UID, podUid);
        }
        ListContainersRequest request =
                ListContainersRequest.newBuilder().setFilter(filter).build();
        return call(() -> connection.runtime().listContainers(request)).getContainersList().stream()
                .map(CriViews::container)
                .sorted(Comparator.comparing(RuntimeContainer::createdAt).reversed())
                .toList();
    }

    Optional<RuntimeContainer> find(String containerId) {
        ContainerStatusRequest request =
                ContainerStatusRequest.newBuilder().setContainerId(containerId).build();
        return found(() ->
                CriViews.container(connection.runtime().containerStatus(request).getStatus()));
    }

    String create(String sandboxId, ContainerSpec spec, SandboxSpec sandbox) {
        CreateContainerRequest request = CreateContainerRequest.newBuilder()
                .setPodSandboxId(sandboxId)
                .setConfig(CriSpecs.container(known(spec)))
                .setSandboxConfig(CriSpecs.sandbox(sandbox))
                .build();
        return call(() -> connection.runtime().createContainer(request)).getContainerId();
    }

    /// containerd reads what drivers say of devices from 1.7 on; for an older one it is done here.
    private ContainerSpec known(ContainerSpec spec) {
        if (spec.cdiDevices().isEmpty()) {
            return spec;
        }
        RuntimeVersion known = version.get();
        boolean knowsCdi = !known.name().equals("containerd")
                || !BEFORE_CDI.matcher(known.version()).find();
        return knowsCdi ? spec : cdi.apply(spec);
    }

    void start(String containerId) {
        StartContainerRequest request =
                StartContainerRequest.newBuilder().setContainerId(containerId).build();
        call(() -> connection.runtime().startContainer(request));
    }

    void stop(String containerId, Duration timeout) {
        StopContainerRequest request = StopContainerRequest.newBuilder()
                .setContainerId(containerId)
                .setTimeout(timeout.toSeconds())
                .build();
        found(() -> connection.runtime(CriConnection.CALL.plus(timeout)).stopContainer(request));
    }

    void remove(String containerId) {
        RemoveContainerRequest request =
                RemoveContainerRequest.newBuilder().setContainerId(containerId).build();
        found(() -> connection.runtime().removeContainer(request));
    }

    void update(String containerId, LinuxResources resources) {
        UpdateContainerResourcesRequest request = UpdateContainerResourcesRequest.newBuilder()
                .setContainerId(containerId)
                .setLinux(CriSpecs.resources(resources))
                .build();
        call(() -> connection.runtime().updateContainerResources(request));
    }

    void reopenLog(String containerId) {
        ReopenContainerLogRequest request = ReopenContainerLogRequest.newBuilder()
                .setContainerId(containerId)
                .build();
        call(() -> connection.runtime().reopenContainerLog(request));
    }

    ExecOutcome exec(String containerId, List<String> command, Duration timeout) {
        ExecSyncRequest request = ExecSyncRequest.newBuilder()
                .setContainerId(containerId)
                .addAllCmd(command)
                .setTimeout(timeout.toSeconds())
                .build();
        Duration deadline = timeout.isZero() ? FOREVER : timeout.plus(CriConnection.CALL);
        ExecSyncResponse response = call(() -> connection.runtime(deadline).execSync(request));
        return new ExecOutcome(
                response.getExitCode(),
                response.getStdout().toStringUtf8(),
                response.getStderr().toStringUtf8());
    }

    URI exec(String containerId, List<String> command, StreamOptions options) {
        ExecRequest request = ExecRequest.newBuilder()
                .setContainerId(containerId)
                .addAllCmd(command)
                .setTty(options.tty())
                .setStdin(options.stdin())
                .setStdout(options.stdout())
                .setStderr(options.stderr())
                .build();
        return URI.create(call(() -> connection.runtime().exec(request)).getUrl());
    }

    URI attach(String containerId, StreamOptions options) {
        AttachRequest request = AttachRequest.newBuilder()
                .setContainerId(containerId)
                .setTty(options.tty())
                .setStdin(options.stdin())
                .setStdout(options.stdout())
                .setStderr(options.stderr())
                .build();
        return URI.create(call(() -> connection.runtime().attach(request)).getUrl());
    }

    List<ContainerUsage> usage() {
        return call(() -> connection.runtime().listContainerStats(ListContainerStatsRequest.getDefaultInstance()))
                .getStatsList()
                .stream()
                .map(CriViews::usage)
                .toList();
    }
}
