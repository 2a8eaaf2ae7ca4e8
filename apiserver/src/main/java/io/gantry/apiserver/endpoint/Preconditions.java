package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import tools.jackson.databind.JsonNode;

/// What a request says of the object that it means (of a deletion: upstream `registry/rest/delete.go`).
final class Preconditions {
    private Preconditions() {}

    /// @throws StatusException 409 where it is another object
    static void check(Call call, JsonNode object, DeleteOptions options) {
        String uid = Metadata.text(object, "uid");
        if (!options.uid().isEmpty() && !options.uid().equals(uid)) {
            throw conflict(call, "UID", options.uid(), uid, "The object might have been deleted and then recreated");
        }
        String version = Metadata.text(object, "resourceVersion");
        if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals(version)) {
            throw conflict(
                    call, "ResourceVersion", options.resourceVersion(), version, "The object might have been modified");
        }
    }

    /// Kinds whose deletion upstream begins by itself word it otherwise.
    private static StatusException conflict(Call call, String what, String wanted, String there, String perhaps) {
        if (Deletions.marksFirst(call.resource())) {
            return failed(call, what, wanted, there);
        }
        return StatusException.conflict(
                call.resource().group(),
                call.resource().kind(),
                call.info().name(),
                "the " + what + " in the precondition (" + wanted + ") does not match the " + what + " in record ("
                        + there + "). " + perhaps);
    }

    /// A conflict in the words of upstream's storage.
    static StatusException failed(Call call, String what, String wanted, String there) {
        return Writes.conflict(
                call,
                "Precondition failed: " + what + " in precondition: " + wanted + ", " + what + " in object meta: "
                        + there);
    }
}
