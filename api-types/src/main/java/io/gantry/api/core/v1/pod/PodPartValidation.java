package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import java.util.List;
import java.util.Optional;

/// Updates of the subresources of pods that change a part of the spec (upstream `ValidatePodEphemeralContainersUpdate`,
/// `ValidatePodResize`).
final class PodPartValidation {
    private PodPartValidation() {}

    /// Ephemeral containers may be added, never changed or removed.
    static void ephemeralContainers(Pod pod, Pod old, FieldErrors errors) {
        PodSpecValidation.check(pod.spec(), "spec", errors);
        for (EphemeralContainer before : old.spec().ephemeralContainers()) {
            Optional<EphemeralContainer> now = pod.spec().ephemeralContainers().stream()
                    .filter(c -> text(c.name()).equals(text(before.name())))
                    .findFirst();
            if (now.isEmpty()) {
                forbid("removed", before, errors);
            } else if (!now.get().equals(before)) {
                forbid("changed", before, errors);
            }
        }
    }

    private static void forbid(String what, EphemeralContainer container, FieldErrors errors) {
        errors.forbidden(
                "spec.ephemeralContainers",
                "existing ephemeral containers \"" + container.name() + "\" may not be " + what + "\n");
    }

    /// Amounts may change as long as the class of service stays.
    static void resize(Pod pod, Pod old, FieldErrors errors) {
        PodSpecValidation.check(pod.spec(), "spec", errors);
        if (QosClass.of(pod.spec()) != QosClass.of(old.spec())) {
            errors.invalid(
                    "spec", text(old.status().qosClass()), "Pod QOS Class may not change as a result of resizing");
        }
        List<Container> containers = pod.spec().containers();
        for (int i = 0; i < Math.min(containers.size(), old.spec().containers().size()); i++) {
            kept(old.spec().containers().get(i), containers.get(i), "spec.containers[" + i + "].resources", errors);
        }
    }

    private static void kept(Container before, Container now, String path, FieldErrors errors) {
        boolean requests = PodResources.requestsOf(now.resources())
                .keySet()
                .containsAll(PodResources.requestsOf(before.resources()).keySet());
        boolean limits = PodResources.limitsOf(now.resources())
                .keySet()
                .containsAll(PodResources.limitsOf(before.resources()).keySet());
        if (!requests) {
            errors.forbidden(path + ".requests", "resource requests cannot be removed");
        }
        if (!limits) {
            errors.forbidden(path + ".limits", "resource limits cannot be removed");
        }
    }
}
