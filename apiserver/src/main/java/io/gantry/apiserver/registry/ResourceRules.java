package io.gantry.apiserver.registry;

import io.gantry.api.kind.FieldErrors;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of a resource on trees: of a built-in kind or of a custom resource. Pure.
public interface ResourceRules {
    void defaults(ObjectNode object);

    void prepareForCreate(ObjectNode object);

    void prepareForUpdate(ObjectNode object, ObjectNode old);

    void prepareForStatusUpdate(ObjectNode object, ObjectNode old);

    void validate(ObjectNode object, FieldErrors errors);

    /// Validates an update; runs [#validate] too.
    void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors);

    /// Validates an update of a subresource that changes a part of the object.
    default void validateSubresourceUpdate(String subresource, ObjectNode object, ObjectNode old, FieldErrors errors) {
        validateUpdate(object, old, errors);
    }

    void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors);

    Map<String, String> selectableFields(JsonNode object);

    List<String> warnings(ObjectNode object);
}
