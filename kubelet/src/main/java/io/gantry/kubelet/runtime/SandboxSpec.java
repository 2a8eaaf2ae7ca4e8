package io.gantry.kubelet.runtime;

import io.gantry.api.Copies;
import java.util.List;
import java.util.Map;

/// A sandbox to run.
///
/// @param hostname empty on the host's network
/// @param logDirectory where its containers' logs go
/// @param cgroupParent empty for the runtime's default
public record SandboxSpec(
        PodIdentity pod,
        int attempt,
        String hostname,
        String logDirectory,
        DnsSpec dns,
        List<PortSpec> ports,
        Map<String, String> labels,
        Map<String, String> annotations,
        String cgroupParent,
        Map<String, String> sysctls,
        SecuritySpec security,
        LinuxResources resources,
        String runtimeHandler) {
    public SandboxSpec {
        ports = List.copyOf(ports);
        labels = Copies.map(labels);
        annotations = Copies.map(annotations);
        sysctls = Copies.map(sysctls);
    }
}
