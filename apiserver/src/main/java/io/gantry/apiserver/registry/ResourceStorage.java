package io.gantry.apiserver.registry;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Bodies;
import io.gantry.apiserver.projection.Projection;
import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Description;
import io.gantry.apiserver.watch.WatchCache;
import io.gantry.store.Entry;
import io.gantry.store.Store;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.WriteResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The objects of one resource in the store, in one version, with their cache. Writes block until they are durable.
public final class ResourceStorage {
    private static final List<String> DESCRIBED = List.of("metadata.name", "metadata.namespace", "metadata.labels");

    private final String group;
    private final String plural;
    private final List<ObjectCodec> codecs;
    private final StoredForm form;
    private final Function<JsonNode, Map<String, String>> selectableFields;
    private final Projection description;
    private final Store store;
    private final WatchCache cache;
    private final String prefix;
    private final RecentWrites writes = new RecentWrites();
    private final SharedTexts texts = new SharedTexts();

    /// @param group the group of the storage version
    /// @param apiVersion the storage version
    /// @param selectableFields beside name and namespace
    /// @param selectablePaths what `selectableFields` looks at
    ResourceStorage(
            Store store,
            CacheFeed feed,
            String group,
            String apiVersion,
            String kind,
            String plural,
            Function<JsonNode, Map<String, String>> selectableFields,
            List<String> selectablePaths) {
        this(
                store,
                feed,
                group,
                plural,
                List.of(new ObjectCodec(apiVersion, kind)),
                StoredForm.AS_IS,
                selectableFields,
                selectablePaths);
    }

    /// @param codecs of the versions in which objects may be cached; new ones are stored in the first
    ResourceStorage(
            Store store,
            CacheFeed feed,
            String group,
            String plural,
            List<ObjectCodec> codecs,
            StoredForm form,
            Function<JsonNode, Map<String, String>> selectableFields,
            List<String> selectablePaths) {
        this.store = store;
        this.group = group;
        this.plural = plural;
        this.codecs = List.copyOf(codecs);
        this.form = form;
        this.selectableFields = selectableFields;
        List<String> paths = new ArrayList<>(DESCRIBED);
        paths.addAll(selectablePaths);
        this.description = Projection.of(paths);
        this.prefix = StorageLayout.prefix(group, plural);
        this.cache = feed.cache(prefix, new CacheIndexer());
    }

    /// The cache; load it before use.
    public WatchCache cache() {
        return cache;
    }

    /// What the keys of its objects begin with.
    public String prefix() {
        return prefix;
    }

    public Store store() {
        return store;
    }

    /// The key below the prefix.
    public static String key(String namespace, String name) {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    private final class CacheIndexer implements WatchCache.Indexer {
        private final Description.Reader reader = json -> described(description.read(json));

        @Override
        public CachedObject index(String key, byte[] value, long revision) {
            Optional<Description.Known> known = writes.take(value);
            if (known.isPresent() || form.equals(StoredForm.AS_IS)) {
                Description now = known.<Description>map(each -> each).orElse(reader);
                return new CachedObject(key, codec(value).withRevision(value, revision), revision, now);
            }
            return parsed(key, value, revision);
        }

        private CachedObject parsed(String key, byte[] value, long revision) {
            ObjectNode object = Bodies.stored(value);
            boolean changed = form.toCached(object);
            ObjectCodec codec = codec(object);
            byte[] cached = changed ? codec.encode(object) : value;
            return new CachedObject(key, codec.withRevision(cached, revision), revision, described(object));
        }

        @Override
        public CachedObject deleted(CachedObject last, long revision) {
            return last.with(codec(last.json()).atRevision(last.json(), revision), revision);
        }
    }

    private Description.Known described(JsonNode object) {
        return new Description.Known(labels(object.path("metadata")), fields(object));
    }

    private Map<String, String> fields(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        Map<String, String> fields = new HashMap<>(selectableFields.apply(object));
        fields.replaceAll((path, value) -> texts.shared(value));
        fields.put("metadata.name", metadata.path("name").asString(""));
        fields.put("metadata.namespace", texts.shared(metadata.path("namespace").asString("")));
        return Map.copyOf(fields);
    }

    /// The value to store, remembered for the cache.
    private byte[] value(ObjectNode object) {
        byte[] value = codec(object).encode(object);
        if (cache.isLoaded() && form.leaves(object)) {
            writes.remember(value, described(object));
        }
        return value;
    }

    private ObjectCodec codec(JsonNode object) {
        String apiVersion = object.path("apiVersion").asString("");
        for (ObjectCodec codec : codecs) {
            if (codec.isFor(apiVersion)) {
                return codec;
            }
        }
        return codecs.getFirst();
    }

    private ObjectCodec codec(byte[] json) {
        for (ObjectCodec codec : codecs) {
            if (codec.startsWithHead(json)) {
                return codec;
            }
        }
        return codecs.getFirst();
    }

    private Map<String, String> labels(JsonNode metadata) {
        JsonNode labels = metadata.path("labels");
        if (labels.isEmpty()) {
            return Map.of();
        }
        Map<String, String> map = HashMap.newHashMap(labels.size());
        labels.properties()
                .forEach(e -> map.put(
                        texts.shared(e.getKey()), texts.shared(e.getValue().asString())));
        return texts.shared(Map.copyOf(map));
    }

    /// The object now, from the store itself.
    public Optional<Stored> read(String key) {
        return store.get(prefix + key).map(this::stored);
    }

    /// The object as the cache has it, which may be a little old; from the store when the cache has none.
    public Optional<Stored> readCached(String key) {
        CachedObject cached = cache.isLoaded() ? cache.get(key) : null;
        if (cached == null) {
            return read(key);
        }
        return Optional.of(new Stored(key, Bodies.stored(cached.json()), cached.revision()));
    }

    /// Whether nobody has written the object since.
    public boolean isNewest(Stored read) {
        return store.get(prefix + read.key())
                .filter(entry -> entry.modRevision() == read.revision())
                .isPresent();
    }

    private Stored stored(Entry entry) {
        return new Stored(entry.key().substring(prefix.length()), decode(entry), entry.modRevision());
    }

    private ObjectNode decode(Entry entry) {
        ObjectNode object = Bodies.stored(entry.value());
        form.toCached(object);
        return codec(object).completed(object, entry.modRevision());
    }

    /// Creates; puts the new resourceVersion into `object`.
    ///
    /// @return the served form
    /// @throws StatusException 409 AlreadyExists
    public byte[] create(String key, ObjectNode object, long ttlSeconds) {
        byte[] value = value(object);
        WriteResult result = guarded(() -> store.create(prefix + key, value, ttlSeconds));
        return switch (result) {
            case WriteResult.Committed done -> committed(object, value, done.revision());
            case WriteResult.Conflict taken ->
                throw StatusException.alreadyExists(group, plural, key.substring(key.indexOf('/') + 1));
        };
    }

    /// Replaces what was read, changed or not: who leaves a write out asks [#isNewest] first. Puts the new
    /// resourceVersion into `object`.
    ///
    /// @return the served form, empty when somebody else wrote in between
    public Optional<byte[]> update(Stored read, ObjectNode object, long ttlSeconds) {
        byte[] value = value(object);
        WriteResult result = guarded(() -> store.update(prefix + read.key(), value, read.revision(), ttlSeconds));
        return switch (result) {
            case WriteResult.Committed done -> Optional.of(committed(object, value, done.revision()));
            case WriteResult.Conflict lost -> Optional.empty();
        };
    }

    /// Deletes what was read; puts the deletion's revision into its tree.
    ///
    /// @return false when somebody else wrote in between
    public boolean delete(Stored read) {
        WriteResult result = guarded(() -> store.delete(prefix + read.key(), read.revision()));
        return switch (result) {
            case WriteResult.Committed done -> {
                read.object().withObject("metadata").put("resourceVersion", Long.toString(done.revision()));
                yield true;
            }
            case WriteResult.Conflict lost -> false;
        };
    }

    /// Replaces what was read and deletes it, two revisions; puts the deletion's revision into `object`.
    ///
    /// @return false when somebody else wrote in between
    public boolean replaceAndDelete(Stored read, ObjectNode object) {
        byte[] value = value(object);
        WriteResult result = guarded(() -> store.replaceAndDelete(prefix + read.key(), value, read.revision()));
        return switch (result) {
            case WriteResult.Committed done -> {
                object.withObject("metadata").put("resourceVersion", Long.toString(done.revision()));
                yield true;
            }
            case WriteResult.Conflict lost -> false;
        };
    }

    private byte[] committed(ObjectNode object, byte[] value, long revision) {
        object.withObject("metadata").put("resourceVersion", Long.toString(revision));
        return codec(object).withRevision(value, revision);
    }

    /// The served form of a tree without writing it.
    public byte[] encode(ObjectNode object) {
        byte[] value = codec(object).encode(object);
        String revision = object.path("metadata").path("resourceVersion").asString("");
        return revision.isEmpty() ? value : codec(object).withRevision(value, Long.parseLong(revision));
    }

    private static WriteResult guarded(Supplier<WriteResult> write) {
        try {
            return write.get();
        } catch (StoreUnavailableException e) {
            throw StatusException.of(
                    500, "InternalError", "Internal error occurred: the store did not answer: " + e.getMessage(), null);
        }
    }
}
