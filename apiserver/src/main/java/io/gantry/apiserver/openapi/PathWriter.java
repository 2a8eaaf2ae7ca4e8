package io.gantry.apiserver.openapi;

import io.gantry.api.meta.v1.DeleteOptions;
import io.gantry.api.meta.v1.Status;
import io.gantry.apiserver.discovery.DiscoveryResource;
import io.gantry.apiserver.discovery.DiscoverySubresource;
import io.gantry.apiserver.discovery.DiscoveryVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the paths of one group and version from its discovery.
final class PathWriter {
    private static final List<String> CUSTOM_PATCHES =
            List.of("application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml");
    private static final List<String> PATCHES = List.of(
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json",
            "application/apply-patch+yaml");

    private final Dialect dialect;
    private final DefinitionCatalog catalog;
    private final DiscoveryVersion version;
    private final ObjectNode paths;
    private final String base;
    private final String idSuffix;
    private final String tag;

    PathWriter(Dialect dialect, DefinitionCatalog catalog, DiscoveryVersion version, ObjectNode paths) {
        this.dialect = dialect;
        this.catalog = catalog;
        this.version = version;
        this.paths = paths;
        this.base = version.group().isEmpty()
                ? "/api/" + version.version()
                : "/apis/" + version.group() + "/" + version.version();
        String group = version.group().isEmpty() ? "core" : version.group().split("\\.")[0];
        this.idSuffix = capital(group) + capital(version.version());
        this.tag = group + "_" + version.version();
    }

    void write() {
        version.resources().forEach(this::write);
    }

    private void write(DiscoveryResource resource) {
        GroupVersionKind kind = new GroupVersionKind(version.group(), version.version(), resource.kind());
        String name = (resource.namespaced() ? "Namespaced" : "") + resource.kind();
        String collection = base + (resource.namespaced() ? "/namespaces/{namespace}/" : "/") + resource.name();
        boolean custom = catalog.name(kind).flatMap(catalog::source).orElse(null) instanceof DefinitionCatalog.OfCustom;
        collection(resource, kind, name, collection);
        item(resource, kind, name, collection + "/{name}", custom);
        if (resource.namespaced() && resource.verbs().contains("list")) {
            ObjectNode all = path(base + "/" + resource.name(), List.of());
            list(kind, "list" + idSuffix + resource.kind() + "ForAllNamespaces").write(all, dialect, tag);
        }
        for (DiscoverySubresource part : resource.subresources()) {
            subresource(part, name, collection + "/{name}/" + part.name(), resource.namespaced(), custom);
        }
    }

    private void collection(DiscoveryResource resource, GroupVersionKind kind, String name, String path) {
        List<String> verbs = resource.verbs();
        if (!verbs.contains("list") && !verbs.contains("create")) {
            return;
        }
        ObjectNode node = path(path, resource.namespaced() ? List.of(Parameter.NAMESPACE) : List.of());
        if (verbs.contains("list")) {
            list(kind, "list" + idSuffix + name).write(node, dialect, tag);
        }
        if (verbs.contains("create")) {
            create(kind, "create" + idSuffix + name).write(node, dialect, tag);
        }
        if (verbs.contains("deletecollection")) {
            delete(kind, "deletecollection", "delete" + idSuffix + "Collection" + name, Parameter.LIST, List.of(200))
                    .write(node, dialect, tag);
        }
    }

    private void item(DiscoveryResource resource, GroupVersionKind kind, String name, String path, boolean custom) {
        List<String> verbs = resource.verbs();
        if (!verbs.contains("get")) {
            return;
        }
        ObjectNode node = path(path, itemParameters(resource.namespaced()));
        for (String verb : verbs) {
            switch (verb) {
                case "get" -> get(kind, "read" + idSuffix + name).write(node, dialect, tag);
                case "update" -> update(kind, "replace" + idSuffix + name).write(node, dialect, tag);
                case "patch" -> patch(kind, "patch" + idSuffix + name, custom).write(node, dialect, tag);
                case "delete" ->
                    delete(kind, "delete", "delete" + idSuffix + name, Parameter.DELETE, List.of(200, 202))
                            .write(node, dialect, tag);
                default -> {}
            }
        }
    }

    private void subresource(DiscoverySubresource part, String name, String path, boolean namespaced, boolean custom) {
        GroupVersionKind kind = new GroupVersionKind(part.group(), part.version(), part.kind());
        ObjectNode node = path(path, itemParameters(namespaced));
        String id = idSuffix + name + capital(part.name());
        boolean connect = part.kind().endsWith("Options");
        for (String verb : part.verbs()) {
            Optional<Operation> operation = switch (verb) {
                case "get" -> Optional.of(connect ? connect("get", kind, id) : get(kind, "read" + id));
                case "create" -> Optional.of(connect ? connect("post", kind, id) : create(kind, "create" + id));
                case "update" -> Optional.of(connect ? connect("put", kind, id) : update(kind, "replace" + id));
                case "patch" -> Optional.of(connect ? connect("patch", kind, id) : patch(kind, "patch" + id, custom));
                case "delete" -> Optional.of(connect("delete", kind, id));
                default -> Optional.empty();
            };
            operation.ifPresent(each -> each.write(node, dialect, tag));
        }
    }

    private static List<Parameter> itemParameters(boolean namespaced) {
        return namespaced ? List.of(Parameter.NAME, Parameter.NAMESPACE) : List.of(Parameter.NAME);
    }

    private ObjectNode path(String path, List<Parameter> parameters) {
        ObjectNode node = paths.putObject(path);
        if (!parameters.isEmpty()) {
            ArrayNode array = node.putArray("parameters");
            parameters.forEach(parameter -> parameter.append(array, dialect));
        }
        return node;
    }

    private Operation list(GroupVersionKind kind, String id) {
        return new Operation(
                "get",
                "list",
                id,
                kind,
                Parameter.LIST,
                List.of(),
                Optional.empty(),
                catalog.listName(kind),
                List.of(200));
    }

    private Operation get(GroupVersionKind kind, String id) {
        return new Operation(
                "get", "get", id, kind, Parameter.READ, List.of(), Optional.empty(), catalog.name(kind), List.of(200));
    }

    private Operation create(GroupVersionKind kind, String id) {
        Optional<String> name = catalog.name(kind);
        return new Operation("post", "post", id, kind, Parameter.WRITE, List.of(), name, name, List.of(200, 201, 202));
    }

    private Operation update(GroupVersionKind kind, String id) {
        Optional<String> name = catalog.name(kind);
        return new Operation("put", "put", id, kind, Parameter.WRITE, List.of(), name, name, List.of(200, 201));
    }

    private Operation patch(GroupVersionKind kind, String id, boolean custom) {
        return new Operation(
                "patch",
                "patch",
                id,
                kind,
                Parameter.PATCH,
                custom ? CUSTOM_PATCHES : PATCHES,
                Optional.of(ScalarDefinitions.PATCH),
                catalog.name(kind),
                List.of(200, 201));
    }

    private Operation delete(
            GroupVersionKind kind, String action, String id, List<Parameter> parameters, List<Integer> codes) {
        return new Operation(
                "delete",
                action,
                id,
                kind,
                parameters,
                List.of(),
                Optional.of(DefinitionCatalog.name(DeleteOptions.class)),
                Optional.of(DefinitionCatalog.name(Status.class)),
                codes);
    }

    private static Operation connect(String method, GroupVersionKind kind, String id) {
        return new Operation(
                method,
                "connect",
                "connect" + capital(method) + id,
                kind,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(200));
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
