package io.gantry.apiserver.openapi;

import io.gantry.api.Json;
import io.gantry.apiserver.discovery.DiscoveryVersion;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes documents as trees. Holds upstream's descriptions, so it lives only while documents are made. Of one thread.
final class DocumentBuilder {
    private static final String TOKENS = "BearerToken";

    private final DefinitionCatalog catalog;
    private final String version;
    private @Nullable Descriptions descriptions;

    /// @param version of the whole API, e.g. `v1.36.0`
    DocumentBuilder(DefinitionCatalog catalog, String version) {
        this.catalog = catalog;
        this.version = version;
    }

    /// The v2 document of everything.
    ObjectNode v2(Collection<DiscoveryVersion> versions) {
        ObjectNode document = Json.MAPPER.createObjectNode().put("swagger", "2.0");
        info(document);
        ObjectNode paths = document.putObject("paths");
        DiscoveryPath.all(catalog.groups()).forEach(each -> each.write(paths, Dialect.V2));
        versions.forEach(each -> new PathWriter(Dialect.V2, catalog, each, paths).write());
        ObjectNode definitions = document.putObject("definitions");
        SchemaWriter writer = new SchemaWriter(Dialect.V2, catalog, descriptions());
        TreeSet<String> names = new TreeSet<>(catalog.names());
        ScalarDefinitions.names().forEach(names::add);
        names.addAll(StructDefinitions.names());
        names.forEach(name -> definitions.set(name, writer.definition(name)));
        tokens(document.putObject("securityDefinitions"));
        document.putArray("security").addObject().putArray(TOKENS);
        return document;
    }

    private static void tokens(ObjectNode schemes) {
        schemes.putObject(TOKENS)
                .put("description", "A token: Bearer, a space and the token.")
                .put("type", "apiKey")
                .put("name", "authorization")
                .put("in", "header");
    }

    private Descriptions descriptions() {
        Descriptions loaded = descriptions;
        if (loaded == null) {
            loaded = Descriptions.load();
            descriptions = loaded;
        }
        return loaded;
    }

    /// The v3 document of one group and version, with the definitions that it needs.
    ObjectNode v3(DiscoveryVersion discovery) {
        Consumer<ObjectNode> paths = node -> new PathWriter(Dialect.V3, catalog, discovery, node).write();
        return v3(paths, catalog.isBuiltIn(discovery.group()));
    }

    /// The v3 document of a path that belongs to no version.
    ObjectNode v3(DiscoveryPath path) {
        return v3(node -> path.write(node, Dialect.V3), true);
    }

    private ObjectNode v3(Consumer<ObjectNode> content, boolean builtIn) {
        ObjectNode document = Json.MAPPER.createObjectNode().put("openapi", "3.0.0");
        info(document);
        ObjectNode paths = document.putObject("paths");
        content.accept(paths);
        ObjectNode components = document.putObject("components");
        ObjectNode schemas = components.putObject("schemas");
        if (builtIn) {
            tokens(components.putObject("securitySchemes"));
        }
        SchemaWriter writer = new SchemaWriter(Dialect.V3, catalog, descriptions());
        TreeMap<String, ObjectNode> definitions = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>();
        references(paths, open);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (!definitions.containsKey(name)) {
                ObjectNode definition = writer.definition(name);
                definitions.put(name, definition);
                references(definition, open);
            }
        }
        definitions.forEach(schemas::set);
        return document;
    }

    private static void references(JsonNode node, Deque<String> found) {
        node.findValues("$ref").forEach(ref -> {
            if (ref.isString()) {
                found.add(Dialect.V3.definition(ref.stringValue()));
            }
        });
    }

    private void info(ObjectNode document) {
        document.putObject("info").put("title", "Kubernetes").put("version", version);
    }
}
