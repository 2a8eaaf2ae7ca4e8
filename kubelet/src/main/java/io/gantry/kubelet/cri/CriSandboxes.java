package io.gantry.kubelet.cri;

import static io.gantry.kubelet.cri.CriConnection.call;
import static io.gantry.kubelet.cri.CriConnection.found;

import io.gantry.kubelet.cri.v1.ListPodSandboxRequest;
import io.gantry.kubelet.cri.v1.PodSandboxFilter;
import io.gantry.kubelet.cri.v1.PodSandboxStatusRequest;
import io.gantry.kubelet.cri.v1.PortForwardRequest;
import io.gantry.kubelet.cri.v1.RemovePodSandboxRequest;
import io.gantry.kubelet.cri.v1.RunPodSandboxRequest;
import io.gantry.kubelet.cri.v1.StopPodSandboxRequest;
import io.gantry.kubelet.runtime.RuntimeLabels;
import io.gantry.kubelet.runtime.Sandbox;
import io.gantry.kubelet.runtime.SandboxSpec;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Pods' sandboxes over CRI. What goes in, comes out and fails is as [ContainerRuntime] has it. Thread-safe.
final class CriSandboxes {
    /// Upstream gives what makes a sandbox twice as long as other calls (`remote_runtime.go`, `RunPodSandbox`).
    private static final Duration RUN = CriConnection.CALL.multipliedBy(2);

    private final CriConnection connection;

    CriSandboxes(CriConnection connection) {
        this.connection = connection;
    }

    List<Sandbox> list(String podUid) {
        PodSandboxFilter.Builder filter = PodSandboxFilter.newBuilder();
        if (!podUid.isEmpty()) {
            filter.putLabelSelector(RuntimeLabels.POD_UID, podUid);
        }
        ListPodSandboxRequest request =
                ListPodSandboxRequest.newBuilder().setFilter(filter).build();
        return call(() -> connection.runtime().listPodSandbox(request)).getItemsList().stream()
                .map(CriViews::sandbox)
                .sorted(Comparator.comparing(Sandbox::createdAt).reversed())
                .toList();
    }

    Optional<Sandbox> find(String sandboxId) {
        PodSandboxStatusRequest request =
                PodSandboxStatusRequest.newBuilder().setPodSandboxId(sandboxId).build();
        return found(() ->
                CriViews.sandbox(connection.runtime().podSandboxStatus(request).getStatus()));
    }

    String run(SandboxSpec spec) {
        RunPodSandboxRequest request = RunPodSandboxRequest.newBuilder()
                .setConfig(CriSpecs.sandbox(spec))
                .setRuntimeHandler(spec.runtimeHandler())
                .build();
        return call(() -> connection.runtime(RUN).runPodSandbox(request)).getPodSandboxId();
    }

    void stop(String sandboxId) {
        StopPodSandboxRequest request =
                StopPodSandboxRequest.newBuilder().setPodSandboxId(sandboxId).build();
        found(() -> connection.runtime().stopPodSandbox(request));
    }

    void remove(String sandboxId) {
        RemovePodSandboxRequest request =
                RemovePodSandboxRequest.newBuilder().setPodSandboxId(sandboxId).build();
        found(() -> connection.runtime().removePodSandbox(request));
    }

    URI portForward(String sandboxId, List<Integer> ports) {
        PortForwardRequest request = PortForwardRequest.newBuilder()
                .setPodSandboxId(sandboxId)
                .addAllPort(ports)
                .build();
        return URI.create(call(() -> connection.runtime().portForward(request)).getUrl());
    }
}
