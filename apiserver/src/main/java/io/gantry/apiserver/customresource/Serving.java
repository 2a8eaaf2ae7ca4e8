package io.gantry.apiserver.customresource;

import io.gantry.api.kind.KindDefinition;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import io.gantry.apiserver.registry.Conversion;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.apiserver.registry.Traits;
import io.gantry.apiserver.webhook.WebhookClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What is served of one definition: one resource a served version, all with one storage. What costs (schemas, rules)
/// is made at its first use.
final class Serving {
    private static final Set<String> VERBS = Set.copyOf(KindDefinition.ALL_VERBS);

    private final Definition definition;
    private final SchemaRules.Compiler compiler;
    private final Supplier<WebhookClient> webhooks;
    private final AtomicBoolean terminating;
    private final Map<String, Supplier<ResourceSchema>> schemas = new LinkedHashMap<>();
    private final Map<String, CustomResourceRules> rules = new LinkedHashMap<>();
    private final List<ServedResource> resources = new ArrayList<>();
    private @Nullable ServedResource storageVersion;

    /// Makes it; what was served before of the definition must have been taken away.
    Serving(
            Definition definition,
            Resources registry,
            SchemaRules.Compiler compiler,
            Supplier<WebhookClient> webhooks) {
        this.definition = definition;
        this.compiler = compiler;
        this.webhooks = webhooks;
        this.terminating = new AtomicBoolean(definition.terminating());
        for (DefinitionVersion version : definition.versions()) {
            String apiVersion = definition.apiVersion(version);
            Supplier<ResourceSchema> schema = Once.of(() -> Schemas.custom(
                    apiVersion, definition.kind(), version.schema().tree()));
            schemas.put(apiVersion, schema);
            Supplier<Optional<SchemaRules>> compiled =
                    Once.of(() -> this.compiler.compile(version.schema().tree()));
            rules.put(
                    apiVersion,
                    new CustomResourceRules(definition, version, schema, this::schemaOf, compiled, terminating::get));
        }
        definition.storage().ifPresent(stored -> serve(registry, stored));
    }

    private Optional<ResourceSchema> schemaOf(String apiVersion) {
        return Optional.ofNullable(schemas.get(apiVersion)).map(Supplier::get);
    }

    private void serve(Resources registry, DefinitionVersion stored) {
        String storedVersion = definition.apiVersion(stored);
        List<String> cached = new ArrayList<>(List.of(storedVersion));
        if (definition.webhook()) {
            schemas.keySet().stream().filter(v -> !v.equals(storedVersion)).forEach(cached::add);
        }
        ResourceStorage storage = registry.customStorage(
                definition.group(),
                definition.plural(),
                definition.kind(),
                cached,
                new CachedForm(schemas, storedVersion, definition.webhook()),
                this::selectableFields);
        for (DefinitionVersion version : definition.served()) {
            resources.add(resource(version, storage, stored));
        }
        storageVersion = resource(stored, storage, stored);
    }

    private ServedResource resource(DefinitionVersion version, ResourceStorage storage, DefinitionVersion stored) {
        String apiVersion = definition.apiVersion(version);
        Set<String> subresources = new HashSet<>();
        if (version.status()) {
            subresources.add("status");
        }
        if (version.scale().isPresent()) {
            subresources.add("scale");
        }
        return new ServedResource(
                definition.group(),
                version.name(),
                definition.kind(),
                definition.plural(),
                definition.namespaced(),
                VERBS,
                Set.copyOf(subresources),
                schema(apiVersion),
                rules(apiVersion),
                Optional.of(storage),
                conversion(version, stored),
                Traits.CUSTOM);
    }

    private Conversion conversion(DefinitionVersion version, DefinitionVersion stored) {
        String served = definition.apiVersion(version);
        if (definition.webhook()) {
            return definition.versions().size() == 1
                    ? Conversion.IDENTITY
                    : new WebhookConversion(
                            new ConversionReviews(webhooks, definition.conversion()),
                            schemas,
                            definition.kind(),
                            served,
                            definition.apiVersion(stored));
        }
        return version.equals(stored)
                ? Conversion.IDENTITY
                : new VersionChange(schema(served), schema(definition.apiVersion(stored)));
    }

    private Supplier<ResourceSchema> schema(String apiVersion) {
        return Objects.requireNonNull(schemas.get(apiVersion));
    }

    private CustomResourceRules rules(String apiVersion) {
        return Objects.requireNonNull(rules.get(apiVersion));
    }

    /// The selectable fields of every version: what one version does not select is not asked for.
    private Map<String, String> selectableFields(JsonNode object) {
        Map<String, String> fields = new HashMap<>();
        rules.values().forEach(each -> fields.putAll(each.selectableFields(object)));
        return fields;
    }

    Definition definition() {
        return definition;
    }

    List<ServedResource> resources() {
        return List.copyOf(resources);
    }

    /// The version in which objects are stored, served or not: nothing of it needs a conversion.
    Optional<ServedResource> storageVersion() {
        return Optional.ofNullable(storageVersion);
    }

    void setTerminating(boolean now) {
        terminating.set(now);
    }
}
