package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.pod.ContainerPort;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodSecurityContext;
import io.gantry.api.core.v1.pod.Sysctl;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.runtime.LinuxResources;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.PortSpec;
import io.gantry.kubelet.runtime.RuntimeLabels;
import io.gantry.kubelet.runtime.SandboxSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Sandbox specs of pods (upstream `kuberuntime_sandbox.go`). Pure.
///
/// @param logs root of the pods' logs
public record SandboxSpecs(Path logs, Resolv resolv, String clusterDomain, Security security) {
    /// @param cgroupParent the pod's cgroup; empty for the runtime's default
    /// @param runtimeHandler which of the runtime's handlers runs it; empty for the default
    public SandboxSpec of(Pod pod, int attempt, String cgroupParent, String runtimeHandler) {
        PodIdentity id = PodIdentity.of(pod);
        Map<String, String> labels = new LinkedHashMap<>(pod.metadata().labels());
        labels.put(RuntimeLabels.POD_NAME, id.name());
        labels.put(RuntimeLabels.POD_NAMESPACE, id.namespace());
        labels.put(RuntimeLabels.POD_UID, id.uid());
        Map<String, String> annotations = new LinkedHashMap<>(pod.metadata().annotations());
        annotations.putIfAbsent("kubernetes.io/config.source", "api");
        boolean hostNetwork = Boolean.TRUE.equals(pod.spec().hostNetwork());
        return new SandboxSpec(
                id,
                attempt,
                hostNetwork ? "" : Hostnames.of(pod, clusterDomain).shown(pod),
                logs.resolve(id.logFolder()).toString(),
                resolv.of(pod),
                ports(pod),
                labels,
                annotations,
                cgroupParent,
                sysctls(pod),
                security.sandbox(pod),
                LinuxResources.NONE,
                runtimeHandler);
    }

    private static List<PortSpec> ports(Pod pod) {
        List<PortSpec> ports = new ArrayList<>();
        for (PodContainer container : PodContainer.all(pod)) {
            for (ContainerPort port : container.spec().ports()) {
                ports.add(new PortSpec(
                        Objects.requireNonNullElse(port.protocol(), "TCP"),
                        port.containerPort(),
                        Objects.requireNonNullElse(port.hostPort(), 0),
                        Objects.requireNonNullElse(port.hostIP(), "")));
            }
        }
        return ports;
    }

    private static Map<String, String> sysctls(Pod pod) {
        PodSecurityContext context = pod.spec().securityContext();
        Map<String, String> sysctls = new LinkedHashMap<>();
        if (context != null) {
            for (Sysctl sysctl : context.sysctls()) {
                sysctls.put(sysctl.name().replace('/', '.'), sysctl.value());
            }
        }
        return sysctls;
    }
}
