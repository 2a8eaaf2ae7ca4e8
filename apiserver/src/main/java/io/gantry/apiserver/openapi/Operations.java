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
                names.id("list", about),
                subject("list", kind),
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
                "get", names.id("read", about), subject("get", kind), parameters, types, Optional.empty(), answer, OK);
    }

    Operation create(GroupVersionKind kind, String about) {
        return write("post", names.id("create", about), kind, List.of(200, 201, 202));
    }

    Operation update(GroupVersionKind kind, String about) {
        return write("put", names.id("replace", about), kind, List.of(200, 201));
    }

    private Operation write(String method, String id, GroupVersionKind kind, List<Integer> codes) {
        Optional<String> name = catalog.name(kind);
        return new Operation(method, id, subject(method, kind), Parameter.WRITE, types(), name, name, codes);
    }

    Operation patch(GroupVersionKind kind, String about) {
        return new Operation(
                "patch",
                names.id("patch", about),
                subject("patch", kind),
                Parameter.PATCH,
                custom ? MediaTypes.CUSTOM_PATCH : MediaTypes.BUILT_IN_PATCH,
                Optional.of(ScalarDefinitions.PATCH),
                catalog.name(kind),
                custom ? OK : List.of(200, 201));
    }

    Operation delete(GroupVersionKind kind, String about) {
        return new Operation(
                "delete",
                names.id("delete", about),
                subject("delete", kind),
                Parameter.DELETE,
                types(),
                Optional.of(DefinitionCatalog.name(DeleteOptions.class)),
                Optional.of(DefinitionCatalog.name(Status.class)),
                List.of(200, 202));
    }

    Operation deleteCollection(GroupVersionKind kind, String about) {
        return new Operation(
                "delete",
                names.id("delete", "Collection" + about),
                subject("deletecollection", kind),
                custom ? Parameter.LIST : Parameter.DELETE_COLLECTION,
                types(),
                custom ? Optional.empty() : Optional.of(DefinitionCatalog.name(DeleteOptions.class)),
                Optional.of(DefinitionCatalog.name(Status.class)),
                OK);
    }

    Operation connect(String method, GroupVersionKind kind, String about) {
        return new Operation(
                method,
                names.id("connect", OperationNames.valid(method, true) + about),
                subject("connect", kind),
                Parameter.connect(kind.kind()),
                MediaTypes.CONNECT,
                Optional.empty(),
                Optional.empty(),
                OK);
    }

    /// A watch by its own path, as clients had it before `?watch`.
    ///
    /// @param action `watch` of one object, `watchlist` of many
    Operation watch(String action, GroupVersionKind kind, String about) {
        return new Operation(
                "get",
                names.id("watch", about),
                subject(action, kind),
                Parameter.LIST,
                MediaTypes.WATCHABLE,
                Optional.empty(),
                Optional.of(StructDefinitions.WATCH_EVENT),
                OK);
    }

    private static Optional<Operation.Subject> subject(String action, GroupVersionKind kind) {
        return Optional.of(new Operation.Subject(action, kind));
    }

    private MediaTypes types() {
        return custom ? MediaTypes.CUSTOM : MediaTypes.BUILT_IN;
    }
}
