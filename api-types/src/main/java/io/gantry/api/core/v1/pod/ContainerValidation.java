package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.References;
import io.gantry.api.validation.TextForms;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One container of any sort (upstream `validateContainerCommon`).
final class ContainerValidation {
    private static final List<String> RECURSIVE_READ_ONLY = List.of("Disabled", "Enabled", "IfPossible");
    private static final List<String> RESTART_POLICIES = List.of("Always", "Never", "OnFailure");
    private static final List<String> RESTART_ACTIONS = List.of("Restart", "RestartAllContainers");
    private static final List<String> EXIT_OPERATORS = List.of("In", "NotIn");
    private static final int MOST_RULES = 20;
    private static final int MOST_EXIT_CODES = 255;

    private ContainerValidation() {}

    static void common(Container container, Set<String> volumes, String path, FieldErrors errors) {
        References.requiredFormat(container.name(), Names::label, path + ".name", errors);
        image(container, path, errors);
        ports(container.ports(), path + ".ports", errors);
        EnvironmentValidation.variables(container.env(), path + ".env", errors);
        EnvironmentValidation.sources(container.envFrom(), path + ".envFrom", errors);
        mounts(container, volumes, path + ".volumeMounts", errors);
        devices(container, volumes, path + ".volumeDevices", errors);
        ResourceValidation.requirements(container.resources(), path + ".resources", errors);
        SecurityValidation.container(container.securityContext(), path + ".securityContext", errors);
        restarts(container, path, errors);
    }

    private static void restarts(Container container, String path, FieldErrors errors) {
        List<ContainerRestartRule> rules = container.restartPolicyRules();
        if (container.restartPolicy() != null) {
            References.oneOf(container.restartPolicy(), RESTART_POLICIES, path + ".restartPolicy", errors);
        } else if (!rules.isEmpty()) {
            errors.required(path + ".restartPolicy", "must specify restartPolicy when restart rules are used");
        }
        if (rules.size() > MOST_RULES) {
            errors.tooMany(path + ".restartPolicyRules", rules.size(), MOST_RULES);
        }
        for (int i = 0; i < rules.size(); i++) {
            String at = path + ".restartPolicyRules[" + i + "]";
            References.oneOf(text(rules.get(i).action()), RESTART_ACTIONS, at + ".action", errors);
            ContainerRestartRuleOnExitCodes codes = rules.get(i).exitCodes();
            if (codes == null) {
                errors.required(at + ".exitCodes", "must be specified");
                continue;
            }
            References.oneOf(text(codes.operator()), EXIT_OPERATORS, at + ".exitCodes.operator", errors);
            if (codes.values().size() > MOST_EXIT_CODES) {
                errors.tooMany(at + ".exitCodes.values", codes.values().size(), MOST_EXIT_CODES);
            }
        }
    }

    /// Probes and lifecycle of a container that keeps running.
    static void running(Container container, @Nullable Long grace, String path, FieldErrors errors) {
        ProbeValidation.lifecycle(container.lifecycle(), grace, path + ".lifecycle", errors);
        ProbeValidation.liveness(container.livenessProbe(), path + ".livenessProbe", errors);
        ProbeValidation.readiness(container.readinessProbe(), path + ".readinessProbe", errors);
        ProbeValidation.liveness(container.startupProbe(), path + ".startupProbe", errors);
    }

    /// What an init container that ends may not have.
    static void ending(Container container, String path, FieldErrors errors) {
        String why = "may not be set for init containers without restartPolicy=Always";
        forbidden(container.lifecycle(), path + ".lifecycle", why, errors);
        forbidden(container.livenessProbe(), path + ".livenessProbe", why, errors);
        forbidden(container.readinessProbe(), path + ".readinessProbe", why, errors);
        forbidden(container.startupProbe(), path + ".startupProbe", why, errors);
    }

    private static void forbidden(@Nullable Object value, String path, String why, FieldErrors errors) {
        if (value != null) {
            errors.forbidden(path, why);
        }
    }

    private static void image(Container container, String path, FieldErrors errors) {
        if (text(container.image()).isEmpty()) {
            errors.required(path + ".image", "");
        }
    }

    /// What is asked of a pod's containers and not of a template's (upstream `validateContainerOnlyForPod`).
    static void onlyForPod(Container container, String path, FieldErrors errors) {
        String image = text(container.image());
        if (!image.equals(image.strip())) {
            errors.invalid(path + ".image", image, "must not have leading or trailing whitespace");
        }
    }

    private static void ports(List<ContainerPort> ports, String path, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            ContainerPort port = ports.get(i);
            String at = path + "[" + i + "]";
            String name = text(port.name());
            if (!name.isEmpty()) {
                List<String> faults = TextForms.portName(name);
                faults.forEach(m -> errors.invalid(at + ".name", name, m));
                if (faults.isEmpty() && !names.add(name)) {
                    errors.duplicate(at + ".name", name);
                }
            }
            Integer number = port.containerPort();
            if (number == null || number == 0) {
                errors.required(at + ".containerPort", "");
            } else {
                Numbers.port(number, at + ".containerPort", errors);
            }
            if (port.hostPort() != null && port.hostPort() != 0) {
                Numbers.port(port.hostPort(), at + ".hostPort", errors);
            }
            if (!text(port.hostIP()).isEmpty()) {
                References.ip(port.hostIP(), at + ".hostIP", errors);
            }
        }
    }

    private static void mounts(Container container, Set<String> volumes, String path, FieldErrors errors) {
        Set<String> mountPaths = new HashSet<>();
        for (int i = 0; i < container.volumeMounts().size(); i++) {
            VolumeMount mount = container.volumeMounts().get(i);
            String at = path + "[" + i + "]";
            String name = text(mount.name());
            if (name.isEmpty()) {
                errors.required(at + ".name", "");
            } else if (!volumes.contains(name)) {
                errors.notFound(at + ".name", name);
            }
            String mountPath = text(mount.mountPath());
            References.required(mountPath, at + ".mountPath", errors);
            if (!mountPaths.add(mountPath)) {
                errors.invalid(at + ".mountPath", mountPath, "must be unique");
            }
            subPath(mount, at, errors);
            propagation(container, mount, at, errors);
            recursiveReadOnly(mount, at, errors);
        }
    }

    private static void subPath(VolumeMount mount, String at, FieldErrors errors) {
        if (!text(mount.subPath()).isEmpty()) {
            References.descendingPath(text(mount.subPath()), at + ".subPath", errors);
        }
        if (!text(mount.subPathExpr()).isEmpty()) {
            if (!text(mount.subPath()).isEmpty()) {
                errors.invalid(
                        at + ".subPathExpr", mount.subPathExpr(), "subPathExpr and subPath are mutually exclusive");
            }
            References.descendingPath(text(mount.subPathExpr()), at + ".subPathExpr", errors);
        }
    }

    private static void propagation(Container container, VolumeMount mount, String at, FieldErrors errors) {
        SecurityContext context = container.securityContext();
        boolean privileged = context != null && Boolean.TRUE.equals(context.privileged());
        if ("Bidirectional".equals(mount.mountPropagation()) && !privileged) {
            errors.forbidden(
                    at + ".mountPropagation",
                    "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    /// Upstream `validateMountRecursiveReadOnly`.
    private static void recursiveReadOnly(VolumeMount mount, String at, FieldErrors errors) {
        String mode = mount.recursiveReadOnly();
        if (mode == null || mode.equals("Disabled")) {
            return;
        }
        String field = at + ".recursiveReadOnly";
        if (!RECURSIVE_READ_ONLY.contains(mode)) {
            errors.notSupported(field, mode, RECURSIVE_READ_ONLY);
            return;
        }
        if (!Boolean.TRUE.equals(mount.readOnly())) {
            errors.forbidden(field, "may only be specified when readOnly is true");
        }
        String propagation = mount.mountPropagation();
        if (propagation != null && !propagation.equals("None")) {
            errors.forbidden(field, "may only be specified when mountPropagation is None or not specified");
        }
    }

    private static void devices(Container container, Set<String> volumes, String path, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < container.volumeDevices().size(); i++) {
            VolumeDevice device = container.volumeDevices().get(i);
            String at = path + "[" + i + "]";
            String name = text(device.name());
            String devicePath = text(device.devicePath());
            References.required(name, at + ".name", errors);
            References.required(devicePath, at + ".devicePath", errors);
            if (!names.add(name)) {
                errors.invalid(at + ".name", name, "must be unique");
            }
            if (!paths.add(devicePath)) {
                errors.invalid(at + ".devicePath", devicePath, "must be unique");
            }
            if (!name.isEmpty() && !volumes.contains(name)) {
                errors.notFound(at + ".name", name);
            }
        }
    }
}
