package io.gantry.apiserver.admission.optional;

import io.gantry.api.StatusException;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.PluginConfigs;
import io.gantry.apiserver.objects.Trees;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How many events are written a second: in all, in a namespace, by a user, of one source about one object.
final class EventRateLimit implements AdmissionPlugin {
    private static final String NAME = "EventRateLimit";
    private static final Set<String> VERSIONS = Set.of("eventratelimit.admission.k8s.io/v1alpha1");

    private final List<EventLimit> limits = new ArrayList<>();

    /// @throws IllegalArgumentException without a limit, as upstream
    EventRateLimit(PluginConfigs configs, InstantSource clock) {
        List<JsonNode> given = configs.of(NAME, "Configuration", VERSIONS)
                .map(tree -> Trees.list(tree, "limits"))
                .orElse(List.of());
        if (given.isEmpty()) {
            throw new IllegalArgumentException("limits: Invalid value: must not be empty");
        }
        for (int i = 0; i < given.size(); i++) {
            limits.add(EventLimit.of(given.get(i), "limits[" + i + "]", clock));
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode event, Optional<ObjectNode> old) {
        boolean writes = attributes.operation() == AdmissionAttributes.Operation.CREATE
                || attributes.operation() == AdmissionAttributes.Operation.UPDATE;
        if (!writes
                || attributes.dryRun()
                || !attributes.group().isEmpty()
                || !attributes.kind().equals("Event")) {
            return;
        }
        Set<String> reached = new LinkedHashSet<>();
        limits.forEach(limit -> limit.refusal(attributes, event).ifPresent(reached::add));
        if (!reached.isEmpty()) {
            String all = String.join(", ", reached);
            throw StatusException.of(
                    429,
                    "TooManyRequests",
                    "Too many requests: " + (reached.size() == 1 ? all : "[" + all + "]"),
                    null);
        }
    }
}
