package io.gantry.api.core.v1.pod;

import java.util.Set;

/// What is known of kernel settings by name.
public final class Sysctls {
    /// Those that a pod may change because they are its own and harm nobody else: kubelets take them, and the baseline
    /// of pod security allows them (upstream `pkg/kubelet/sysctl` and `pod-security-admission/policy`).
    public static final Set<String> SAFE = Set.of(
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

    private Sysctls() {}
}
