package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.registry.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The disruption budgets of pods. Blocks.
final class Budgets {
    private final ResourceStorage storage;
    private final Freshness freshness;

    Budgets(ResourceStorage storage, Freshness freshness) {
        this.storage = storage;
        this.freshness = freshness;
    }

    /// Those that select the pod, read from the store; one that was just made counts.
    List<Stored> of(String namespace, JsonNode pod) throws InterruptedException {
        storage.cache().load();
        freshness.awaitCurrent();
        Map<String, String> labels = new HashMap<>();
        pod.path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        List<Stored> found = new ArrayList<>();
        String prefix = namespace + "/";
        storage.cache()
                .snapshot()
                .objects()
                .range("", prefix)
                .forEach(object -> storage.read(object.key())
                        .filter(budget -> selects(budget.object(), labels))
                        .ifPresent(found::add));
        return found;
    }

    private static boolean selects(JsonNode budget, Map<String, String> labels) {
        JsonNode selector = budget.path("spec").path("selector");
        return selector.isObject()
                && LabelSelectors.matches(Json.MAPPER.treeToValue(selector, LabelSelector.class), labels);
    }

    /// @return false when somebody else wrote in between
    boolean write(Stored read, ObjectNode changed) {
        return storage.update(read, changed, 0).isPresent();
    }
}
