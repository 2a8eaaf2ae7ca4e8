package io.gantry.api.schema;

import io.gantry.api.kind.FieldErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one node of a CRD's schema demands of a value: every validating keyword of OpenAPI v3, compiled once. Messages
/// are upstream's (`k8s.io/kube-openapi/pkg/validation`).
final class ValueRules {
    /// No demands.
    static final ValueRules NONE = new ValueRules(List.of(), Optional.empty(), Map.of(), null, null, List.of());

    /// One keyword of one node.
    interface Rule {
        /// Adds what is wrong with `value`. A value of another type than the node's is asked for too, as upstream does.
        void check(JsonNode value, String path, FieldErrors errors);

        /// Whether null is asked for: of the type and of closed sets alone.
        default boolean checksNull() {
            return false;
        }
    }

    private final List<Rule> rules;
    private final Optional<Rule> unique;
    private final Map<String, ValueRules> properties;
    private final @Nullable ValueRules additional;
    private final @Nullable ValueRules items;
    private final List<String> mapKeys;

    private ValueRules(
            List<Rule> rules,
            Optional<Rule> unique,
            Map<String, ValueRules> properties,
            @Nullable ValueRules additional,
            @Nullable ValueRules items,
            List<String> mapKeys) {
        this.rules = rules;
        this.unique = unique;
        this.properties = properties;
        this.additional = additional;
        this.items = items;
        this.mapKeys = mapKeys;
    }

    /// The rules of a whole custom resource.
    ///
    /// @throws IllegalArgumentException when a pattern is no regular expression
    static ValueRules root(JsonNode openApi) {
        return compile(openApi);
    }

    void validate(JsonNode object, FieldErrors errors) {
        check(object, "", errors);
        checkLists(object, "", errors);
    }

    /// As [#validate], passing by what did not change, save version and kind: the old object was converted to them.
    /// Sets and maps are not looked at where the old object's had faults (upstream
    /// `registry/customresource/strategy.go`).
    void validateUpdate(JsonNode object, JsonNode old, FieldErrors errors) {
        checkUpdate(object, old, "", errors);
        for (String always : List.of("apiVersion", "kind")) {
            ValueRules rulesOfField = properties.get(always);
            if (rulesOfField != null && object.has(always)) {
                rulesOfField.check(object.get(always), always, errors);
            }
        }
        FieldErrors before = new FieldErrors();
        checkLists(old, "", before);
        if (before.isEmpty()) {
            checkLists(object, "", errors);
        }
    }

    private void checkLists(JsonNode value, String path, FieldErrors errors) {
        unique.ifPresent(rule -> rule.check(value, path, errors));
        if (value.isObject() && !(properties.isEmpty() && additional == null)) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                ValueRules below = properties.getOrDefault(entry.getKey(), additional);
                if (below != null && entry.getValue().isContainer()) {
                    below.checkLists(entry.getValue(), below(path, entry.getKey()), errors);
                }
            }
        } else if (items != null && value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                items.checkLists(value.get(i), path + "[" + i + "]", errors);
            }
        }
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// Whether the value meets the rules.
    boolean accepts(JsonNode value, String path) {
        FieldErrors errors = new FieldErrors();
        check(value, path, errors);
        return errors.isEmpty();
    }

    void check(JsonNode value, String path, FieldErrors errors) {
        checkUpdate(value, null, path, errors);
    }

    /// Checks what is not as it was.
    ///
    /// @param old the value before, null where there was none or nobody knows which one it was
    void checkUpdate(JsonNode value, @Nullable JsonNode old, String path, FieldErrors errors) {
        if (old != null && old.equals(value)) {
            return;
        }
        for (Rule rule : rules) {
            if (!value.isNull() || rule.checksNull()) {
                rule.check(value, path, errors);
            }
        }
        if (value.isObject()) {
            checkFields(value, old, path, errors);
        } else if (items != null && value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                items.checkUpdate(value.get(i), before(value.get(i), old), path + "[" + i + "]", errors);
            }
        }
    }

    /// The element of a list map that has the same keys.
    private @Nullable JsonNode before(JsonNode element, @Nullable JsonNode old) {
        if (old == null || mapKeys.isEmpty()) {
            return null;
        }
        for (JsonNode candidate : old) {
            if (mapKeys.stream().allMatch(key -> candidate.path(key).equals(element.path(key)))) {
                return candidate;
            }
        }
        return null;
    }

    private void checkFields(JsonNode object, @Nullable JsonNode old, String path, FieldErrors errors) {
        if (properties.isEmpty() && additional == null) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            ValueRules rulesOfField = properties.getOrDefault(entry.getKey(), additional);
            if (rulesOfField != null) {
                JsonNode before = old == null ? null : old.get(entry.getKey());
                rulesOfField.checkUpdate(entry.getValue(), before, below(path, entry.getKey()), errors);
            }
        }
    }

    static ValueRules compile(JsonNode openApi) {
        List<Rule> rules = new ArrayList<>();
        rules.add(TypeRule.of(openApi));
        TextRules.add(openApi, rules);
        NumberRules.add(openApi, rules);
        CollectionRules.add(openApi, rules);
        CombinedRules.add(openApi, rules);
        EmbeddedObjects.add(openApi, rules);
        Map<String, ValueRules> properties = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : openApi.path("properties").properties()) {
            properties.put(property.getKey(), compile(property.getValue()));
        }
        return new ValueRules(
                List.copyOf(rules),
                CollectionRules.unique(openApi),
                properties,
                compileOrNull(openApi.path("additionalProperties")),
                compileOrNull(openApi.path("items")),
                openApi.path("x-kubernetes-list-map-keys")
                        .valueStream()
                        .map(key -> key.asString(""))
                        .toList());
    }

    private static @Nullable ValueRules compileOrNull(JsonNode openApi) {
        return openApi.isObject() ? compile(openApi) : null;
    }
}
