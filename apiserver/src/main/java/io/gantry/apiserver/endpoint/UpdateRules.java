package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.ObjectMetaRules;
import io.gantry.apiserver.registry.ResourceRules;
import io.gantry.apiserver.registry.ServedResource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What an update may change of an object, and what of it stays.
final class UpdateRules {
    private UpdateRules() {}

    /// The object is the one that was asked for, in the version that was named.
    ///
    /// @throws StatusException a bad request, or a conflict
    static void checkIdentity(Call call, ObjectNode object, ObjectNode old) {
        String name = Metadata.text(old, "name");
        String given = Metadata.text(object, "name");
        if (!given.isEmpty() && !given.equals(name)) {
            throw StatusException.badRequest(
                    "the name of the object (" + given + ") does not match the name on the URL (" + name + ")");
        }
        Metadata.checkNamespace(call, object);
        String uid = Metadata.text(object, "uid");
        String oldUid = Metadata.text(old, "uid");
        boolean replaced = call.info().verb().equals("update"); // what patches make of it is no valid change
        if (replaced && !uid.isEmpty() && !uid.equals(oldUid)) {
            throw Preconditions.failed(call, "UID", uid, oldUid);
        }
        String version = Metadata.expectedVersion(object);
        if (!version.isEmpty() && !version.equals(Metadata.text(old, "resourceVersion"))) {
            throw Writes.conflict(call, Writes.MODIFIED);
        }
    }

    /// Puts back what the update does not concern, and counts the generation.
    static void keep(ServedResource resource, Writes.Part part, ObjectNode object, ObjectNode old) {
        Metadata.updated(object, old);
        switch (part) {
            case MAIN -> {
                if (resource.hasSubresource("status")) {
                    restore(object, old, "status");
                }
                resource.rules().prepareForUpdate(object, old);
            }
            case STATUS -> {
                old.properties().forEach(field -> {
                    if (!field.getKey().equals("status") && !field.getKey().equals("metadata")) {
                        object.set(field.getKey(), field.getValue());
                    }
                });
                StatusMetadata.keep(resource, object, old);
                resource.rules().prepareForStatusUpdate(object, old);
            }
            case ANY, UNCOUNTED -> {}
        }
        if (part != Writes.Part.STATUS
                && part != Writes.Part.UNCOUNTED
                && (resource.traits().generation() || resource.schema().custom())) {
            boolean statusCounts = resource.schema().custom() && !resource.hasSubresource("status");
            Metadata.countChange(object, old, resource.is("apps", "deployments"), statusCounts);
        }
    }

    private static void restore(ObjectNode object, ObjectNode old, String field) {
        if (old.has(field)) {
            object.set(field, old.get(field));
        } else {
            object.remove(field);
        }
    }

    /// Refuses what the rules of the kind find wrong.
    ///
    /// @throws StatusException invalid
    static void validate(Call call, Writes.Part part, ObjectNode object, ObjectNode old) {
        ResourceRules rules = call.resource().rules();
        FieldErrors errors = new FieldErrors();
        ObjectMetaRules.validateUpdate(
                object.path("metadata"),
                old.path("metadata"),
                call.resource().group(),
                call.resource().kind(),
                errors);
        if (part == Writes.Part.STATUS) {
            rules.validateStatusUpdate(object, old, errors);
        } else if (call.info().subresource().isEmpty()) {
            rules.validateUpdate(object, old, errors);
        } else {
            rules.validateSubresourceUpdate(call.info().subresource(), object, old, errors);
        }
        call.warnings().addAll(errors.warnings());
        Writes.refuse(call.resource(), object, errors);
        if (part == Writes.Part.MAIN) {
            call.warnings().addAll(rules.warnings(object, Optional.of(old)));
        }
    }
}
