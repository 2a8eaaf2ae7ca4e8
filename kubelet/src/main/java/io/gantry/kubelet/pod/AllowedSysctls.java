package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodSecurityContext;
import io.gantry.api.core.v1.pod.Sysctl;
import io.gantry.api.core.v1.pod.Sysctls;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Kernel settings that a pod may change: those that harm nobody else, and those that the node's administrator allows
/// beside them (upstream `pkg/kubelet/sysctl`). Immutable.
public final class AllowedSysctls {
    /// Settings of a pod's own network or IPC namespace: others would change the host.
    private static final List<String> NET = List.of("net.");

    private static final List<String> IPC = List.of("kernel.shm", "kernel.msg", "fs.mqueue.");
    private static final String SEMAPHORES = "kernel.sem";

    private final List<String> beside;

    private AllowedSysctls(List<String> beside) {
        this.beside = beside;
    }

    /// @param beside names of unsafe ones, or prefixes of names that end with `*`
    /// @throws IllegalArgumentException naming what belongs to no namespace of a pod
    public static AllowedSysctls with(List<String> beside) {
        List<String> patterns = new ArrayList<>();
        for (String pattern : beside) {
            String name = normal(pattern);
            if (!ofNetwork(name) && !ofIpc(name)) {
                throw new IllegalArgumentException("the sysctls \"" + pattern + "\" are not known to be namespaced");
            }
            patterns.add(name);
        }
        return new AllowedSysctls(List.copyOf(patterns));
    }

    /// Why the pod is refused.
    Optional<PodStatusPlan.Ending> refusal(Pod pod) {
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

    private Optional<String> fault(Pod pod, Sysctl sysctl) {
        String name = normal(Objects.requireNonNullElse(sysctl.name(), ""));
        if (!Sysctls.SAFE.contains(name) && beside.stream().noneMatch(pattern -> matches(pattern, name))) {
            return Optional.of("\"" + name + "\" not allowlisted");
        }
        boolean net = ofNetwork(name);
        Boolean host = net ? pod.spec().hostNetwork() : pod.spec().hostIPC();
        return Boolean.TRUE.equals(host)
                ? Optional.of("\"" + name + "\" not allowed with host " + (net ? "net" : "ipc") + " enabled")
                : Optional.empty();
    }

    private static boolean matches(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    private static boolean ofNetwork(String name) {
        return NET.stream().anyMatch(name::startsWith);
    }

    private static boolean ofIpc(String name) {
        return name.equals(SEMAPHORES) || IPC.stream().anyMatch(name::startsWith);
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
