package io.gantry.api.schema;

import io.gantry.api.kind.FieldErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one node of a CRD's schema demands of a value: every validating keyword of OpenAPI v3, compiled once. Messages
/// are upstream's (`k8s.io/kube-openapi/pkg/validation`).
final class ValueRules {
    /// No demands.
    static final ValueRules NONE = new ValueRules(List.of(), Map.of(), null, null);

    /// One keyword of one node.
    interface Rule {
        /// Adds what is wrong with `value`, which is not null.
        void check(JsonNode value, String path, FieldErrors errors);
    }

    private final List<Rule> rules;
    private final Map<String, ValueRules> properties;
    private final @Nullable ValueRules additional;
    private final @Nullable ValueRules items;

    private ValueRules(
            List<Rule> rules,
            Map<String, ValueRules> properties,
            @Nullable ValueRules additional,
            @Nullable ValueRules items) {
        this.rules = rules;
        this.properties = properties;
        this.additional = additional;
        this.items = items;
    }

    /// The rules of a whole custom resource.
    ///
    /// @throws IllegalArgumentException when a pattern is no regular expression
    static ValueRules root(JsonNode openApi) {
        return compile(openApi);
    }

    void validate(JsonNode object, FieldErrors errors) {
        check(object, "", errors);
    }

    /// Whether the value meets the rules.
    boolean accepts(JsonNode value, String path) {
        FieldErrors errors = new FieldErrors();
        check(value, path, errors);
        return errors.isEmpty();
    }

    void check(JsonNode value, String path, FieldErrors errors) {
        for (Rule rule : rules) {
            int before = errors.count();
            rule.check(value, path, errors);
            if (rule instanceof TypeRule && (value.isNull() || errors.count() > before)) {
                return;
            }
        }
        if (value.isObject()) {
            checkFields(value, path, errors);
        } else if (items != null && value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                items.check(value.get(i), path + "[" + i + "]", errors);
            }
        }
    }

    private void checkFields(JsonNode object, String path, FieldErrors errors) {
        if (properties.isEmpty() && additional == null) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            ValueRules rulesOfField = properties.getOrDefault(entry.getKey(), additional);
            if (rulesOfField != null) {
                String below = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
                rulesOfField.check(entry.getValue(), below, errors);
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
        Map<String, ValueRules> properties = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : openApi.path("properties").properties()) {
            properties.put(property.getKey(), compile(property.getValue()));
        }
        return new ValueRules(
                List.copyOf(rules),
                properties,
                compileOrNull(openApi.path("additionalProperties")),
                compileOrNull(openApi.path("items")));
    }

    private static @Nullable ValueRules compileOrNull(JsonNode openApi) {
        return openApi.isObject() ? compile(openApi) : null;
    }
}
