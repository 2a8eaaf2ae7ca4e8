package io.gantry.apiserver.openapi;

import io.gantry.api.meta.v1.DeleteOptions;
import io.gantry.api.meta.v1.Status;
import java.util.List;
import java.util.Optional;

/// The operations on a resource, as upstream's documents have them; custom resources have fewer media types
/// and other parameters (`apiextensions-apiserver/pkg/controller/openapi/builder`).
///
/// @param custom whether the resource is a definition's
record Operations(DefinitionCatalog catalog, OperationNames names, boolean custom) {
    private static final List<Integer> OK = List.of(200);

    Operation list(GroupVersionKind kind, String about) {
        MediaTypes types = custom ? MediaTypes.CUSTOM : MediaTypes.WATCHABLE;
        return new Operation(
                "get",
                "list",
                names.id("list", about),
                kind,
                Parameter.LIST,
                types,
                Optional.empty(),
                catalog.listName(kind),
                OK);
    }

    Operation get(GroupVersionKind kind, String about) {
        List<Parameter> parameters = custom ? Parameter.READ_CUSTOM : Parameter.READ;
        return read(kind, about, parameters, types(), catalog.name(kind));
    }

    /// The log of a container.
    Operation log(GroupVersionKind kind, String about) {
        return read(kind, about, Parameter.LOG, MediaTypes.LOG, Optional.empty());
    }

    private Operation read(
            GroupVersionKind kind,
            String about,
            List<Parameter> parameters,
            MediaTypes types,
            Optional<String> answer) {
        return new Operation(
                "get", "get", names.id("read", about), kind, parameters, types, Optional.empty(), answer, OK);
    }

    Operation create(GroupVersionKind kind, String about) {
        return write("post", names.id("create", about), kind, List.of(200, 201, 202));
    }

    Operation update(GroupVersionKind kind, String about) {
        return write("put", names.id("replace", about), kind, List.of(200, 201));
    }

    private Operation write(String method, String id, GroupVersionKind kind, List<Integer> codes) {
        Optional<String> name = catalog.name(kind);
        return new Operation(method, method, id, kind, Parameter.WRITE, types(), name, name, codes);
    }

    Operation patch(GroupVersionKind kind, String about) {
        return new Operation(
                "patch",
                "patch",
                names.id("patch", about),
                kind,
                Parameter.PATCH,
                custom ? MediaTypes.CUSTOM_PATCH : MediaTypes.BUILT_IN_PATCH,
                Optional.of(ScalarDefinitions.PATCH),
                catalog.name(kind),
                custom ? OK : List.of(200, 201));
    }

    Operation delete(GroupVersionKind kind, String about) {
        return new Operation(
                "delete",
                "delete",
                names.id("delete", about),
                kind,
                Parameter.DELETE,
                types(),
                Optional.of(DefinitionCatalog.name(DeleteOptions.class)),
                Optional.of(DefinitionCatalog.name(Status.class)),
                List.of(200, 202));
    }

    Operation deleteCollection(GroupVersionKind kind, String about) {
        return new Operation(
                "delete",
                "deletecollection",
                names.id("delete", "Collection" + about),
                kind,
                custom ? Parameter.LIST : Parameter.DELETE_COLLECTION,
                types(),
                custom ? Optional.empty() : Optional.of(DefinitionCatalog.name(DeleteOptions.class)),
                Optional.of(DefinitionCatalog.name(Status.class)),
                OK);
    }

    Operation connect(String method, GroupVersionKind kind, String about) {
        return new Operation(
                method,
                "connect",
                names.id("connect", OperationNames.valid(method, true) + about),
                kind,
                Parameter.connect(kind.kind()),
                MediaTypes.CONNECT,
                Optional.empty(),
                Optional.empty(),
                OK);
    }

    private MediaTypes types() {
        return custom ? MediaTypes.CUSTOM : MediaTypes.BUILT_IN;
    }
}
