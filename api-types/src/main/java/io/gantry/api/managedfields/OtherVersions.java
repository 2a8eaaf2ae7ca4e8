package io.gantry.api.managedfields;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What the versions that managers name say to an object. Upstream compares the fields of a manager in the
/// manager's own version (`structured-merge-diff/merge.Updater`), so an object that does not fit one of them
/// cannot be compared.
final class OtherVersions {
    private final String own;
    private final FieldWriter writer;

    /// @param own the `apiVersion` of the request
    OtherVersions(String own, FieldWriter writer) {
        this.own = own;
        this.writer = writer;
    }

    /// Why the object does not fit the version of some manager; empty when it fits all.
    Optional<String> refuse(Ownership ownership, ObjectNode object) {
        for (Ownership.Owned owned : ownership.all().values()) {
            Optional<String> why = refuse(owned.apiVersion(), object);
            if (why.isPresent()) {
                return why;
            }
        }
        return Optional.empty();
    }

    /// Why it does not fit this version.
    Optional<String> refuse(String version, ObjectNode object) {
        return version.equals(own)
                ? Optional.empty()
                : writer.alike().apply(version).flatMap(schema -> UnfitFields.describeStored(schema.root(), object));
    }
}
