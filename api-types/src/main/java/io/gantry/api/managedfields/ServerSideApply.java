package io.gantry.api.managedfields;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Body;
import io.gantry.api.schema.DecodeException;
import io.gantry.api.schema.FieldValidation;
import io.gantry.api.schema.GoConverter;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.StructSchema;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Server-side apply (KEP-555; upstream `sigs.k8s.io/structured-merge-diff/merge`).
public final class ServerSideApply {
    private static final String BEFORE_FIRST_APPLY = "before-first-apply";

    private ServerSideApply() {}

    /// A configuration as it is to be applied. What the schema does not know is refused whatever the validation.
    ///
    /// @param body becomes what is applied
    /// @param again the body's tree as it was sent, asked for only when something is wrong with it
    /// @return warnings for the client, empty unless `validation` is `WARN`
    /// @throws StatusException when a value does not fit, a field is not known, or with strict errors
    public static List<String> decode(
            ResourceSchema schema, Body body, Supplier<ObjectNode> again, FieldValidation validation) {
        fit(schema, body.tree(), again);
        if (validation == FieldValidation.STRICT && !body.strictErrors().isEmpty()) {
            throw StatusException.badRequest(
                    "error strict decoding YAML: error converting YAML to JSON: " + body.strictText());
        }
        return validation == FieldValidation.WARN ? body.strictErrors() : List.of();
    }

    /// The merge refuses before the decoder would.
    private static void fit(ResourceSchema schema, ObjectNode tree, Supplier<ObjectNode> again) {
        String unfit;
        try {
            unfit = schema.custom() ? UnfitFields.describe(schema.root(), tree).orElse("") : "";
            boolean known = schema.conformApplied(tree).isEmpty();
            if (unfit.isEmpty() && known && !DuplicateItems.areIn(schema.root(), tree)) {
                return;
            }
        } catch (DecodeException undecoded) {
            unfit = String.valueOf(undecoded.getMessage());
            ObjectNode sent = again.get();
            String why = UnfitFields.describe(schema.root(), sent).orElse("");
            throw why.isEmpty() ? unconverted(schema, sent, unfit) : untyped(schema, sent, why);
        }
        ObjectNode sent = again.get();
        throw untyped(schema, sent, UnfitFields.describe(schema.root(), sent).orElse("unknown fields"));
    }

    /// What upstream has no better status for.
    private static StatusException untyped(ResourceSchema schema, JsonNode config, @Nullable String why) {
        return failed("failed to create typed patch object (" + shown(schema, config) + "): " + why);
    }

    /// What can be merged and does not become an object.
    private static StatusException unconverted(ResourceSchema schema, JsonNode config, String decoderSays) {
        return failed("failed to convert new object (" + shown(schema, config)
                + ") to proper version: unable to convert unstructured object to "
                + ResourceSchema.shown(schema.apiVersion(), schema.kind()) + ": " + GoConverter.says(decoderSays));
    }

    private static String shown(ResourceSchema schema, JsonNode config) {
        return config.path("metadata").path("namespace").asString("") + "/"
                + config.path("metadata").path("name").asString("") + "; "
                + ResourceSchema.shown(schema.apiVersion(), schema.kind());
    }

    private static StatusException failed(String why) {
        return StatusException.of(500, "", why, null);
    }

    /// Merges a configuration into an object as an apply does, without owning anything. Neither is changed; the result
    /// may share parts with both.
    public static ObjectNode merge(ResourceSchema schema, ObjectNode live, ObjectNode configuration) {
        return (ObjectNode) ConfigMerge.merge(schema.root(), live, configuration);
    }

    /// Applies a configuration.
    ///
    /// @param live the object as stored, or null when there is none; not changed
    /// @param config what the manager wants, by [#decode] and without defaults; not changed
    /// @param force takes fields from other managers instead of refusing
    /// @return the object to default, admit and store, with managedFields; equal to `live` when nothing changes
    /// @throws StatusException 409 with a cause a conflict, 400 when the configuration cannot be applied
    public static ObjectNode apply(
            ResourceSchema schema, @Nullable ObjectNode live, ObjectNode config, boolean force, FieldWriter writer) {
        requireApplicable(schema, config);
        try {
            return new Application(schema, live, config, writer).run(force);
        } catch (IllegalArgumentException malformed) {
            throw untyped(schema, config, malformed.getMessage());
        }
    }

    private static void requireApplicable(ResourceSchema schema, ObjectNode config) {
        JsonNode managedFields = config.path("metadata").path("managedFields");
        if (managedFields.isArray() && !managedFields.isEmpty()) {
            throw StatusException.badRequest("metadata.managedFields must be nil");
        }
        String apiVersion = config.path("apiVersion").asString("");
        if (!schema.isNamed(apiVersion)) {
            throw StatusException.badRequest("Incorrect version specified in apply patch. Specified patch version: "
                    + apiVersion + ", expected: " + schema.apiVersion());
        }
    }

    /// One apply.
    private static final class Application {
        private final ResourceSchema schema;
        private final StructSchema root;
        private final ObjectNode live;
        private final ObjectNode config;
        private final FieldWriter writer;
        private final Manager manager;
        private final Ownership ownership;

        Application(ResourceSchema schema, @Nullable ObjectNode live, ObjectNode config, FieldWriter writer) {
            this.schema = schema;
            this.root = schema.root();
            this.live = live == null ? JsonNodeFactory.instance.objectNode() : live;
            this.config = config;
            this.writer = writer;
            this.manager = Manager.applier(writer.manager(), writer.subresource());
            this.ownership = Ownership.read(this.live.path("metadata").path("managedFields"));
            if (live != null && ownership.isEmpty()) {
                ownBeforeFirstApply(live);
            }
            ownership.gone(schema, writer).ifPresent(why -> {
                throw failed(why);
            });
        }

        private void ownBeforeFirstApply(ObjectNode object) {
            Manager before = Manager.updater(BEFORE_FIRST_APPLY, schema.apiVersion(), writer.subresource());
            FieldWriter same =
                    new FieldWriter(BEFORE_FIRST_APPLY, writer.subresource(), writer.time(), writer.resetFields());
            ManagedFields.recordUpdate(schema, ownership, EmptyObjects.of(schema), object, before, same);
        }

        ObjectNode run(boolean force) {
            OtherVersions others = new OtherVersions(schema.apiVersion(), writer);
            refuse("", others.refuse(ownership, live));
            FieldSet fields = FieldSets.of(root, config).without(writer.resetFieldList());
            Ownership.Owned last = ownership.get(manager);
            JsonNode merged = ConfigMerge.merge(root, live, config);
            ownership.set(manager, fields, schema.apiVersion(), null);
            if (last != null) {
                refuse(
                        "failed to convert merged object to last applied version: ",
                        others.refuse(last.apiVersion(), asObject(merged)));
            }
            ObjectNode result = last == null ? asObject(merged) : pruned(merged, last.fields(), fields);
            refuse("failed to convert new object: ", others.refuse(ownership, result));
            Comparison changes = Comparison.of(root, live, result).without(writer.resetFieldList());
            FieldSet written = changes.added().union(changes.modified());
            if (!force) {
                Conflicts.refuse(root, ownership, manager, written, live, schema.apiVersion());
            }
            ownership.takeFromOthers(manager, written);
            ownership.takeFromOthers(manager, changes.removed());
            ObjectNode stored = result.deepCopy();
            schema.conformMerged(stored);
            return finish(stored, fields);
        }

        private static void refuse(String where, Optional<String> why) {
            why.ifPresent(text -> {
                throw failed(where + text);
            });
        }

        private ObjectNode finish(ObjectNode stored, FieldSet fields) {
            FieldSet own = fields.difference(ManagedFields.STRIPPED);
            // Upstream `managedFieldsUpdater`: who changes nothing has the time it had, which may be none.
            ownership.set(manager, own, schema.apiVersion(), stored.equals(live) ? null : writer.time());
            LastApplied.refresh(stored, config, writer.manager());
            ManagedFields.write(stored.withObject("/metadata"), ownership);
            return stored;
        }

        private static ObjectNode asObject(@Nullable JsonNode node) {
            return node instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        }

        /// Removes what the manager applied last time and no longer does, unless somebody else owns it.
        private ObjectNode pruned(JsonNode merged, FieldSet last, FieldSet fields) {
            FieldSet lastNamed = FieldSets.withNamedFields(last, root);
            FieldSet mergedSet = FieldSets.withNamedFields(FieldSets.of(root, merged), root);
            JsonNode withoutLast = asObject(FieldSets.remove(root, merged, lastNamed));
            FieldSet managed = fields;
            for (Ownership.Owned owned : ownership.all().values()) {
                managed = managed.union(owned.fields());
            }
            FieldSet kept = FieldSets.withNamedFields(FieldSets.of(root, withoutLast), root)
                    .union(FieldSets.withNamedFields(managed, root));
            JsonNode owned = asObject(FieldSets.remove(root, merged, mergedSet.difference(kept)));
            FieldSet ownedSet = FieldSets.withNamedFields(FieldSets.of(root, owned), root);
            FieldSet gone = mergedSet.difference(ownedSet).intersection(lastNamed);
            return asObject(FieldSets.remove(root, merged, gone));
        }
    }
}
