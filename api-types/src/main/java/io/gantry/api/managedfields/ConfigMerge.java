package io.gantry.api.managedfields;

import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// Merges an applied configuration into the live object (upstream `typed.Merge`). Neither is changed; the result may
/// share parts with both.
final class ConfigMerge {
    private ConfigMerge() {}

    static JsonNode merge(Schema schema, JsonNode live, JsonNode config) {
        if (live.isEmpty() && config.isEmpty()) {
            return config;
        }
        return switch (Shape.of(schema, live, config)) {
            case LEAF -> config;
            case MAP -> fields(schema, live, config);
            case LIST -> new ListMerge((ListSchema) schema, live, config).merged();
        };
    }

    private static ObjectNode fields(Schema schema, JsonNode live, JsonNode config) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : live.properties()) {
            JsonNode change = config.get(entry.getKey());
            JsonNode value = entry.getValue();
            merged.set(
                    entry.getKey(), change == null ? value : merge(Shape.child(schema, entry.getKey()), value, change));
        }
        for (Map.Entry<String, JsonNode> entry : config.properties()) {
            if (!live.has(entry.getKey())) {
                merged.set(entry.getKey(), entry.getValue());
            }
        }
        return merged;
    }

    /// Merges two keyed lists: what only the live list has keeps its place, the rest comes in the configuration's
    /// order.
    private static final class ListMerge {
        private final ListSchema schema;
        private final JsonNode live;
        private final List<String> liveElements;
        private final List<String> configElements;
        private final Map<String, JsonNode> liveItems;
        private final Map<String, JsonNode> configItems;
        private final ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        private final Set<String> done = new HashSet<>();
        private final Deque<String> shared = new ArrayDeque<>();

        ListMerge(ListSchema schema, JsonNode live, JsonNode config) {
            this.schema = schema;
            this.live = live;
            liveElements = elements(live);
            configElements = elements(config);
            liveItems = index(live, liveElements, true);
            configItems = index(config, configElements, false);
            configElements.stream().filter(liveItems::containsKey).forEach(shared::add);
        }

        ArrayNode merged() {
            int l = 0;
            int c = 0;
            while (l < liveElements.size() || c < configElements.size()) {
                if (l < liveElements.size() && c < configElements.size()) {
                    String element = liveElements.get(l);
                    if (element.equals(configElements.get(c))) {
                        take(element);
                        l++;
                        c++;
                        shared.poll();
                        continue;
                    }
                    if (configItems.containsKey(element) && !shared.isEmpty() && !element.equals(shared.peek())) {
                        l++;
                        continue;
                    }
                }
                if (l < liveElements.size()) {
                    String element = liveElements.get(l);
                    if (!configItems.containsKey(element)) {
                        merged.add(live.get(l));
                        l++;
                        continue;
                    }
                    if (done.contains(element)) {
                        l++;
                    }
                }
                if (c < configElements.size()) {
                    String element = configElements.get(c);
                    take(element);
                    c++;
                    if (element.equals(shared.peek())) {
                        shared.poll();
                    }
                }
            }
            return merged;
        }

        private void take(String element) {
            done.add(element);
            JsonNode before = liveItems.getOrDefault(element, NullNode.getInstance());
            JsonNode change = configItems.getOrDefault(element, NullNode.getInstance());
            merged.add(before.isNull() ? change : merge(schema.items(), before, change));
        }

        private List<String> elements(JsonNode list) {
            return list.values().stream()
                    .map(item -> PathElements.item(schema, item))
                    .toList();
        }

        /// Items by element; those that come twice in the live list are not merged with.
        private static Map<String, JsonNode> index(JsonNode list, List<String> elements, boolean duplicatesAllowed) {
            Map<String, JsonNode> index = new LinkedHashMap<>();
            for (int i = 0; i < elements.size(); i++) {
                if (index.put(elements.get(i), list.get(i)) != null) {
                    if (!duplicatesAllowed) {
                        throw new IllegalArgumentException(
                                "duplicate entries for key " + PathElements.show(elements.get(i)));
                    }
                    index.put(elements.get(i), NullNode.getInstance());
                }
            }
            return index;
        }
    }
}
