package io.gantry.apiserver.registry;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.schema.ResourceSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of a built-in kind: the schema's declarations, then the kind's own.
final class KindResourceRules<T extends KubernetesObject> implements ResourceRules {
    private final Class<T> type;
    private final KindRules<T> rules;
    private final Supplier<ResourceSchema> schema;
    private final Set<String> versions;
    /// What was validated last: warnings are asked for right after, mostly on the same thread.
    private volatile @Nullable Validated<T> validated;

    private record Validated<T>(ObjectNode tree, T object) {}

    KindResourceRules(KindDefinition<T> definition, Supplier<ResourceSchema> schema) {
        this.type = definition.kind().type();
        this.rules = definition.rules();
        this.schema = schema;
        this.versions = StoredElsewhere.versions(definition.kind());
    }

    @Override
    public void defaults(ObjectNode object) {
        schema.get().applyDefaults(object);
        rules.defaults(object);
    }

    @Override
    public List<String> preparationWarnings(ObjectNode object) {
        return rules.preparationWarnings(object);
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        rules.prepareForCreate(object);
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old) {
        rules.prepareForUpdate(object, old);
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode object, ObjectNode old) {
        rules.prepareForStatusUpdate(object, old);
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        schema.get().validate(object, errors);
        if (!rules.isPlain(object)) {
            T typed = remembered(object);
            rules.validate(typed, errors);
            rules.validateCreate(typed, errors);
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        schema.get().validate(object, errors);
        boolean plain = rules.isPlain(object);
        boolean plainUpdate = rules.isPlainUpdate(object, old);
        if (plain && plainUpdate) {
            return;
        }
        T now = remembered(object);
        if (!plain) {
            rules.validate(now, errors);
        }
        if (!plainUpdate) {
            rules.validateUpdate(now, typed(old), errors);
        }
    }

    private T remembered(ObjectNode object) {
        T typed = typed(object);
        validated = new Validated<>(object, typed);
        return typed;
    }

    @Override
    public void validateSubresourceUpdate(String subresource, ObjectNode object, ObjectNode old, FieldErrors errors) {
        schema.get().validate(object, errors);
        if (rules.checksSubresource(subresource)) {
            rules.validateSubresourceUpdate(subresource, typed(object), typed(old), errors);
        }
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        rules.validateStatusTree(object, old, errors);
        if (rules.checksStatus()) {
            rules.validateStatusUpdate(typed(object), typed(old), errors);
        }
    }

    @Override
    public Set<String> versions() {
        return versions;
    }

    @Override
    public Map<String, String> selectableFields(JsonNode object) {
        return rules.selectableFields(object);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very tree that was validated
    public List<String> warnings(ObjectNode object, Optional<ObjectNode> old) {
        if (rules.isPlain(object)) {
            return List.of();
        }
        Validated<T> last = validated;
        validated = null;
        T typed = last != null && last.tree() == object ? last.object() : typed(object);
        List<String> warnings = new ArrayList<>(old.isPresent() ? List.of() : rules.createWarnings(typed));
        if (old.isEmpty() || !generation(object).equals(generation(old.orElseThrow()))) {
            warnings.addAll(rules.specWarnings(typed));
        }
        warnings.addAll(rules.changeWarnings(object, old));
        warnings.addAll(rules.warnings(typed));
        return warnings;
    }

    private static JsonNode generation(ObjectNode object) {
        return object.path("metadata").path("generation");
    }

    @Override
    public void beginDeletion(ObjectNode object, Instant now) {
        rules.beginDeletion(object, now);
    }

    /// The same object, shallow, without what no rule looks at and is the larger part of many.
    private static ObjectNode withoutManagedFields(ObjectNode object) {
        if (!(object.get("metadata") instanceof ObjectNode metadata) || !metadata.has("managedFields")) {
            return object;
        }
        ObjectNode light = object.objectNode();
        light.setAll(metadata);
        light.remove("managedFields");
        ObjectNode shallow = object.objectNode();
        shallow.setAll(object);
        shallow.set("metadata", light);
        return shallow;
    }

    private T typed(ObjectNode object) {
        try {
            return Json.MAPPER.treeToValue(withoutManagedFields(object), type);
        } catch (JacksonException e) {
            throw StatusException.badRequest("object cannot be read: "
                    + Optional.ofNullable(e.getOriginalMessage()).orElse("malformed"));
        }
    }
}
