package io.gantry.api.managedfields;

import io.gantry.api.schema.ResourceSchema;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Tracks who owns which fields through writes that are no applies (operation `Update`). Server-side apply itself is
/// [ServerSideApply].
public final class ManagedFields {
    static final FieldSet STRIPPED = stripped();

    private static final ConcurrentMap<String, ObjectNode> EMPTY = new ConcurrentHashMap<>();

    private ManagedFields() {}

    /// Records a create in `object.metadata.managedFields`.
    public static void trackCreate(ResourceSchema schema, ObjectNode object, FieldWriter writer) {
        track(schema, null, object, writer);
    }

    /// Records an update or a patch: compares `object` with `live` and writes `object.metadata.managedFields`. Call it
    /// when `object` is what will be stored. `live` is not changed. Nothing changes when nothing changed.
    public static void trackUpdate(ResourceSchema schema, ObjectNode live, ObjectNode object, FieldWriter writer) {
        track(schema, live, object, writer);
    }

    private static void track(ResourceSchema schema, @Nullable ObjectNode live, ObjectNode object, FieldWriter writer) {
        if (!(object.get("metadata") instanceof ObjectNode metadata)) {
            return;
        }
        try {
            track(schema, live, object, metadata, writer);
        } catch (IllegalArgumentException unmergeable) {
            keep(live, metadata);
        }
    }

    /// A list whose items lack their keys has no owners to speak of; validation refuses it, or nobody merges it. As
    /// upstream (`FieldManager.UpdateNoErrors`), the write goes on with the owners that were known.
    private static void keep(@Nullable ObjectNode live, ObjectNode metadata) {
        JsonNode known =
                live == null ? MissingNode.getInstance() : live.path("metadata").path("managedFields");
        if (known.isEmpty()) {
            metadata.remove("managedFields");
        } else {
            metadata.set("managedFields", known.deepCopy());
        }
    }

    private static void track(
            ResourceSchema schema,
            @Nullable ObjectNode live,
            ObjectNode object,
            ObjectNode metadata,
            FieldWriter writer) {
        Ownership ownership = ownership(live, metadata, writer);
        if (live != null && ownership.isEmpty()
                || ownership.gone(schema, writer).isPresent()
                || live != null && isIncomparable(schema, ownership, live, object, writer)) {
            metadata.remove("managedFields");
            return;
        }
        ObjectNode before = live != null ? live : empty(schema);
        Manager manager = Manager.updater(writer.manager(), schema.apiVersion(), writer.subresource());
        recordUpdate(schema, ownership, before, object, manager, writer);
        ownership.capUpdaters();
        write(metadata, ownership);
    }

    private static boolean isIncomparable(
            ResourceSchema schema, Ownership ownership, ObjectNode live, ObjectNode object, FieldWriter writer) {
        OtherVersions others = new OtherVersions(schema.apiVersion(), writer);
        return others.refuse(ownership, live).isPresent()
                || others.refuse(ownership, object).isPresent();
    }

    static void recordUpdate(
            ResourceSchema schema,
            Ownership ownership,
            ObjectNode before,
            ObjectNode after,
            Manager manager,
            FieldWriter writer) {
        Comparison changes = Comparison.of(schema.root(), before, after).without(writer.resetFieldList());
        FieldSet written = changes.added().union(changes.modified());
        ownership.takeFromOthers(manager, written);
        ownership.takeFromOthers(manager, changes.removed());
        Ownership.Owned known = ownership.get(manager);
        FieldSet own = written.difference(STRIPPED);
        FieldSet kept = known == null ? new FieldSet() : known.fields().difference(changes.removed());
        if (!own.isEmpty()) {
            ownership.set(manager, kept.union(own), schema.apiVersion(), writer.time());
        } else if (known != null) {
            ownership.set(manager, kept, known.apiVersion(), null);
        }
    }

    /// What the request says about managed fields, where it may; else what the live object says. An empty list resets.
    private static Ownership ownership(@Nullable ObjectNode live, ObjectNode metadata, FieldWriter writer) {
        JsonNode known =
                live == null ? MissingNode.getInstance() : live.path("metadata").path("managedFields");
        JsonNode given = metadata.path("managedFields");
        if (!writer.subresource().isEmpty()) {
            return Ownership.read(known);
        }
        if (isReset(given)) {
            return new Ownership();
        }
        Ownership fromRequest = Ownership.read(given);
        return fromRequest.isEmpty() ? Ownership.read(known) : fromRequest;
    }

    private static boolean isReset(JsonNode given) {
        return given.isArray()
                && (given.isEmpty() || given.size() == 1 && given.get(0).isEmpty());
    }

    static void write(ObjectNode metadata, Ownership ownership) {
        if (ownership.isEmpty()) {
            metadata.remove("managedFields");
        } else {
            metadata.set("managedFields", ownership.write());
        }
    }

    private static ObjectNode empty(ResourceSchema schema) {
        return EMPTY.computeIfAbsent(
                schema.custom() ? "" : schema.apiVersion() + "/" + schema.kind(), key -> EmptyObjects.of(schema));
    }

    /// Nobody owns what identifies an object or the server writes.
    private static FieldSet stripped() {
        FieldSet set = new FieldSet();
        List.of("apiVersion", "kind", "metadata").forEach(name -> set.insert(PathElements.field(name)));
        FieldSet metadata = set.below(PathElements.field("metadata"));
        List.of(
                        "name",
                        "namespace",
                        "creationTimestamp",
                        "selfLink",
                        "uid",
                        "generation",
                        "managedFields",
                        "resourceVersion")
                .forEach(name -> metadata.insert(PathElements.field(name)));
        return set;
    }
}
