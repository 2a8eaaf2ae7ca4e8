package io.gantry.apiserver.registry;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.schema.ResourceSchema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of a resource on trees: of a built-in kind or of a custom resource. Pure.
public interface ResourceRules {
    void defaults(ObjectNode object);

    /// What a new object is warned of before [#prepareForCreate].
    default List<String> preparationWarnings(ObjectNode object) {
        return List.of();
    }

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

    /// Every `apiVersion` that objects of the resource can be converted to, this one among them.
    Set<String> versions();

    /// The schema of a version whose objects differ from this one's in nothing but their `apiVersion`; empty
    /// for what is converted.
    default Optional<ResourceSchema> alike(String apiVersion) {
        return Optional.empty();
    }

    /// What a write of the object is warned of.
    ///
    /// @param old what it takes the place of
    List<String> warnings(ObjectNode object, Optional<ObjectNode> old);

    /// What a request to delete puts into an object that stays until others are done with it.
    default void beginDeletion(ObjectNode object, Instant now) {}

    /// Refuses creations in a state of the resource that takes none.
    ///
    /// @throws io.gantry.api.StatusException 405
    default void checkCreatable() {}

    /// Warnings of every request, e.g. that the version is deprecated.
    default List<String> requestWarnings() {
        return List.of();
    }

    /// Columns of Tables; empty where the kind's definition has them.
    default Optional<List<Column>> columns() {
        return Optional.empty();
    }

    /// The kind of lists, where it is not the kind with `List` behind.
    default Optional<String> listKind() {
        return Optional.empty();
    }

    /// Where the `scale` subresource finds its values.
    default ScalePaths scale() {
        return ScalePaths.BUILT_IN;
    }
}
