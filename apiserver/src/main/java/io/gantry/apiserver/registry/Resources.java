package io.gantry.apiserver.registry;

import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.Subresource;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.store.Store;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Every resource that is served. Thread-safe.
public final class Resources {
    private final Store store;
    private final CacheFeed feed;
    private final Map<String, ServedResource> byPath = new ConcurrentHashMap<>();
    private final Map<String, KindDefinition<?>> definitions = new ConcurrentHashMap<>();

    public Resources(Store store, CacheFeed feed) {
        this.store = store;
        this.feed = feed;
    }

    /// Serves built-in kinds.
    public void addAll(Collection<KindDefinition<?>> kinds) {
        // Kinds whose objects are stored in another version come after that version.
        kinds.stream()
                .sorted(Comparator.comparing(d -> StoredElsewhere.of(d.kind()).isPresent()))
                .forEach(this::add);
    }

    private <T extends KubernetesObject> void add(KindDefinition<T> definition) {
        Kind<T> kind = definition.kind();
        Supplier<ResourceSchema> schema = new KindSchema(kind);
        ResourceRules rules = new KindResourceRules<>(definition, schema);
        Optional<StoredElsewhere> elsewhere = StoredElsewhere.of(kind);
        Optional<ResourceStorage> storage = Optional.empty();
        Conversion conversion = Conversion.IDENTITY;
        if (elsewhere.isPresent()) {
            storage = require(elsewhere.get().group(), elsewhere.get().version(), kind.plural())
                    .storage();
            conversion = elsewhere.get().conversion();
        } else if (definition.stored()) {
            storage = Optional.of(new ResourceStorage(
                    store,
                    feed,
                    kind.group(),
                    kind.apiVersion(),
                    kind.name(),
                    kind.plural(),
                    rules::selectableFields,
                    definition.rules().selectablePaths()));
        }
        ServedResource resource = new ServedResource(
                kind.group(),
                kind.version(),
                kind.name(),
                kind.plural(),
                kind.namespaced(),
                Set.copyOf(definition.verbs()),
                definition.subresources().stream().map(Subresource::path).collect(Collectors.toUnmodifiableSet()),
                schema,
                rules,
                storage,
                conversion,
                Traits.of(kind.groupResource()));
        byPath.put(path(kind.group(), kind.version(), kind.plural()), resource);
        definitions.put(path(kind.group(), kind.version(), kind.plural()), definition);
    }

    /// The storage of a custom resource. What was served of it before must have been taken away.
    ///
    /// @param apiVersions in which objects may be cached; new ones are stored in the first
    public ResourceStorage customStorage(
            String group,
            String plural,
            String kind,
            List<String> apiVersions,
            StoredForm form,
            Function<JsonNode, Map<String, String>> selectableFields) {
        List<ObjectCodec> codecs =
                apiVersions.stream().map(each -> new ObjectCodec(each, kind)).toList();
        return new ResourceStorage(store, feed, group, plural, codecs, form, selectableFields, List.of());
    }

    /// Serves a version of a custom resource; a built-in resource of the same path stays.
    public void add(ServedResource custom) {
        String path = path(custom.group(), custom.version(), custom.plural());
        if (!definitions.containsKey(path)) {
            byPath.put(path, custom);
        }
    }

    /// Ends the watches of versions of a custom resource and forgets their cache, before others take their place.
    public void close(Collection<ServedResource> customs) {
        customs.forEach(custom -> custom.storage().ifPresent(storage -> feed.drop(storage.cache())));
    }

    /// Serves versions of a custom resource no longer, unless others took their place.
    public void remove(Collection<ServedResource> customs) {
        customs.forEach(custom -> byPath.remove(path(custom.group(), custom.version(), custom.plural()), custom));
    }

    private static String path(String group, String version, String plural) {
        return group + "/" + version + "/" + plural;
    }

    public @Nullable ServedResource find(String group, String version, String plural) {
        return byPath.get(path(group, version, plural));
    }

    /// The built-in kind of a resource; empty for a custom one.
    public Optional<KindDefinition<?>> definition(ServedResource resource) {
        return Optional.ofNullable(definitions.get(path(resource.group(), resource.version(), resource.plural())));
    }

    /// Whether the group is one of the built-in kinds.
    public boolean builtIn(String group) {
        return definitions.values().stream()
                .anyMatch(definition -> definition.kind().group().equals(group));
    }

    /// A built-in resource.
    public ServedResource require(String group, String version, String plural) {
        ServedResource resource = find(group, version, plural);
        if (resource == null) {
            throw new IllegalStateException("not served: " + path(group, version, plural));
        }
        return resource;
    }

    /// The storage of a built-in kind.
    public ResourceStorage storage(Kind<?> kind) {
        return require(kind.group(), kind.version(), kind.plural()).storage().orElseThrow();
    }

    /// All, in no order.
    public List<ServedResource> all() {
        return List.copyOf(byPath.values());
    }
}
