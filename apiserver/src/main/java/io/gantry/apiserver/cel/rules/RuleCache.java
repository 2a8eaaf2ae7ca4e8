package io.gantry.apiserver.cel.rules;

import io.gantry.cel.type.DeclType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// Rules that were compiled already: versions of a resource share most of theirs, and what was checked when the
/// definition was written is used for its objects. Thread-safe.
final class RuleCache {
    private static final int MAX_SCHEMAS = 4_000;

    /// @param paths of the fields that errors point to, which depend on the schema
    private record Key(List<ValidationRule> rules, DeclType type, List<String> paths) {}

    private final Map<Key, List<CompiledRule>> compiled = new ConcurrentHashMap<>();

    /// The rules of one schema, compiled.
    ///
    /// @param type of the values of the schema
    List<CompiledRule> compile(List<ValidationRule> rules, JsonNode schema, DeclType type) {
        if (rules.isEmpty()) {
            return List.of();
        }
        if (compiled.size() > MAX_SCHEMAS) {
            compiled.clear();
        }
        List<String> paths = rules.stream()
                .map(rule -> FieldPaths.normalize(rule.fieldPath(), schema).orElse(""))
                .toList();
        // Not computed inside of the map: that would hold a lock for as long as compiling takes.
        Key key = new Key(rules, type, paths);
        List<CompiledRule> known = compiled.get(key);
        if (known == null) {
            known = List.copyOf(CompiledRule.compile(rules, schema, type));
            compiled.put(key, known);
        }
        return known;
    }
}
