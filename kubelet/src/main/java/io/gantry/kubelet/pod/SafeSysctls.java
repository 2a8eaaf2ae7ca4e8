package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodSecurityContext;
import io.gantry.api.core.v1.pod.Sysctl;
import io.gantry.api.core.v1.pod.Sysctls;
import java.util.Objects;
import java.util.Optional;

/// Kernel settings that a pod may change because they are its own and harm nobody else (upstream
/// `pkg/kubelet/sysctl`). Pure.
final class SafeSysctls {
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
        if (!Sysctls.SAFE.contains(name)) {
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
