package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A pod spec, by itself or in a template (upstream `ValidatePodSpec`).
public final class PodSpecValidation {
    private PodSpecValidation() {}

    /// Faults of a pod spec.
    ///
    /// @param path of the spec, e.g. `spec` or `spec.template.spec`
    public static void check(PodSpec spec, String path, FieldErrors errors) {
        VolumeValidation.volumes(spec.volumes(), path + ".volumes", errors);
        ResourceClaimValidation.ofPod(spec.resourceClaims(), path + ".resourceClaims", errors);
        FileKeyValidation.check(spec, path, errors);
        containers(spec, path, errors);
        PodDnsValidation.hostname(spec, path, errors);
        names(spec, path, errors);
        LabelValidation.labels(spec.nodeSelector(), path + ".nodeSelector", errors);
        SecurityValidation.pod(spec.securityContext(), path + ".securityContext", errors);
        SecurityValidation.procMounts(spec, path, errors);
        host(spec, path, errors);
        SchedulingValidation.affinity(spec.affinity(), path + ".affinity", errors);
        PodDnsValidation.check(spec, path, errors);
        SchedulingValidation.spread(spec.topologySpreadConstraints(), path + ".topologySpreadConstraints", errors);
        SchedulingValidation.tolerations(spec.tolerations(), path + ".tolerations", errors);
        PodDnsValidation.hostAliases(spec.hostAliases(), path + ".hostAliases", errors);
        gates(spec, path, errors);
        ResourceValidation.requirements(spec.resources(), path + ".resources", errors);
        ResourceValidation.overhead(spec.overhead(), path + ".overhead", errors);
        PreemptionPolicy.check(spec.preemptionPolicy(), path + ".preemptionPolicy", errors);
        os(spec.os(), path + ".os", errors);
    }

    private static void os(@Nullable PodOS os, String path, FieldErrors errors) {
        if (os != null && text(os.name()).isEmpty()) {
            errors.required(path + ".name", "");
        } else if (os != null) {
            References.oneOf(os.name(), List.of("linux", "windows"), path, errors);
        }
    }

    /// Faults of a pod's own spec that a template's may have.
    static void onlyForPod(PodSpec spec, String path, FieldErrors errors) {
        onlyForPod(spec.containers(), path + ".containers", errors);
        onlyForPod(spec.initContainers(), path + ".initContainers", errors);
        EphemeralContainerValidation.onlyForPod(spec, path + ".ephemeralContainers", errors);
    }

    private static void onlyForPod(List<Container> containers, String path, FieldErrors errors) {
        for (int i = 0; i < containers.size(); i++) {
            ContainerValidation.onlyForPod(containers.get(i), path + "[" + i + "]", errors);
        }
    }

    private static void names(PodSpec spec, String path, FieldErrors errors) {
        Long deadline = spec.activeDeadlineSeconds();
        if (deadline != null && (deadline < 1 || deadline > Integer.MAX_VALUE)) {
            errors.invalid(path + ".activeDeadlineSeconds", deadline, "must be between 1 and 2147483647, inclusive");
        }
        References.optional(spec.serviceAccountName(), Names::subdomain, path + ".serviceAccountName", errors);
        References.optional(spec.nodeName(), Names::subdomain, path + ".nodeName", errors);
        References.optional(spec.hostname(), Names::label, path + ".hostname", errors);
        References.optional(spec.subdomain(), Names::label, path + ".subdomain", errors);
        References.optional(spec.priorityClassName(), Names::subdomain, path + ".priorityClassName", errors);
        References.optional(spec.runtimeClassName(), Names::subdomain, path + ".runtimeClassName", errors);
    }

    private static void containers(PodSpec spec, String path, FieldErrors errors) {
        Set<String> volumes = spec.volumes().stream().map(v -> text(v.name())).collect(Collectors.toSet());
        Set<String> names = new HashSet<>();
        Long grace = spec.terminationGracePeriodSeconds();
        if (spec.containers().isEmpty()) {
            errors.required(path + ".containers", "");
        }
        for (int i = 0; i < spec.containers().size(); i++) {
            Container container = spec.containers().get(i);
            String at = path + ".containers[" + i + "]";
            ContainerValidation.common(container, volumes, at, errors);
            claims(container, spec, at, errors);
            unique(container.name(), names, at, errors);
            ContainerValidation.running(container, grace, at, errors);
        }
        hostPorts(spec.containers(), path + ".containers", new HashSet<>(), errors);
        for (int i = 0; i < spec.initContainers().size(); i++) {
            Container container = spec.initContainers().get(i);
            String at = path + ".initContainers[" + i + "]";
            ContainerValidation.common(container, volumes, at, errors);
            claims(container, spec, at, errors);
            unique(container.name(), names, at, errors);
            if (PodResources.isSidecar(container)) {
                ContainerValidation.running(container, grace, at, errors);
            } else {
                ContainerValidation.ending(container, at, errors);
            }
            hostPorts(List.of(container), at, new HashSet<>(), errors);
        }
        EphemeralContainerValidation.check(spec, volumes, names, path + ".ephemeralContainers", errors);
    }

    private static void claims(Container container, PodSpec spec, String at, FieldErrors errors) {
        ResourceClaimValidation.ofContainer(
                container.resources(), spec.resourceClaims(), at + ".resources.claims", errors);
    }

    private static void unique(String name, Set<String> names, String at, FieldErrors errors) {
        if (!text(name).isEmpty() && !names.add(name)) {
            errors.duplicate(at + ".name", name);
        }
    }

    private static void hostPorts(List<Container> containers, String path, Set<String> seen, FieldErrors errors) {
        for (int c = 0; c < containers.size(); c++) {
            List<ContainerPort> ports = containers.get(c).ports();
            for (int p = 0; p < ports.size(); p++) {
                ContainerPort port = ports.get(p);
                if (port.hostPort() == null || port.hostPort() == 0) {
                    continue;
                }
                String key = port.protocol() + "/" + text(port.hostIP()) + "/" + port.hostPort();
                if (!seen.add(key)) {
                    String container = path.endsWith("]") ? path : path + "[" + c + "]";
                    errors.duplicate(container + ".ports[" + p + "].hostPort", key);
                }
            }
        }
    }

    private static void host(PodSpec spec, String path, FieldErrors errors) {
        if (Boolean.TRUE.equals(spec.hostNetwork())) {
            for (int c = 0; c < spec.containers().size(); c++) {
                List<ContainerPort> ports = spec.containers().get(c).ports();
                for (int p = 0; p < ports.size(); p++) {
                    Integer hostPort = ports.get(p).hostPort();
                    if (hostPort != null
                            && hostPort != 0
                            && !hostPort.equals(ports.get(p).containerPort())) {
                        errors.invalid(
                                path + ".containers[" + c + "].ports[" + p + "].containerPort",
                                ports.get(p).containerPort(),
                                "must match `hostPort` when `hostNetwork` is true");
                    }
                }
            }
        }
        if (Boolean.TRUE.equals(spec.shareProcessNamespace()) && Boolean.TRUE.equals(spec.hostPID())) {
            errors.invalid(
                    path + ".shareProcessNamespace", true, "ShareProcessNamespace and HostPID cannot both be enabled");
        }
    }

    private static void gates(PodSpec spec, String path, FieldErrors errors) {
        for (int i = 0; i < spec.readinessGates().size(); i++) {
            References.format(
                    spec.readinessGates().get(i).conditionType(),
                    Names::qualified,
                    path + ".readinessGates[" + i + "].conditionType",
                    errors);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < spec.schedulingGates().size(); i++) {
            String name = text(spec.schedulingGates().get(i).name());
            String at = path + ".schedulingGates[" + i + "]";
            References.format(name, Names::qualified, at, errors);
            if (!seen.add(name)) {
                errors.duplicate(at, name);
            }
        }
    }
}
