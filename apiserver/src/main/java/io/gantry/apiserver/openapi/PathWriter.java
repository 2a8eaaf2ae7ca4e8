package io.gantry.apiserver.openapi;

import io.gantry.apiserver.discovery.DiscoveryResource;
import io.gantry.apiserver.discovery.DiscoverySubresource;
import io.gantry.apiserver.discovery.DiscoveryVersion;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Writes the paths of one group and version from its discovery.
final class PathWriter {
    private static final List<String> PROXIED = List.of("get", "put", "post", "delete", "options", "head", "patch");

    private final Dialect dialect;
    private final DefinitionCatalog catalog;
    private final DiscoveryVersion version;
    private final ObjectNode paths;
    private final String base;
    private final OperationNames names;

    PathWriter(Dialect dialect, DefinitionCatalog catalog, DiscoveryVersion version, ObjectNode paths) {
        this.dialect = dialect;
        this.catalog = catalog;
        this.version = version;
        this.paths = paths;
        this.base = version.group().isEmpty()
                ? "/api/" + version.version()
                : "/apis/" + version.group() + "/" + version.version();
        this.names = OperationNames.of(version.group(), version.version());
    }

    void write() {
        if (catalog.isBuiltIn(version.group())) {
            DiscoveryPath.resources(version).write(paths, dialect);
        }
        version.resources().forEach(this::write);
    }

    private void write(DiscoveryResource resource) {
        GroupVersionKind kind = new GroupVersionKind(version.group(), version.version(), resource.kind());
        String about = (resource.namespaced() ? "Namespaced" : "") + resource.kind();
        String collection = base + (resource.namespaced() ? "/namespaces/{namespace}/" : "/") + resource.name();
        boolean custom = catalog.name(kind).flatMap(catalog::source).orElse(null) instanceof DefinitionCatalog.OfCustom;
        Operations operations = new Operations(catalog, names, custom);
        collection(operations, resource, kind, about, collection);
        item(operations, resource, kind, about, collection + "/{name}");
        if (resource.namespaced() && resource.verbs().contains("list")) {
            PathItem all = new PathItem(List.of()).add(operations.list(kind, resource.kind() + "ForAllNamespaces"));
            put(base + "/" + resource.name(), all);
        }
        if (!custom && resource.verbs().contains("watch")) {
            watches(operations, resource, kind, about);
        }
        for (DiscoverySubresource part : resource.subresources()) {
            subresource(operations, part, about, collection + "/{name}/" + part.name(), resource.namespaced());
        }
    }

    private void collection(
            Operations operations, DiscoveryResource resource, GroupVersionKind kind, String about, String path) {
        List<String> verbs = resource.verbs();
        PathItem item = new PathItem(resource.namespaced() ? List.of(Parameter.NAMESPACE) : List.of());
        if (verbs.contains("list")) {
            item.add(operations.list(kind, about));
        }
        if (verbs.contains("create")) {
            item.add(operations.create(kind, about));
        }
        if (verbs.contains("list") && verbs.contains("deletecollection")) {
            item.add(operations.deleteCollection(kind, about));
        }
        put(path, item);
    }

    private void item(
            Operations operations, DiscoveryResource resource, GroupVersionKind kind, String about, String path) {
        if (!resource.verbs().contains("get")) {
            return;
        }
        PathItem item = new PathItem(itemParameters(resource.namespaced()));
        for (String verb : resource.verbs()) {
            switch (verb) {
                case "get" -> item.add(operations.get(kind, about));
                case "update" -> item.add(operations.update(kind, about));
                case "patch" -> item.add(operations.patch(kind, about));
                case "delete" -> item.add(operations.delete(kind, about));
                default -> {}
            }
        }
        put(path, item);
    }

    private void watches(Operations operations, DiscoveryResource resource, GroupVersionKind kind, String about) {
        String watch = base + "/watch/";
        String collection = watch + (resource.namespaced() ? "namespaces/{namespace}/" : "") + resource.name();
        List<Parameter> inPath = resource.namespaced() ? List.of(Parameter.NAMESPACE) : List.of();
        put(collection, new PathItem(inPath).add(operations.watch("watchlist", kind, about + "List")));
        PathItem one = new PathItem(itemParameters(resource.namespaced()));
        put(collection + "/{name}", one.add(operations.watch("watch", kind, about)));
        if (resource.namespaced()) {
            String all = resource.kind() + "ListForAllNamespaces";
            put(watch + resource.name(), new PathItem(List.of()).add(operations.watch("watchlist", kind, all)));
        }
    }

    private void subresource(
            Operations operations, DiscoverySubresource part, String owner, String path, boolean namespaced) {
        GroupVersionKind kind = new GroupVersionKind(part.group(), part.version(), part.kind());
        String about = owner + OperationNames.valid(part.name(), true);
        List<Parameter> inPath = itemParameters(namespaced);
        if (part.name().equals("proxy")) {
            put(path, connections(operations, PROXIED, kind, about, new PathItem(inPath)));
            PathItem below = new PathItem(Parameter.with(inPath, Parameter.PATH));
            put(path + "/{path}", connections(operations, PROXIED, kind, about + "WithPath", below));
        } else if (part.kind().endsWith("Options")) {
            put(path, connections(operations, List.of("get", "post"), kind, about, new PathItem(inPath)));
        } else {
            put(path, part(operations, part, kind, about, new PathItem(inPath)));
        }
    }

    private static PathItem connections(
            Operations operations, List<String> methods, GroupVersionKind kind, String about, PathItem item) {
        methods.forEach(method -> item.add(operations.connect(method, kind, about)));
        return item;
    }

    private static PathItem part(
            Operations operations, DiscoverySubresource part, GroupVersionKind kind, String about, PathItem item) {
        for (String verb : part.verbs()) {
            switch (verb) {
                case "get" ->
                    item.add(part.name().equals("log") ? operations.log(kind, about) : operations.get(kind, about));
                case "create" -> item.add(operations.create(kind, about));
                case "update" -> item.add(operations.update(kind, about));
                case "patch" -> item.add(operations.patch(kind, about));
                default -> {}
            }
        }
        return item;
    }

    private static List<Parameter> itemParameters(boolean namespaced) {
        return namespaced ? List.of(Parameter.NAME, Parameter.NAMESPACE) : List.of(Parameter.NAME);
    }

    private void put(String path, PathItem item) {
        if (!item.isEmpty()) {
            item.write(paths.putObject(path), dialect, names.tag());
        }
    }
}
