package io.gantry.apiserver.customresource;

import io.gantry.api.apiextensions.v1.customresourcedefinition.CustomResourceDefinitionKind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.apiserver.discovery.DiscoveryResource;
import io.gantry.apiserver.discovery.DiscoverySubresource;
import io.gantry.apiserver.discovery.DiscoveryVersion;
import io.gantry.apiserver.objects.ObjectListener;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.openapi.CustomDefinition;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.apiserver.webhook.WebhookClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Serves custom resources as the CustomResourceDefinitions in the store say, whoever wrote them: it follows the
/// definitions' watch cache, so that several API servers see each other's. Thread-safe.
public final class CustomResources {
    private final Resources resources;
    private final SchemaRules.Compiler compiler;
    private final Supplier<WebhookClient> webhooks;
    private final Map<String, ObjectNode> trees = new ConcurrentSkipListMap<>();
    private final Map<String, Serving> servings = new ConcurrentSkipListMap<>();
    private final AtomicLong generation = new AtomicLong();
    private volatile Consumer<String> changed = name -> {};

    /// @param compiler of `x-kubernetes-validations`
    /// @param webhooks calls conversion webhooks; made at its first use
    public CustomResources(Resources resources, SchemaRules.Compiler compiler, Supplier<WebhookClient> webhooks) {
        this.resources = resources;
        this.compiler = compiler;
        this.webhooks = webhooks;
    }

    /// Serves what is defined now, before it returns, and follows from then on.
    ///
    /// @param listener told the name of each definition that changed or is gone; must not block
    public void follow(ObjectReader reader, Consumer<String> listener) {
        changed = listener;
        reader.watch(CustomResourceDefinitionKind.KIND, new ObjectListener() {
            @Override
            public void replaced(List<ObjectNode> all) {
                Set<String> gone = new HashSet<>(trees.keySet());
                all.forEach(tree -> gone.remove(Trees.name(tree)));
                all.forEach(CustomResources.this::put);
                gone.forEach(CustomResources.this::remove);
            }

            @Override
            public void put(ObjectNode now) {
                CustomResources.this.put(now);
            }

            @Override
            public void deleted(ObjectNode last) {
                remove(Trees.name(last));
            }
        });
    }

    private synchronized void put(ObjectNode tree) {
        Definition now = Definition.of(tree);
        trees.put(now.name(), withoutVersions(tree));
        Serving before = servings.get(now.name());
        if (before != null && now.established() && before.definition().serving().equals(now.serving())) {
            before.setTerminating(now.terminating());
        } else if (before != null || now.established()) {
            replace(now.name(), before, now);
        }
        changed.accept(now.name());
    }

    private void replace(String name, @Nullable Serving before, Definition now) {
        List<ServedResource> old = before == null ? List.of() : before.resources();
        resources.close(old);
        if (now.established()) {
            Serving serving = new Serving(now, resources, compiler, webhooks);
            serving.resources().forEach(resources::add);
            servings.put(name, serving);
        } else {
            servings.remove(name);
        }
        resources.remove(old);
        generation.incrementAndGet();
    }

    private synchronized void remove(String name) {
        trees.remove(name);
        Serving before = servings.remove(name);
        if (before != null) {
            resources.close(before.resources());
            resources.remove(before.resources());
            generation.incrementAndGet();
        }
        changed.accept(name);
    }

    /// Counts changes of what is served.
    public long generation() {
        return generation.get();
    }

    /// Schemas are large; who asks for names needs none.
    private static ObjectNode withoutVersions(ObjectNode tree) {
        Trees.object(tree, "spec").remove("versions");
        return tree;
    }

    /// The definitions as the cache has them, without their versions. Not to be changed.
    Collection<ObjectNode> trees() {
        return trees.values();
    }

    /// What is served of a definition; empty when nothing is.
    Optional<Serving> serving(String name) {
        return Optional.ofNullable(servings.get(name));
    }

    /// What discovery shows: one entry a group and version.
    public List<DiscoveryVersion> discovery() {
        Map<String, List<DiscoveryResource>> found = new TreeMap<>();
        for (Serving serving : servings.values()) {
            Definition definition = serving.definition();
            for (DefinitionVersion version : definition.served()) {
                String key = definition.apiVersion(version);
                found.computeIfAbsent(key, k -> new ArrayList<>()).add(resource(definition, version));
            }
        }
        return found.entrySet().stream()
                .map(entry -> {
                    String[] parts = entry.getKey().split("/");
                    return new DiscoveryVersion(parts[0], parts[1], entry.getValue(), true);
                })
                .toList();
    }

    private static DiscoveryResource resource(Definition definition, DefinitionVersion version) {
        List<DiscoverySubresource> subresources = new ArrayList<>();
        if (version.status()) {
            subresources.add(new DiscoverySubresource(
                    "status", definition.group(), version.name(), definition.kind(), DiscoverySubresource.PART_VERBS));
        }
        version.scale()
                .ifPresent(paths -> subresources.add(new DiscoverySubresource(
                        "scale", "autoscaling", "v1", "Scale", DiscoverySubresource.PART_VERBS)));
        return new DiscoveryResource(
                definition.plural(),
                definition.singular(),
                definition.kind(),
                definition.namespaced(),
                KindDefinition.ALL_VERBS,
                definition.shortNames(),
                definition.categories(),
                definition.versions().stream()
                        .filter(DefinitionVersion::storage)
                        .findFirst()
                        .map(stored -> DiscoveryResource.hashOf(definition.group(), stored.name(), definition.kind()))
                        .orElse(""),
                subresources);
    }

    /// What OpenAPI shows.
    public List<CustomDefinition> definitions() {
        List<CustomDefinition> all = new ArrayList<>();
        for (Serving serving : servings.values()) {
            Definition definition = serving.definition();
            for (DefinitionVersion version : definition.served()) {
                all.add(new CustomDefinition(
                        definition.group(),
                        version.name(),
                        definition.plural(),
                        definition.kind(),
                        definition.listKind(),
                        version.selectableFields(),
                        version.schema()));
            }
        }
        return all;
    }
}
