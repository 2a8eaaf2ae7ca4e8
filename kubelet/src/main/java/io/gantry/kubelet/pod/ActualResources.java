package io.gantry.kubelet.pod;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeLabels;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// What running containers have of CPU and memory: as they were created, or as they were changed since.
final class ActualResources {
    private static final Logger LOG = LoggerFactory.getLogger(ActualResources.class);

    private ActualResources() {}

    /// By container name; containers of which it is not known are left out.
    ///
    /// @param changed by the runtime's id, what was changed while the container runs
    static Map<String, ResourceRequirements> of(ObservedPod observed, Map<String, ResourceRequirements> changed) {
        Map<String, ResourceRequirements> actual = new HashMap<>();
        for (RuntimeContainer container : observed.running()) {
            boolean latest = observed.latest(container.name())
                    .filter(c -> c.id().equals(container.id()))
                    .isPresent();
            if (latest) {
                Optional.ofNullable(changed.get(container.id()))
                        .or(() -> created(container))
                        .ifPresent(resources -> actual.put(container.name(), resources));
            }
        }
        return actual;
    }

    private static Optional<ResourceRequirements> created(RuntimeContainer container) {
        String text = container.annotations().get(RuntimeLabels.RESOURCES);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(text, ResourceRequirements.class));
        } catch (JacksonException malformed) {
            LOG.warn("resources of container {} are not readable", container.id(), malformed);
            return Optional.empty();
        }
    }
}
