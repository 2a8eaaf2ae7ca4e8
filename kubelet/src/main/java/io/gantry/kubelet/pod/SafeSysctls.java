package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodSecurityContext;
import io.gantry.api.core.v1.pod.Sysctl;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Kernel settings that a pod may change because they are its own and harm nobody else (upstream
/// `pkg/kubelet/sysctl`). Pure.
final class SafeSysctls {
    private static final Set<String> NAMES = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem");

    private SafeSysctls() {}

    /// Why the pod is refused.
    static Optional<PodStatusPlan.Ending> refusal(Pod pod) {
        PodSecurityContext context = pod.spec().securityContext();
        if (context == null) {
            return Optional.empty();
        }
        return context.sysctls().stream()
                .map(sysctl -> fault(pod, sysctl))
                .flatMap(Optional::stream)
                .findFirst()
                .map(fault -> new PodStatusPlan.Ending("SysctlForbidden", "forbidden sysctl: " + fault));
    }

    private static Optional<String> fault(Pod pod, Sysctl sysctl) {
        String name = normal(Objects.requireNonNullElse(sysctl.name(), ""));
        if (!NAMES.contains(name)) {
            return Optional.of("\"" + name + "\" not allowlisted");
        }
        boolean net = name.startsWith("net.");
        Boolean host = net ? pod.spec().hostNetwork() : pod.spec().hostIPC();
        return Boolean.TRUE.equals(host)
                ? Optional.of("\"" + name + "\" not allowed with host " + (net ? "net" : "ipc") + " enabled")
                : Optional.empty();
    }

    /// With dots, where slashes were the separators.
    private static String normal(String name) {
        int dot = name.indexOf('.');
        int slash = name.indexOf('/');
        if (slash < 0 || dot >= 0 && dot < slash) {
            return name;
        }
        StringBuilder swapped = new StringBuilder();
        name.chars().forEach(c -> swapped.append((char) (c == '/' ? '.' : c == '.' ? '/' : c)));
        return swapped.toString();
    }
}
