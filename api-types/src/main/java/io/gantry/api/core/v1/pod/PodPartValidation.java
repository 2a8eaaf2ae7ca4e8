package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.resource.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /// Amounts of CPU and memory may change as long as the class of service stays.
    static void resize(Pod pod, Pod old, FieldErrors errors) {
        PodSpecValidation.check(pod.spec(), "spec", errors);
        ofPod(pod, old, errors);
        boolean same =
                sameContainers("containers", pod.spec().containers(), old.spec().containers(), errors);
        same &= sameContainers(
                "initContainers", pod.spec().initContainers(), old.spec().initContainers(), errors);
        if (!same) {
            return;
        }
        if (QosClass.of(pod.spec()) != QosClass.of(old.spec())) {
            errors.invalid(
                    "spec", text(old.status().qosClass()), "Pod QOS Class may not change as a result of resizing");
        }
        amounts("containers", pod.spec().containers(), old.spec().containers(), errors);
        amounts("initContainers", pod.spec().initContainers(), old.spec().initContainers(), errors);
    }

    private static boolean sameContainers(
            String list, List<Container> now, List<Container> before, FieldErrors errors) {
        List<String> names = now.stream().map(c -> text(c.name())).toList();
        List<String> known = before.stream().map(c -> text(c.name())).toList();
        if (names.size() != known.size()) {
            errors.forbidden("spec." + list, list + " may not be added or removed on resize");
        } else {
            for (int i = 0; i < names.size(); i++) {
                if (!names.get(i).equals(known.get(i))) {
                    errors.forbidden(
                            "spec." + list + "[" + i + "].name", list + " may not be renamed or reordered on resize");
                }
            }
        }
        return names.equals(known);
    }

    private static void amounts(String list, List<Container> now, List<Container> before, FieldErrors errors) {
        for (int i = 0; i < now.size(); i++) {
            Container container = now.get(i);
            String path = "spec." + list + "[" + i + "].resources";
            kept(before.get(i), container, path, errors);
            boolean initial = list.equals("initContainers");
            String at = "spec." + list + "[" + i + "]";
            if (!others(container).equals(others(before.get(i)))) {
                errors.forbidden(
                        initial ? at : "spec",
                        initial
                                ? "only cpu and memory resources for init or sidecar containers are mutable"
                                : "only cpu and memory resources are mutable");
            }
            boolean once = initial && !PodResources.isSidecar(container);
            if (once && !amounts(container).equals(amounts(before.get(i)))) {
                unrestarted(container, at, errors);
            }
        }
    }

    private static void unrestarted(Container container, String at, FieldErrors errors) {
        container.resizePolicy().stream()
                .filter(policy -> "RestartContainer".equals(policy.restartPolicy()))
                .forEach(policy -> errors.forbidden(
                        at, "non-sidecar init containers with a resize policy of RestartContainer cannot be resized"));
    }

    /// Amounts of the whole pod may be added and changed, not removed.
    private static void ofPod(Pod pod, Pod old, FieldErrors errors) {
        ResourceRequirements before = old.spec().resources();
        ResourceRequirements now = pod.spec().resources();
        if (before != null && now == null) {
            errors.forbidden("spec.resources", "pod-level resources cannot be removed");
            return;
        }
        if (removed(PodResources.requestsOf(before), PodResources.requestsOf(now))) {
            errors.forbidden("spec.resources.requests", "pod-level resource requests cannot be removed");
        }
        if (removed(PodResources.limitsOf(before), PodResources.limitsOf(now))) {
            errors.forbidden("spec.resources.limits", "pod-level resource limits cannot be removed");
        }
        boolean others = !rest(PodResources.requestsOf(before)).equals(rest(PodResources.requestsOf(now)))
                || !rest(PodResources.limitsOf(before)).equals(rest(PodResources.limitsOf(now)));
        if (others) {
            errors.forbidden("spec", "only cpu and memory resources are mutable at pod-level");
        }
    }

    private static boolean removed(Map<String, Quantity> before, Map<String, Quantity> now) {
        return !now.keySet().containsAll(before.keySet());
    }

    private static List<Map<String, Quantity>> amounts(Container container) {
        return List.of(PodResources.requestsOf(container.resources()), PodResources.limitsOf(container.resources()));
    }

    /// The container without what may change.
    private static Container others(Container container) {
        ResourceRequirements resources = new ResourceRequirements(
                rest(PodResources.limitsOf(container.resources())),
                rest(PodResources.requestsOf(container.resources())),
                container.resources() == null
                        ? List.of()
                        : container.resources().claims());
        return ContainerBuilder.builder(container).resources(resources).build();
    }

    private static Map<String, Quantity> rest(Map<String, Quantity> amounts) {
        Map<String, Quantity> rest = new LinkedHashMap<>(amounts);
        rest.keySet().removeAll(List.of("cpu", "memory"));
        return rest;
    }

    private static void kept(Container before, Container now, String path, FieldErrors errors) {
        if (removed(PodResources.requestsOf(before.resources()), PodResources.requestsOf(now.resources()))) {
            errors.forbidden(path + ".requests", "resource requests cannot be removed");
        }
        if (removed(PodResources.limitsOf(before.resources()), PodResources.limitsOf(now.resources()))) {
            errors.forbidden(path + ".limits", "resource limits cannot be removed");
        }
    }
}
