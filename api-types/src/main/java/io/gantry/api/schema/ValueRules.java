package io.gantry.api.schema;

import io.gantry.api.kind.FieldErrors;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// What one node of a CRD's schema demands of a value: every validating keyword of OpenAPI v3, compiled once. Messages
/// are upstream's (`k8s.io/kube-openapi/pkg/validation`).
final class ValueRules {
    /// No demands.
    static final ValueRules NONE = new ValueRules(
            List.of(), List.of(), List.of(), Map.of(), null, null, Correlation.of(MissingNode.getInstance()));

    /// Rules that are asked of the whole object by themselves, after those of its schema, whether or not a value
    /// changed.
    private enum Pass {
        /// Objects inside are whole (`x-kubernetes-embedded-resource`).
        EMBEDDED,
        /// Elements of sets and maps differ (`x-kubernetes-list-type`).
        LISTS
    }

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
    private final List<Rule> embedded;
    private final List<Rule> unique;
    private final Map<String, ValueRules> properties;
    private final @Nullable ValueRules additional;
    private final @Nullable ValueRules items;
    private final Correlation correlation;
    /// Those that have something to ask here or below.
    private final Set<Pass> passes;

    private ValueRules(
            List<Rule> rules,
            List<Rule> embedded,
            List<Rule> unique,
            Map<String, ValueRules> properties,
            @Nullable ValueRules additional,
            @Nullable ValueRules items,
            Correlation correlation) {
        this.rules = rules;
        this.embedded = embedded;
        this.unique = unique;
        this.properties = properties;
        this.additional = additional;
        this.items = items;
        this.correlation = correlation;
        this.passes = EnumSet.noneOf(Pass.class);
        for (Pass pass : Pass.values()) {
            if (!own(pass).isEmpty() || below().anyMatch(rulesBelow -> rulesBelow.passes.contains(pass))) {
                passes.add(pass);
            }
        }
    }

    private List<Rule> own(Pass pass) {
        return switch (pass) {
            case EMBEDDED -> embedded;
            case LISTS -> unique;
        };
    }

    private Stream<ValueRules> below() {
        return Stream.concat(properties.values().stream(), Stream.of(additional, items))
                .filter(Objects::nonNull);
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

    /// As [#validate], passing by what did not change, save version and kind: the old object was converted to them.
    void validateUpdate(JsonNode object, JsonNode old, FieldErrors errors) {
        checkUpdate(object, old, "", errors);
        for (String always : List.of("apiVersion", "kind")) {
            ValueRules rulesOfField = properties.get(always);
            if (rulesOfField != null && object.has(always)) {
                rulesOfField.check(object.get(always), always, errors);
            }
        }
    }

    /// Checks objects inside, also those that did not change.
    void validateEmbedded(JsonNode object, FieldErrors errors) {
        validateEmbedded(object, "", errors);
    }

    /// As [#validateEmbedded] of a part.
    void validateEmbedded(JsonNode value, String path, FieldErrors errors) {
        walk(Pass.EMBEDDED, value, path, errors);
    }

    /// Checks sets and maps.
    ///
    /// @param old the object before, null where there was none; where it had faults nothing is looked at (upstream
    ///   `registry/customresource/strategy.go`)
    void validateLists(JsonNode object, @Nullable JsonNode old, FieldErrors errors) {
        FieldErrors before = new FieldErrors();
        if (old != null) {
            walk(Pass.LISTS, old, "", before);
        }
        if (before.isEmpty()) {
            walk(Pass.LISTS, object, "", errors);
        }
    }

    private void walk(Pass pass, JsonNode value, String path, FieldErrors errors) {
        if (!passes.contains(pass)) {
            return;
        }
        own(pass).forEach(rule -> rule.check(value, path, errors));
        if (value.isObject()) {
            for (Entry<String, JsonNode> entry : value.properties()) {
                ValueRules property = properties.get(entry.getKey());
                if (property != null) {
                    property.walk(pass, entry.getValue(), below(path, entry.getKey()), errors);
                } else if (additional != null) {
                    additional.walk(pass, entry.getValue(), path + "[" + entry.getKey() + "]", errors);
                }
            }
        } else if (items != null && value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                items.walk(pass, value.get(i), path + "[" + i + "]", errors);
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
        if (old != null && correlation.isUnchanged(value, old)) {
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
                items.checkUpdate(value.get(i), correlation.before(value.get(i), old), path + "[" + i + "]", errors);
            }
        }
    }

    private void checkFields(JsonNode object, @Nullable JsonNode old, String path, FieldErrors errors) {
        if (properties.isEmpty() && additional == null) {
            return;
        }
        for (Entry<String, JsonNode> entry : object.properties()) {
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
        Map<String, ValueRules> properties = new LinkedHashMap<>();
        for (Entry<String, JsonNode> property : openApi.path("properties").properties()) {
            properties.put(property.getKey(), compile(property.getValue()));
        }
        ValueRules additional = compileOrNull(openApi.path("additionalProperties"));
        ValueRules items = compileOrNull(openApi.path("items"));
        return new ValueRules(
                List.copyOf(rules),
                EmbeddedObjects.rules(openApi),
                CollectionRules.unique(openApi),
                properties,
                additional,
                items,
                correlation(openApi, properties, additional, items));
    }

    private static Correlation correlation(
            JsonNode openApi,
            Map<String, ValueRules> properties,
            @Nullable ValueRules additional,
            @Nullable ValueRules items) {
        Map<String, Correlation> ofProperties = new LinkedHashMap<>();
        properties.forEach((name, rulesOfField) -> ofProperties.put(name, rulesOfField.correlation));
        return Correlation.of(
                ofProperties,
                additional == null ? null : additional.correlation,
                items == null ? null : items.correlation,
                openApi.path("x-kubernetes-list-map-keys"));
    }

    private static @Nullable ValueRules compileOrNull(JsonNode openApi) {
        return openApi.isObject() ? compile(openApi) : null;
    }
}
