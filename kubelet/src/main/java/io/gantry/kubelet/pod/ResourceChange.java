package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerResizePolicy;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.resource.Quantity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which resources of a container differ between what it has and what it should have; only CPU and memory can change
/// while it runs. Pure.
///
/// @param changed `cpu`, `memory`, both or none
record ResourceChange(Set<String> changed) {
    private static final List<String> RESIZABLE = List.of("cpu", "memory");
    private static final String RESTART = "RestartContainer";

    static ResourceChange between(@Nullable ResourceRequirements before, @Nullable ResourceRequirements now) {
        Set<String> changed = new LinkedHashSet<>();
        for (String resource : RESIZABLE) {
            if (differ(requests(before), requests(now), resource) || differ(limits(before), limits(now), resource)) {
                changed.add(resource);
            }
        }
        return new ResourceChange(changed);
    }

    boolean isEmpty() {
        return changed.isEmpty();
    }

    /// Whether the container asks to be restarted for one of the changes.
    boolean restarts(Container container) {
        return container.resizePolicy().stream()
                .filter(policy -> RESTART.equals(policy.restartPolicy()))
                .map(ContainerResizePolicy::resourceName)
                .anyMatch(changed::contains);
    }

    private static boolean differ(Map<String, Quantity> before, Map<String, Quantity> now, String resource) {
        return before.getOrDefault(resource, Quantity.ZERO).compareTo(now.getOrDefault(resource, Quantity.ZERO)) != 0
                || before.containsKey(resource) != now.containsKey(resource);
    }

    private static Map<String, Quantity> requests(@Nullable ResourceRequirements resources) {
        return resources == null ? Map.of() : resources.requests();
    }

    private static Map<String, Quantity> limits(@Nullable ResourceRequirements resources) {
        return resources == null ? Map.of() : resources.limits();
    }
}
