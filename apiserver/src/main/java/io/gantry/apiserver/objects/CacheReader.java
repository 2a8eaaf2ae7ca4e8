package io.gantry.apiserver.objects;

import io.gantry.api.decode.Bodies;
import io.gantry.api.kind.Kind;
import io.gantry.apiserver.projection.Projection;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.apiserver.registry.Stored;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.EventType;
import io.gantry.apiserver.watch.Selection;
import io.gantry.apiserver.watch.Snapshot;
import io.gantry.apiserver.watch.WatchCache;
import io.gantry.apiserver.watch.WatchSink;
import io.gantry.component.VirtualThreads;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// The objects as the server's watch caches have them. What a cache does not have yet is looked up in the
/// store, so that a namespace counts from the moment its creation was answered.
public final class CacheReader implements ObjectReader {
    private static final Logger LOG = LoggerFactory.getLogger(CacheReader.class);

    private static final int MAX_LOOKED = 256;

    private final Resources resources;
    private final Map<String, Seen> looked = new ConcurrentHashMap<>();

    private record Seen(CachedObject object, ObjectNode tree) {}

    public CacheReader(Resources resources) {
        this.resources = resources;
    }

    @Override
    public Optional<ObjectNode> get(Kind<?> kind, String namespace, String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        ServedResource resource = resource(kind);
        ResourceStorage storage = resource.storage().orElseThrow();
        storage.cache().load();
        return storage.readCached(ResourceStorage.key(namespace, name))
                .map(Stored::object)
                .map(object -> resource.conversion().toServed(object));
    }

    /// Parses an object once as long as it stays as it is.
    @Override
    public Optional<ObjectNode> look(Kind<?> kind, String namespace, String name) {
        ServedResource resource = resource(kind);
        WatchCache cache = resource.storage().orElseThrow().cache();
        cache.load();
        CachedObject now = name.isEmpty() ? null : cache.get(ResourceStorage.key(namespace, name));
        if (now == null) {
            return get(kind, namespace, name);
        }
        return Optional.of(looked(kind, resource, now));
    }

    private ObjectNode looked(Kind<?> kind, ServedResource resource, CachedObject now) {
        String key = kind.apiVersion() + "/" + kind.plural() + "/" + now.key();
        Seen seen = looked.get(key);
        if (seen == null || !seen.object().equals(now)) {
            seen = new Seen(now, tree(resource, now));
            if (looked.size() >= MAX_LOOKED) {
                looked.clear();
            }
            looked.put(key, seen);
        }
        return seen.tree();
    }

    @Override
    public List<ObjectNode> lookAll(Kind<?> kind, String namespace) {
        ServedResource resource = resource(kind);
        return found(resource, namespace, object -> looked(kind, resource, object));
    }

    @Override
    public Map<String, String> labels(Kind<?> kind, String namespace, String name) {
        WatchCache cache = resource(kind).storage().orElseThrow().cache();
        cache.load();
        CachedObject now = name.isEmpty() ? null : cache.get(ResourceStorage.key(namespace, name));
        return now == null ? ObjectReader.super.labels(kind, namespace, name) : now.labels();
    }

    @Override
    public List<ObjectNode> list(Kind<?> kind, String namespace) {
        ServedResource resource = resource(kind);
        return found(resource, namespace, object -> tree(resource, object));
    }

    private static List<ObjectNode> found(
            ServedResource resource, String namespace, Function<CachedObject, ObjectNode> form) {
        WatchCache cache = resource.storage().orElseThrow().cache();
        cache.load();
        String prefix = namespace.isEmpty() ? "" : namespace + "/";
        List<ObjectNode> found = new ArrayList<>();
        for (CachedObject object : cache.snapshot().objects().range(prefix, prefix)) {
            found.add(form.apply(object));
        }
        return found;
    }

    @Override
    public void watch(Kind<?> kind, ObjectListener listener) {
        ServedResource resource = resource(kind);
        watch(kind, resource, object -> tree(resource, object), listener);
    }

    @Override
    public void watch(Kind<?> kind, List<String> paths, ObjectListener listener) {
        ServedResource resource = resource(kind);
        if (!resource.conversion().identity()) {
            watch(kind, listener);
            return;
        }
        Projection projection = Projection.of(paths);
        watch(kind, resource, object -> projection.read(object.json()), listener);
    }

    private static void watch(
            Kind<?> kind, ServedResource resource, Function<CachedObject, ObjectNode> form, ObjectListener listener) {
        WatchCache cache = resource.storage().orElseThrow().cache();
        cache.load();
        WatchSink sink = new WatchSink() {
            @Override
            public void event(EventType type, CachedObject object) {
                ObjectNode tree = form.apply(object);
                if (type == EventType.DELETED) {
                    listener.deleted(tree);
                } else {
                    listener.put(tree);
                }
            }

            @Override
            public void progress(long revision) {
                // Only changes matter here.
            }

            @Override
            public void ended() {
                LOG.debug("the cache of {} ends with the server", kind.plural());
            }

            @Override
            public void restarted() {
                LOG.info("the cache of {} starts anew", kind.plural());
                VirtualThreads.background()
                        .name("follow " + kind.plural())
                        .start(() -> watch(kind, resource, form, listener));
            }
        };
        cache.watchFromNow(Selection.all(), sink, snapshot -> listener.replaced(all(form, snapshot)));
    }

    /// Each tree is made when it is looked at: those of all pods at once would fill the heap.
    private static List<ObjectNode> all(Function<CachedObject, ObjectNode> form, Snapshot snapshot) {
        List<CachedObject> objects = new ArrayList<>();
        snapshot.objects().all().forEach(objects::add);
        return new AbstractList<>() {
            @Override
            public ObjectNode get(int index) {
                return form.apply(objects.get(index));
            }

            @Override
            public int size() {
                return objects.size();
            }
        };
    }

    private static ObjectNode tree(ServedResource resource, CachedObject object) {
        return resource.conversion().toServed(Bodies.stored(object.json()));
    }

    private ServedResource resource(Kind<?> kind) {
        return resources.require(kind.group(), kind.version(), kind.plural());
    }
}
