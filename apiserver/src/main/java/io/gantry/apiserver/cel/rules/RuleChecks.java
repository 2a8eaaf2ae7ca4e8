package io.gantry.apiserver.cel.rules;

import io.gantry.api.kind.FieldErrors;
import io.gantry.cel.cost.Range;
import io.gantry.cel.cost.SizeEstimator;
import io.gantry.cel.type.DeclType;
import io.gantry.cel.type.FieldNames;
import io.gantry.cel.type.SchemaTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// Compiles the rules of a schema that is written, and refuses those that could cost too much (upstream
/// `apiextensions-apiserver/pkg/apis/apiextensions/validation`). Used once.
final class RuleChecks {
    private static final long RULE_LIMIT = 10_000_000;
    private static final long SCHEMA_LIMIT = 100_000_000;
    private static final int MOST_EXPENSIVE = 4;

    private record RuleCost(String path, long cost) {}

    private final String path;
    private final FieldErrors errors;
    private final RuleCache cache;
    private final List<RuleCost> expensive = new ArrayList<>();
    private long total;

    RuleChecks(String path, FieldErrors errors, RuleCache cache) {
        this.path = path;
        this.errors = errors;
        this.cache = cache;
    }

    void check(JsonNode schema) {
        Optional<DeclType> type = SchemaTypes.of(schema, true);
        if (type.isEmpty()) {
            return;
        }
        visit(schema, type, path, OptionalLong.of(1), "");
        if (total > SCHEMA_LIMIT) {
            expensive.stream()
                    .sorted(Comparator.comparingLong(RuleCost::cost).reversed())
                    .limit(MOST_EXPENSIVE)
                    .forEach(
                            cost -> errors.forbidden(
                                    cost.path(),
                                    "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
            errors.forbidden(
                    path,
                    exceeds(
                            "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema",
                            total,
                            SCHEMA_LIMIT));
        }
    }

    /// @param count how many values of the schema there can be; empty when that is not bounded by schemas
    /// @param uncorrelatable the path of the list above whose elements cannot be matched; empty without one
    private void visit(JsonNode schema, Optional<DeclType> type, String at, OptionalLong count, String uncorrelatable) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode own = property.getValue();
            Optional<DeclType> propertyType = FieldNames.escape(property.getKey())
                    .map(name ->
                            type.flatMap(t -> Optional.ofNullable(t.fields().get(name))))
                    .orElse(Optional.empty())
                    .or(() -> SchemaTypes.of(own, SchemaTypes.embedded(own)));
            visit(own, propertyType, at + ".properties[" + property.getKey() + "]", count, uncorrelatable);
        }
        Optional<DeclType> element = type.flatMap(DeclType::element);
        if (schema.path("additionalProperties").isObject()) {
            visit(
                    schema.get("additionalProperties"),
                    element,
                    at + ".additionalProperties",
                    times(count, schema, "maxProperties"),
                    uncorrelatable);
        }
        if (schema.path("items").isObject()) {
            boolean matched = schema.path("x-kubernetes-list-type").asString("").equals("map");
            String below = uncorrelatable.isEmpty() && !matched ? at : uncorrelatable;
            visit(schema.get("items"), element, at + ".items", times(count, schema, "maxItems"), below);
        }
        type.ifPresent(known -> rules(schema, known, at, count, uncorrelatable));
    }

    private static OptionalLong times(OptionalLong count, JsonNode schema, String keyword) {
        return count.isPresent() && schema.has(keyword)
                ? OptionalLong.of(Range.product(
                        count.getAsLong(), Math.max(0, schema.get(keyword).asLong(0))))
                : OptionalLong.empty();
    }

    private void rules(JsonNode schema, DeclType type, String at, OptionalLong count, String uncorrelatable) {
        List<ValidationRule> rules = ValidationRule.of(schema);
        if (rules.isEmpty()) {
            return;
        }
        long instances = count.orElse(SchemaTypes.MAX_REQUEST_BYTES / (type.minSize() + 1));
        SizeEstimator sizes = SizeEstimator.of(type);
        List<CompiledRule> compiled = cache.compile(rules, schema, type);
        for (int i = 0; i < compiled.size(); i++) {
            String rulePath = at + "." + ValidationRule.KEYWORD + "[" + i + "]";
            rule(compiled.get(i), rulePath, instances, sizes);
            oldSelf(compiled.get(i), rulePath, uncorrelatable);
        }
    }

    private void rule(CompiledRule rule, String at, long instances, SizeEstimator sizes) {
        rule.program().ifPresent(program -> {
            long cost = Range.product(program.estimateCost(sizes).max(), instances);
            limit(at + ".rule", "estimated rule cost", cost);
        });
        if (!rule.error().isEmpty()) {
            errors.invalid(at + ".rule", rule.rule().shownWhole(), rule.error());
        }
        if (!rule.messageError().isEmpty()) {
            errors.invalid(at + ".messageExpression", rule.rule().shownWhole(), rule.messageError());
        }
        rule.message()
                .ifPresent(message -> limit(
                        at + ".messageExpression",
                        "estimated messageExpression cost",
                        message.estimateCost(sizes).max()));
    }

    private void limit(String at, String what, long cost) {
        if (cost > RULE_LIMIT) {
            errors.forbidden(at, exceeds(what, cost, RULE_LIMIT));
        }
        total = total > Long.MAX_VALUE - cost ? Long.MAX_VALUE : total + cost;
        if (cost >= SCHEMA_LIMIT / 100) {
            expensive.add(new RuleCost(at, cost));
        }
    }

    private static String exceeds(String what, long cost, long limit) {
        double factor = (double) cost / limit;
        String shown =
                factor > 100 ? "more than 100x" : String.format(Locale.ROOT, factor < 1.5 ? "%fx" : "%.1fx", factor);
        return what + " exceeds budget by factor of " + shown + " (try simplifying the rule, or adding maxItems, "
                + "maxProperties, and maxLength where arrays, maps, and strings are declared)";
    }

    private void oldSelf(CompiledRule rule, String at, String uncorrelatable) {
        if (rule.usesOldSelf()) {
            if (!uncorrelatable.isEmpty()) {
                errors.invalid(
                        at + ".rule",
                        rule.rule().rule(),
                        "oldSelf cannot be used on the uncorrelatable portion of the schema within " + uncorrelatable);
            }
        } else if (rule.program().isPresent() && rule.rule().optionalOldSelf().isPresent()) {
            errors.invalid(
                    at + ".optionalOldSelf",
                    rule.rule().optionalOldSelf().get(),
                    "may not be set if oldSelf is not used in rule");
        }
    }
}
