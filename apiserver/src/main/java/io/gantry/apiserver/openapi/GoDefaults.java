package io.gantry.apiserver.openapi;

import io.gantry.api.Json;
import io.gantry.api.resource.IntOrString;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/// Defaults as version 3 tells them: Go's zero values of fields that are always written ([Written]) and of
/// elements, and the few that upstream's types declare (`kube-openapi`, `openapi-gen`'s
/// `mustEnforceDefault`). What else is filled in, upstream's functions fill in, and no document says so.
final class GoDefaults {
    private static final Set<String> OF_EVERY_KIND = Set.of("metadata", "spec", "status");

    private GoDefaults() {}

    /// Of a field.
    ///
    /// @param name as in JSON
    static Optional<JsonNode> of(RecordComponent component, String name) {
        Default constant = component.getAnnotation(Default.class);
        if (constant != null && constant.declared()) {
            return Optional.of(Json.MAPPER.readTree(constant.value()));
        }
        return isWritten(component, name) ? ofElement(component.getType(), component) : Optional.empty();
    }

    private static boolean isWritten(RecordComponent component, String name) {
        Written written = component.getAnnotation(Written.class);
        if (written != null) {
            return written.value();
        }
        return isStruct(component.getType())
                ? OF_EVERY_KIND.contains(name)
                : component.isAnnotationPresent(Required.class);
    }

    /// Of an element of a list or a map, whose type it is.
    static Optional<JsonNode> ofElement(Class<?> type, RecordComponent component) {
        if (isStruct(type)) {
            return Optional.of(JsonNodeFactory.instance.objectNode());
        }
        if (type == String.class) {
            Format format = component.getAnnotation(Format.class);
            boolean bytes = format != null && format.value().equals("byte");
            return bytes ? Optional.empty() : Optional.of(StringNode.valueOf(""));
        }
        if (type == Boolean.class) {
            return Optional.of(BooleanNode.FALSE);
        }
        return Number.class.isAssignableFrom(type) ? Optional.of(IntNode.valueOf(0)) : Optional.empty();
    }

    private static boolean isStruct(Class<?> type) {
        return type.isRecord() && type != Quantity.class && type != IntOrString.class;
    }
}
