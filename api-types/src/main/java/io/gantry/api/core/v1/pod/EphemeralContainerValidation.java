package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Ephemeral containers: like others, but without ports, probes, lifecycle and resources (upstream
/// `validateEphemeralContainers`).
final class EphemeralContainerValidation {
    private EphemeralContainerValidation() {}

    static void check(PodSpec spec, Set<String> volumes, Set<String> names, String path, FieldErrors errors) {
        Set<String> others = PodResources.allContainers(spec).stream()
                .map(c -> text(c.name()))
                .collect(Collectors.toCollection(HashSet::new));
        for (int i = 0; i < spec.ephemeralContainers().size(); i++) {
            EphemeralContainer ephemeral = spec.ephemeralContainers().get(i);
            String at = path + "[" + i + "]";
            ContainerValidation.common(asContainer(ephemeral), volumes, at, errors);
            String name = text(ephemeral.name());
            if (!name.isEmpty() && !names.add(name)) {
                errors.duplicate(at + ".name", name);
            }
            String target = text(ephemeral.targetContainerName());
            if (!target.isEmpty() && !others.contains(target)) {
                errors.notFound(at + ".targetContainerName", target);
            }
            forbidden(ephemeral, at, errors);
        }
    }

    static void onlyForPod(PodSpec spec, String path, FieldErrors errors) {
        for (int i = 0; i < spec.ephemeralContainers().size(); i++) {
            ContainerValidation.onlyForPod(
                    asContainer(spec.ephemeralContainers().get(i)), path + "[" + i + "]", errors);
        }
    }

    private static void forbidden(EphemeralContainer container, String at, FieldErrors errors) {
        forbid(!container.ports().isEmpty(), at + ".ports", errors);
        forbid(container.livenessProbe() != null, at + ".livenessProbe", errors);
        forbid(container.readinessProbe() != null, at + ".readinessProbe", errors);
        forbid(container.startupProbe() != null, at + ".startupProbe", errors);
        forbid(container.lifecycle() != null, at + ".lifecycle", errors);
        ResourceRequirements resources = container.resources();
        boolean sized = resources != null
                && !(resources.limits().isEmpty() && resources.requests().isEmpty());
        forbid(sized, at + ".resources", errors);
    }

    private static void forbid(boolean set, String path, FieldErrors errors) {
        if (set) {
            errors.forbidden(path, "cannot be set for an Ephemeral Container");
        }
    }

    /// The same as a container of any other kind.
    static Container asContainer(EphemeralContainer container) {
        return ContainerBuilder.builder()
                .name(container.name())
                .image(container.image())
                .env(container.env())
                .envFrom(container.envFrom())
                .volumeMounts(container.volumeMounts())
                .volumeDevices(container.volumeDevices())
                .securityContext(container.securityContext())
                .build();
    }
}
