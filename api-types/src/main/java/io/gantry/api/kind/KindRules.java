package io.gantry.api.kind;

import io.gantry.api.KubernetesObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of one kind as pure functions: no I/O, no clock, no state. The API server calls them on the way of a
/// write: [#defaults] → admission → schema validation → [#validate] (and [#validateUpdate]); what a
/// declarative annotation can say (required, enum, bounds, formats, constant defaults) is not repeated here.
public interface KindRules<T extends KubernetesObject> {
    /// Fills what depends on other fields (constant defaults come from `@Default`). Changes `object` in place.
    /// Must give the same again when run twice.
    default void defaults(ObjectNode object) {}

    /// Clears what a client may not set at creation (upstream `PrepareForCreate`); name and uid are there
    /// already. A `status` subresource is cleared by the API server already.
    default void prepareForCreate(ObjectNode object) {}

    /// Keeps from `old` what a client may not change (upstream `PrepareForUpdate`). With a `status` subresource the API
    /// server already keeps the old status, and raises `generation` when `spec` changes.
    default void prepareForUpdate(ObjectNode object, ObjectNode old) {}

    /// Keeps from `old` what an update of the `status` subresource may not change, beyond spec and most metadata.
    default void prepareForStatusUpdate(ObjectNode object, ObjectNode old) {}

    /// Checks an object for create and update, without its metadata ([ObjectMetaRules] checks that). What the schema
    /// found wrong is among the errors already; required fields may be missing here all the same.
    default void validate(T object, FieldErrors errors) {}

    /// Checks what only counts for an object that is new. Runs after [#validate], save where the object [#isPlain].
    default void validateCreate(T object, FieldErrors errors) {}

    /// Checks what may not change. Runs after [#validate].
    default void validateUpdate(T object, T old, FieldErrors errors) {}

    /// Checks an update of a subresource that changes a part of the object: `ephemeralcontainers`, `resize`, `binding`.
    default void validateSubresourceUpdate(String subresource, T object, T old, FieldErrors errors) {
        validate(object, errors);
        validateUpdate(object, old, errors);
    }

    /// Whether [#validateSubresourceUpdate] looks at updates of this subresource at all: where it does not, no records
    /// are made for it.
    default boolean checksSubresource(String subresource) {
        return true;
    }

    /// Whether [#validateStatusUpdate] looks at anything: a kind that has one says so, the others need no records.
    default boolean checksStatus() {
        return false;
    }

    /// Checks an update of the `status` subresource.
    default void validateStatusUpdate(T object, T old, FieldErrors errors) {}

    /// As [#validateStatusUpdate], of the trees: statuses are written often, and records cost more than most rules.
    default void validateStatusTree(JsonNode object, JsonNode old, FieldErrors errors) {}

    /// What a request to delete puts into an object that is not being deleted yet, e.g. a finalizer of the server's
    /// own.
    default void beginDeletion(ObjectNode object, Instant now) {}

    /// Selectable fields beside `metadata.name` and `metadata.namespace`, each with its value, empty where unset. The
    /// key set is the same for every object, also for an empty one.
    default Map<String, String> selectableFields(JsonNode object) {
        return Map.of();
    }

    /// The paths that [#selectableFields] looks at, such as `spec.nodeName`: nothing else of an object is read for it.
    default List<String> selectablePaths() {
        return List.of();
    }

    /// Warnings of a new object as it stands before [#prepareForCreate]; they come first.
    default List<String> preparationWarnings(ObjectNode object) {
        return List.of();
    }

    /// Warnings for the client (header `Warning: 299`), in upstream's words.
    default List<String> warnings(T object) {
        return List.of();
    }

    /// Warnings of what counts for `metadata.generation`, beside [#warnings]: told of a new object, and when an update
    /// has raised the generation.
    default List<String> specWarnings(T object) {
        return List.of();
    }

    /// Warnings of a new object alone, beside [#warnings].
    default List<String> createWarnings(T object) {
        return List.of();
    }

    /// Warnings of what a request brings in, beside [#warnings]: of a new object, or of what was not in the old one.
    default List<String> changeWarnings(JsonNode object, Optional<? extends JsonNode> old) {
        return List.of();
    }

    /// Whether the tree alone shows that [#validate] and [#warnings] would find nothing, for kinds whose records cost
    /// more than their rules. False says nothing.
    default boolean isPlain(JsonNode object) {
        return false;
    }

    /// As [#isPlain(JsonNode)], for [#validateUpdate].
    default boolean isPlainUpdate(JsonNode object, JsonNode old) {
        return false;
    }

    /// Rules of a kind that has none of its own.
    @SuppressWarnings("unchecked")
    static <T extends KubernetesObject> KindRules<T> none() {
        return (KindRules<T>) NoRules.INSTANCE;
    }
}

final class NoRules implements KindRules<KubernetesObject> {
    static final NoRules INSTANCE = new NoRules();

    private NoRules() {}

    @Override
    public boolean isPlain(JsonNode object) {
        return true;
    }

    @Override
    public boolean isPlainUpdate(JsonNode object, JsonNode old) {
        return true;
    }
}
