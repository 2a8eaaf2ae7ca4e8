package io.gantry.apiserver.cel.rules;

import io.gantry.api.schema.Correlation;
import io.gantry.cel.type.DeclType;
import io.gantry.cel.type.FieldNames;
import io.gantry.cel.type.SchemaTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The compiled rules of a schema and of the schemas below it that have some.
///
/// @param schemaType `object`, `string`…, as errors show it
/// @param correlation how values are matched with those before
/// @param items of a list's elements
/// @param values of a map's values
/// @param allOf further rules for the same value
record RuleNode(
        DeclType type,
        String schemaType,
        List<CompiledRule> rules,
        Map<String, RuleNode> properties,
        Optional<RuleNode> items,
        Optional<RuleNode> values,
        List<RuleNode> allOf,
        Correlation correlation) {

    boolean usesOldSelf() {
        return rules.stream().anyMatch(CompiledRule::usesOldSelf);
    }

    /// The rules of a whole custom resource; empty when it has none.
    static Optional<RuleNode> of(JsonNode schema, RuleCache cache) {
        if (!hasRules(schema)) {
            return Optional.empty();
        }
        return SchemaTypes.of(schema, true).flatMap(type -> of(schema, schema, type, Correlation.of(schema), cache));
    }

    private static boolean hasRules(JsonNode schema) {
        return schema.has(ValidationRule.KEYWORD)
                || schema.path("properties").valueStream().anyMatch(RuleNode::hasRules)
                || schema.path("allOf").valueStream().anyMatch(RuleNode::hasRules)
                || (schema.path("items").isObject() && hasRules(schema.get("items")))
                || (schema.path("additionalProperties").isObject() && hasRules(schema.get("additionalProperties")));
    }

    /// @param schema whose rules they are: the value's own schema, or what `allOf` adds to it
    /// @param own the schema that gives the value its structure
    private static Optional<RuleNode> of(
            JsonNode schema, JsonNode own, DeclType type, Correlation correlation, RuleCache cache) {
        Map<String, RuleNode> properties = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode structure = own.path("properties").path(property.getKey());
            Correlation below = correlation.properties().get(property.getKey());
            if (structure.isObject() && below != null) {
                propertyType(property.getKey(), structure, type)
                        .flatMap(t -> of(property.getValue(), structure, t, below, cache))
                        .ifPresent(node -> properties.put(property.getKey(), node));
            }
        }
        Optional<RuleNode> items = below(schema, own, "items", type, correlation.items(), cache);
        Optional<RuleNode> values = below(schema, own, "additionalProperties", type, correlation.additional(), cache);
        List<RuleNode> allOf = new ArrayList<>();
        schema.path("allOf")
                .values()
                .forEach(all -> of(all, own, type, correlation, cache).ifPresent(allOf::add));
        List<ValidationRule> rules = ValidationRule.of(schema);
        if (rules.isEmpty() && properties.isEmpty() && items.isEmpty() && values.isEmpty() && allOf.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RuleNode(
                type,
                own.path("type").asString(""),
                cache.compile(rules, own, type),
                properties,
                items,
                values,
                allOf,
                correlation));
    }

    private static Optional<DeclType> propertyType(String name, JsonNode structure, DeclType parent) {
        return FieldNames.escape(name)
                .map(escaped -> Optional.ofNullable(parent.fields().get(escaped)))
                .orElseGet(() -> SchemaTypes.of(structure, SchemaTypes.embedded(structure)));
    }

    private static Optional<RuleNode> below(
            JsonNode schema,
            JsonNode own,
            String keyword,
            DeclType type,
            @Nullable Correlation correlation,
            RuleCache cache) {
        JsonNode rules = schema.path(keyword);
        JsonNode structure = own.path(keyword);
        return rules.isObject() && structure.isObject() && correlation != null
                ? type.element().flatMap(element -> of(rules, structure, element, correlation, cache))
                : Optional.empty();
    }
}
