package io.gantry.api.managedfields;

import io.gantry.api.schema.Field;
import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.StructSchema;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What Go writes for an object of a kind that nobody has filled: the structs that are no pointers. A create is
/// compared with it, so that nobody owns what is always there.
final class EmptyObjects {
    private static final int MAX_DEPTH = 6;
    private static final Set<String> ALWAYS_THERE =
            Set.of("metadata", "spec", "status", "template", "strategy", "updateStrategy", "jobTemplate");

    /// Structs that are no pointers and yet may be left out.
    private static final Set<String> STRUCTS =
            Set.of("PersistentVolumeClaimSpec.resources", "ResourceClaimSpec.devices");

    /// Atomic ones of them, which are owned when something is in them.
    private static final Set<String> ATOMIC_STRUCTS = Set.of("NetworkPolicySpec.podSelector");

    /// What is left out of an empty object though it is required, or though it is there in other kinds.
    private static final Set<String> ABSENT =
            Set.of("ReplicationControllerSpec.template", "ValidatingAdmissionPolicyBindingSpec.validationActions");

    private EmptyObjects() {}

    static ObjectNode of(ResourceSchema schema) {
        return schema.custom() ? JsonNodeFactory.instance.objectNode() : struct(schema.root(), 0);
    }

    private static ObjectNode struct(StructSchema schema, int depth) {
        ObjectNode empty = JsonNodeFactory.instance.objectNode();
        for (Field field : schema.fields().values()) {
            String name = schema.name() + "." + field.name();
            if (ATOMIC_STRUCTS.contains(name)) {
                empty.set(field.name(), JsonNodeFactory.instance.objectNode());
            }
            if (ABSENT.contains(name)) {
                continue;
            }
            boolean present = field.required() || ALWAYS_THERE.contains(field.name()) || STRUCTS.contains(name);
            if (present && field.schema() instanceof StructSchema struct && !struct.atomic() && depth < MAX_DEPTH) {
                empty.set(field.name(), struct(struct, depth + 1));
            } else if (field.nullable()) {
                empty.set(field.name(), JsonNodeFactory.instance.nullNode());
            } else if (field.required() && field.schema() instanceof ListSchema list && !list.atomic()) {
                empty.set(field.name(), JsonNodeFactory.instance.arrayNode());
            }
        }
        return empty;
    }
}
