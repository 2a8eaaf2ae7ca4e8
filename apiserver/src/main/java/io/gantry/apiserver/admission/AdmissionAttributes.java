package io.gantry.apiserver.admission;

import io.gantry.apiserver.authn.UserInfo;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// What is about to be done to an object.
///
/// @param verb of the request, which may be `patch` where the operation is an update
/// @param kind the Kind of the object, in the group and version of the request
/// @param subresource empty for the object itself
/// @param namespace empty for cluster-scoped objects
/// @param name empty on a create with `generateName` before the name is made
/// @param options the operation's options (CreateOptions…), empty object when none
/// @param warnings takes warnings for the client (header `Warning`), on the request's thread
/// @param notes what plugins note about the request
public record AdmissionAttributes(
        Operation operation,
        String verb,
        String group,
        String version,
        String kind,
        String resource,
        String subresource,
        String namespace,
        String name,
        UserInfo user,
        boolean dryRun,
        ObjectNode options,
        Consumer<String> warnings,
        AdmissionNotes notes) {

    /// What admission distinguishes.
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        CONNECT
    }

    /// Whether it is the resource itself in the group, not a subresource.
    public boolean is(String wantedGroup, String wantedResource) {
        return subresource.isEmpty() && group.equals(wantedGroup) && resource.equals(wantedResource);
    }
}
